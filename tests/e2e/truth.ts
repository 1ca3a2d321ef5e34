import { fixtureJson } from '../fixture';

/** What is known of a fixture's contents without any decoder, in one shape for all producers. */
export interface Truth {
  readonly threads: readonly TrueThread[];
  readonly globals: readonly TrueGlobal[];
  /** Bytes of memories, at places that are captured. */
  readonly bytes: readonly TrueBytes[];
}

export interface TrueThread {
  readonly name: string;
  readonly frames: readonly TrueFrame[];
}

export interface TrueFrame {
  readonly index: number;
  readonly func: number;
  readonly codeoffset: number | null;
  readonly name: string | null;
  readonly locals: readonly { readonly type: string; readonly value: string }[];
}

export interface TrueGlobal {
  readonly type: string;
  /** As a decimal integer; null where the truth is no integer. */
  readonly value: string | null;
}

export interface TrueBytes {
  readonly memory: number;
  readonly address: number;
  readonly hex: string;
}

interface RawValue {
  readonly type: string;
  readonly value?: string | number;
}

/** `truth.json` as it is written: every producer's has other keys. */
interface Raw {
  readonly threads?: readonly {
    readonly name: string;
    readonly frames: readonly {
      readonly index: number;
      readonly func: number;
      readonly codeoffset?: number | null;
      readonly name?: string | null;
      readonly locals?: readonly RawValue[];
    }[];
  }[];
  readonly globals?: readonly RawValue[];
  readonly dump?: { readonly globals?: readonly { type: string; init: [[string, string | number]] }[] };
  readonly memory?: readonly { memory: number; address: number; hex?: string; state: string }[] | object;
  readonly strings?: Readonly<Record<string, string>>;
  readonly variables?:
    | readonly { addr?: number; type: string; value: unknown; checkedInDump?: boolean }[]
    | object;
}

export function truthOf(folder: string): Truth {
  const raw = fixtureJson<Raw>(`${folder}/truth.json`);
  return {
    threads: (raw.threads ?? []).map((thread) => ({
      name: thread.name,
      frames: thread.frames.map((frame) => ({
        index: frame.index,
        func: frame.func,
        codeoffset: frame.codeoffset ?? null,
        name: frame.name ?? null,
        locals: (frame.locals ?? []).map(({ type, value }) => ({ type, value: String(value ?? 'missing') })),
      })),
    })),
    globals: raw.globals?.map(declared) ?? raw.dump?.globals?.map(initialised) ?? [],
    bytes: [...listed(raw), ...texts(raw), ...integers(raw)],
  };
}

function declared({ type, value }: RawValue): TrueGlobal {
  return { type, value: integerOf(value) };
}

function initialised({ type, init }: { type: string; init: [[string, string | number]] }): TrueGlobal {
  const [[instruction, value]] = init;
  return { type, value: /^i(32|64)\.const$/.test(instruction) ? integerOf(value) : null };
}

/** JSON numbers past 2^53 have lost digits when they were parsed: they are no truth any more. */
function integerOf(value: string | number | undefined): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null;
  return value !== undefined && /^-?\d+$/.test(value) ? value : null;
}

function listed(raw: Raw): TrueBytes[] {
  if (!Array.isArray(raw.memory)) return [];
  return raw.memory.flatMap(
    ({ memory, address, hex, state }: { memory: number; address: number; hex?: string; state: string }) =>
      state === 'captured' && hex !== undefined ? [{ memory, address, hex }] : [],
  );
}

/** Strings are keyed by address: `0xfe40`, `1024`, or `memory 0 at 1024`. */
function texts(raw: Raw): TrueBytes[] {
  return Object.entries(raw.strings ?? {}).map(([key, text]) => {
    const [, memory, address] = /^(?:memory (\d+) at )?(0x[\da-f]+|\d+)$/.exec(key) ?? [];
    if (address === undefined) throw new Error(`no address: ${key}`);
    return { memory: Number(memory ?? 0), address: Number(address), hex: Buffer.from(text).toString('hex') };
  });
}

/** Variables whose bytes were compared with the dump; only a byte that is not zero is sure to be in a segment. */
function integers(raw: Raw): TrueBytes[] {
  if (!Array.isArray(raw.variables)) return [];
  return raw.variables.flatMap(
    ({
      addr,
      type,
      value,
      checkedInDump,
    }: {
      addr?: number;
      type: string;
      value: unknown;
      checkedInDump?: boolean;
    }) =>
      checkedInDump === true &&
      addr !== undefined &&
      type === 'int' &&
      typeof value === 'number' &&
      value > 0 &&
      value < 128
        ? [{ memory: 0, address: addr, hex: value.toString(16).padStart(2, '0') }]
        : [],
  );
}
