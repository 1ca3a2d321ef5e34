import { openSync } from 'node:fs';
import { WASI } from 'node:wasi';
import { ByteWriter } from '../../src/bytes/writer';
import { encodeDump } from '../../src/coredump/encode';
import { bodyOf, readModuleSymbols } from '../../src/symbols/debug-module';
import { plainSource } from './sources';

export interface Crash {
  /** The module that ran: the given one with its globals exported. */
  readonly module: Uint8Array<ArrayBuffer>;
  readonly dump: Uint8Array<ArrayBuffer>;
  /** What this machine's engine says of the trap. */
  readonly trap: string;
  /** The names of the frames, youngest first. */
  readonly frames: readonly string[];
}

/** 4,096-byte chunks, trimmed: how Wasmtime cuts a memory (format.md section 3). */
const CHUNK = 4096;

/**
 * Runs a WASI command in this machine's engine until it traps, and writes what is then in its memory and its stack as
 * Wasmtime would. All globals must be i32 and its own, as wasm-ld makes them.
 */
export async function crash(original: Uint8Array<ArrayBuffer>, args: readonly string[] = []): Promise<Crash> {
  const { globals } = await readModuleSymbols(plainSource(original));
  const module = exportingGlobals(original, globals.length);
  const nowhere = openSync('/dev/null', 'w');
  const wasi = new WASI({
    version: 'preview1',
    args: ['program', ...args],
    stdout: nowhere,
    stderr: nowhere,
    returnOnExit: true,
  });
  const { instance } = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi.wasiImport });
  const error = trapOf(() => wasi.start(instance));
  const { memory } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('no memory');
  const values = globals.map(({ mutable }, index) => {
    const global = instance.exports[`__g${index}`];
    return { mutable, value: global instanceof WebAssembly.Global ? Number(global.value) : 0 };
  });
  const places = [...(error.stack ?? '').matchAll(/at (\S+) \(.*wasm-function\[(\d+)\]:0x([0-9a-f]+)\)/g)];
  const symbols = await readModuleSymbols(plainSource(module));
  const frames = places.map(([, , index, at]) => {
    const start = bodyOf(symbols, Number(index))?.start ?? 0;
    const codeOffset = Number.parseInt(at ?? '0', 16) - start;
    return { instance: 0, function: Number(index), codeOffset, locals: [], stack: [] };
  });
  return {
    module,
    trap: error.message,
    frames: places.map(([, name]) => name ?? ''),
    dump: dumpOf(new Uint8Array(memory.buffer), values, frames),
  };
}

function trapOf(run: () => unknown): Error {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 200;
  try {
    run();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return error;
    throw error;
  } finally {
    Error.stackTraceLimit = limit;
  }
  throw new Error('it did not trap');
}

type Frames = Extract<Parameters<typeof encodeDump>[0][number], { kind: 'corestack' }>['thread']['frames'];

function dumpOf(
  memory: Uint8Array,
  values: readonly { readonly mutable: boolean; readonly value: number }[],
  frames: Frames,
): Uint8Array<ArrayBuffer> {
  const segments = [];
  for (let at = 0; at < memory.length; at += CHUNK) {
    const chunk = memory.subarray(at, at + CHUNK);
    const first = chunk.findIndex((byte) => byte !== 0);
    const last = chunk.findLastIndex((byte) => byte !== 0);
    if (first < 0) continue;
    segments.push({
      mode: 'active' as const,
      memory: 0,
      explicit: false,
      offset: { type: 'i32' as const, value: at + first },
      bytes: chunk.slice(first, last + 1),
    });
  }
  const pages = BigInt(memory.length / 65_536);
  return encodeDump([
    { kind: 'core', name: 'program.wasm' },
    {
      kind: 'memory',
      memories: [
        {
          minimumPages: pages,
          maximumPages: null,
          pageSize: 65_536,
          customPageSize: false,
          memory64: false,
          shared: false,
        },
      ],
    },
    {
      kind: 'global',
      globals: values.map(({ mutable, value }) => ({ type: 'i32', mutable, value: { type: 'i32', value } })),
    },
    { kind: 'data', segments },
    { kind: 'coremodules', names: ['program.wasm'] },
    { kind: 'coreinstances', instances: [{ module: 0, memories: [0], globals: [...values.keys()] }] },
    { kind: 'corestack', thread: { layout: 'L1', name: 'main', frames } },
  ]);
}

/** Adds exports of the first globals as `__g0`, `__g1`: their values are needed at the trap. */
function exportingGlobals(module: Uint8Array, globals: number): Uint8Array<ArrayBuffer> {
  for (let at = 8; at < module.length; ) {
    const id = module[at] ?? 0;
    const size = leb(module, at + 1);
    const content = size.next;
    if (id === 7) {
      const count = leb(module, content);
      const rest = module.subarray(count.next, content + size.value);
      const section = new ByteWriter();
      section.unsigned(count.value + globals);
      section.raw(rest);
      for (let global = 0; global < globals; global += 1) {
        section.name(`__g${global}`);
        section.raw([3, global]);
      }
      const body = section.bytes();
      const whole = new ByteWriter();
      whole.raw(module.subarray(0, at));
      whole.raw([7]);
      whole.unsigned(body.length);
      whole.raw(body);
      whole.raw(module.subarray(content + size.value));
      return whole.bytes();
    }
    at = content + size.value;
  }
  throw new Error('no export section');
}

function leb(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let index = 0; ; index += 1) {
    const byte = bytes[at + index] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, next: at + index + 1 };
  }
}
