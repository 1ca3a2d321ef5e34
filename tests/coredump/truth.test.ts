import { describe, expect, it } from 'vitest';
import type { GlobalValue, Value } from '../../src/coredump/model';
import { fixture, fixtureFile, fixtureFolders, fixtureJson } from '../fixture';
import { openBytes } from '../helpers/open';

/** What is known of a fixture from its program and not from a decoder; every producer's has other keys. */
interface Truth {
  readonly threads?: readonly { readonly name: string; readonly frames: readonly TrueFrame[] }[];
  readonly globals?: readonly TrueValue[];
  readonly dump?: {
    readonly globals?: readonly { readonly init: readonly (readonly [string, string | number])[] }[];
  };
  readonly memory?: readonly TrueBytes[] | RewriterMemory | string;
  readonly memories?: readonly TrueMemory[];
  readonly strings?: Readonly<Record<string, string>>;
}

interface TrueFrame {
  readonly index: number;
  readonly func: number;
  readonly instance?: number | null;
  readonly codeoffset?: number | null;
  readonly locals?: readonly TrueValue[];
  readonly stack?: readonly TrueValue[];
}

interface TrueValue {
  readonly type: string;
  readonly value?: string | number | null;
  readonly bits?: string;
}

interface TrueBytes {
  readonly memory: number;
  readonly address: number;
  readonly length: number;
  readonly hex?: string;
  readonly state: string;
}

interface RewriterMemory {
  readonly bytes: number;
  readonly lost: readonly [number, number];
}

interface TrueMemory {
  readonly bytes?: number;
  readonly captured?: readonly (readonly [number, number])[];
  readonly captured_bytes?: number;
  readonly gaps?: string;
}

const folders = fixtureFolders().filter(
  (folder) => !folder.startsWith('notdumps/') && !folder.startsWith('damaged/'),
);

/** A value as `truth.json` writes it: integers as decimal text, floats by their bits. */
function plain(value: Value | GlobalValue): TrueValue {
  switch (value.type) {
    case 'i32':
    case 'i64':
      return { type: value.type, value: String(value.value) };
    case 'f32':
      return { type: 'f32', bits: `0x${value.bits.toString(16).padStart(8, '0')}` };
    case 'f64':
      return { type: 'f64', bits: `0x${value.bits.toString(16).padStart(16, '0')}` };
    default:
      return { type: value.type };
  }
}

function expected({ type, value, bits }: TrueValue): TrueValue {
  // What the rewriter 0.1.7 wrote without tags is given as i32.
  if (type === 'untyped 32 bits') return { type: 'i32', value: String(value) };
  if (type === 'i32' || type === 'i64') return { type, value: String(value) };
  if (bits !== undefined) return { type, bits };
  return type === 'f64' && typeof value === 'number' ? { type, bits: bitsOf(value) } : { type };
}

function bitsOf(double: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, double);
  return `0x${view.getBigUint64(0).toString(16).padStart(16, '0')}`;
}

describe('truth: frames', () => {
  const withFrames = folders.filter((folder) =>
    (fixtureJson<Truth>(`${folder}/truth.json`).threads ?? []).some(({ frames }) => frames.length > 0),
  );

  it('there are some of every producer', () => {
    expect(withFrames.length).toBeGreaterThan(65);
  });

  it.each(withFrames)('%s', async (folder) => {
    const truth = fixtureJson<Truth>(`${folder}/truth.json`);
    const { snapshot } = await openBytes(fixture(fixtureFile(folder)));
    const { threads } = snapshot.dump;
    expect(threads).toHaveLength(truth.threads?.length ?? 0);
    let compared = 0;
    for (const [at, { frames }] of (truth.threads ?? []).entries()) {
      for (const { index, func, instance, codeoffset, locals, stack } of frames) {
        const frame = threads[at]?.frames[index];
        const found = {
          func: frame?.function,
          ...(typeof instance === 'number' ? { instance: frame?.instance } : {}),
          ...(typeof codeoffset === 'number' ? { codeoffset: frame?.codeOffset } : {}),
          ...(locals === undefined ? {} : { locals: frame?.locals.map(plain) }),
          ...(stack === undefined ? {} : { stack: frame?.stack.map(plain) }),
        };
        const wanted = {
          func,
          ...(typeof instance === 'number' ? { instance } : {}),
          ...(typeof codeoffset === 'number' ? { codeoffset } : {}),
          ...(locals === undefined ? {} : { locals: locals.map(expected) }),
          ...(stack === undefined ? {} : { stack: stack.map(expected) }),
        };
        expect({ index, ...found }).toEqual({ index, ...wanted });
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(0);
  });
});

describe('truth: memory', () => {
  const rewritten = folders.filter((folder) => {
    const { memory } = fixtureJson<Truth>(`${folder}/truth.json`);
    return typeof memory === 'object' && 'lost' in memory;
  });

  it.each(rewritten)('%s is the memory but for the head that the dump overwrote', async (folder) => {
    const { memory } = fixtureJson<Truth>(`${folder}/truth.json`);
    const { bytes, lost } = memory as RewriterMemory;
    const dump = fixture(fixtureFile(folder));
    const { session, snapshot } = await openBytes(dump);
    expect(snapshot.memories[0]).toMatchObject({ size: bytes, gaps: 'lost', captured: bytes - lost[1] });
    expect(await session.runs(0, 0, bytes, 10)).toEqual([
      { start: lost[0], end: lost[1], state: 'lost' },
      { start: lost[1], end: bytes, state: 'captured' },
    ]);
    const { bytes: tail } = await session.read(0, lost[1], bytes - lost[1]);
    const file = snapshot.dump.file.compression === 'gzip' ? null : dump;
    if (file !== null) expect(Buffer.from(tail).equals(file.slice(lost[1]))).toBe(true);
  });

  const composed = folders.filter((folder) =>
    (fixtureJson<Truth>(`${folder}/truth.json`).memories ?? []).some(
      (memory) => memory.captured !== undefined || memory.captured_bytes !== undefined,
    ),
  );

  it.each(composed)('%s captured these ranges', async (folder) => {
    const { memories = [] } = fixtureJson<Truth>(`${folder}/truth.json`);
    const { session, snapshot } = await openBytes(fixture(fixtureFile(folder)));
    for (const [index, { bytes, captured, captured_bytes, gaps }] of memories.entries()) {
      const found = snapshot.memories[index];
      if (bytes !== undefined) expect(found?.size).toBe(bytes);
      if (captured_bytes !== undefined) expect(found?.captured).toBe(captured_bytes);
      if (gaps !== undefined) expect(found?.gaps).toBe(gaps === 'elided zero' ? 'zero' : gaps);
      if (captured === undefined) continue;
      const runs = await session.runs(index, 0, found?.size ?? 0, 100);
      expect(runs.filter(({ state }) => state === 'captured').map(({ start, end }) => [start, end])).toEqual(
        captured,
      );
    }
  });

  const listed = folders.filter((folder) => Array.isArray(fixtureJson<Truth>(`${folder}/truth.json`).memory));

  it.each(listed)('%s has these bytes', async (folder) => {
    const { memory } = fixtureJson<Truth>(`${folder}/truth.json`);
    const { session, snapshot } = await openBytes(fixture(fixtureFile(folder)));
    for (const { memory: index, address, length, hex, state } of memory as readonly TrueBytes[]) {
      const { bytes, states } = await session.read(index, address, length);
      const found = states.map((run) => run.state);
      const place = `memory ${index} at ${address}`;
      const value = Buffer.from(bytes).toString('hex');
      if (state === 'lost') {
        // What Wasmtime lost looks like any other gap: it must not become a zero.
        expect([place, found.includes('zero-elided')]).toEqual([place, false]);
      } else if (state === 'elided zero') {
        // A memory without a segment may be zero, but nothing in the dump shows it.
        const shows = (snapshot.memories[index]?.segments ?? 0) > 0;
        expect([place, found, value]).toEqual([place, [shows ? 'zero-elided' : 'missing'], hex ?? value]);
      } else if (state === 'captured') {
        expect([place, found, value]).toEqual([place, ['captured'], hex ?? value]);
      } else {
        expect([place, value]).toEqual([place, hex ?? value]);
      }
    }
  });

  const spelled = folders.filter((folder) => 'strings' in fixtureJson<Truth>(`${folder}/truth.json`));

  it.each(spelled)('%s has these strings', async (folder) => {
    const { strings = {} } = fixtureJson<Truth>(`${folder}/truth.json`);
    const { session } = await openBytes(fixture(fixtureFile(folder)));
    for (const [key, text] of Object.entries(strings)) {
      const [, memory, address] = /^(?:memory (\d+) at )?(0x[\da-f]+|\d+)$/.exec(key) ?? [];
      const wanted = Buffer.from(text);
      const { bytes } = await session.read(Number(memory ?? 0), Number(address), wanted.length);
      expect([key, Buffer.from(bytes).toString()]).toEqual([key, text]);
    }
  });
});

describe('truth: globals', () => {
  const declared = folders.filter((folder) => {
    const { globals, dump } = fixtureJson<Truth>(`${folder}/truth.json`);
    return globals !== undefined || (dump?.globals ?? []).length > 0;
  });

  it.each(declared)('%s', async (folder) => {
    const { globals, dump } = fixtureJson<Truth>(`${folder}/truth.json`);
    const { snapshot } = await openBytes(fixture(fixtureFile(folder)));
    const found = snapshot.dump.globals.map(({ value }) => plain(value));
    if (globals !== undefined) {
      const shown = ({ value, bits }: TrueValue) => value ?? bits ?? null;
      expect(found.map(shown)).toEqual(globals.map((value) => shown(expected(value))));
      return;
    }
    const integers = (dump?.globals ?? []).map(({ init }) =>
      init.length === 1 && /^i(32|64)\.const$/.test(init[0]?.[0] ?? '') ? (init[0]?.[1] ?? null) : null,
    );
    expect(found).toHaveLength(integers.length);
    for (const [index, integer] of integers.entries()) {
      // JSON numbers past 2^53 have lost digits when they were parsed: they are no truth any more.
      if (integer === null || (typeof integer === 'number' && !Number.isSafeInteger(integer))) continue;
      expect([index, found[index]?.value]).toEqual([index, String(integer)]);
    }
  });
});
