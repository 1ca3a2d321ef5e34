import { Cursor } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { ByteWriter } from '../bytes/writer';

/** A mangled name as people read it; null where it is none, or does not demangle. */
export type Demangle = (name: string) => string | null;

/**
 * Whether a name has the form of a mangled one: Itanium C++ (`_Z`, `__Z`), Rust legacy (also `_ZN`) or Rust v0 (`_R`).
 * Any other name is left alone: `f` and `g` are C functions, though a demangler reads them as `float` and `__float128`
 * (Wasmtime prints them so). Held by tests/symbols/demangler.test.ts.
 */
export function isMangled(name: string): boolean {
  return /^_{1,2}Z[0-9A-Za-z]|^_R(?:[0-9]|[A-Z][0-9A-Za-z])/.test(name);
}

/** Longer names are left as they are: the longest of real programs are a few thousand characters. */
const LONGEST = 16_384;
/** A name whose demangled form is longer than this helps nobody. */
const LONGEST_RESULT = 65_536;
/** The demangler's memory may grow by so many pages of 64 KiB. */
const ROOM = 64;
/** After so many names that need more, no further name is tried. */
const MOST_FAILURES = 8;

let loading: Promise<Demangle> | null = null;

/** Loads the demangler when the first mangled name is met: 146 kB gzipped that most dumps never need. */
export function loadDemangler(): Promise<Demangle> {
  loading ??= create();
  return loading;
}

async function create(): Promise<Demangle> {
  const [glue, { default: url }] = await Promise.all([
    import('gecko-profiler-demangle/index_bg.js'),
    import('gecko-profiler-demangle/index_bg.wasm?url&inline'),
  ]);
  const encoded = atob(url.slice(url.indexOf(',') + 1));
  const bytes = Uint8Array.from(encoded, (character) => character.charCodeAt(0));
  const module = await WebAssembly.compile(limitMemory(bytes, ROOM));
  const { __wbindgen_init_externref_table } = glue;
  const start = (): WebAssembly.Exports => {
    const { exports } = new WebAssembly.Instance(module, {
      './index_bg.js': { __wbindgen_init_externref_table },
    });
    glue.__wbg_set_wasm(exports);
    if (typeof exports['__wbindgen_start'] === 'function') exports['__wbindgen_start']();
    return exports;
  };
  let exports = start();
  let failures = 0;
  return (name) => {
    if (!isMangled(name) || name.length > LONGEST || failures >= MOST_FAILURES) return null;
    try {
      const result = glue.demangle_any(name);
      // What does not demangle comes back as it was, or without its first underscore.
      const plain = result === name || result === name.slice(1) || result.length > LONGEST_RESULT;
      return plain || result === '' ? null : result;
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      failures += 1;
      // The glue looks at a view of the memory until it is detached, which growing by nothing does.
      if (exports['memory'] instanceof WebAssembly.Memory) exports['memory'].grow(0);
      exports = start();
      return null;
    }
  };
}

/**
 * A module with a maximum for its memory: what it declares and `room` pages more. A mangled name can say "the same
 * again, twice" at every letter: `_Z1f1AIiiES_IS0_S0_ES_IS1_S1_E...`, 226 characters, becomes 142 MB in 6 seconds. With
 * a maximum it fails after a few milliseconds. Held by tests/symbols/demangler.test.ts.
 */
export function limitMemory(module: Uint8Array, room: number): Uint8Array<ArrayBuffer> {
  const cursor = new Cursor(module, 0);
  const writer = new ByteWriter();
  writer.raw(cursor.take(8, 'header'));
  while (cursor.remaining > 0) {
    const id = cursor.u8('section id');
    const size: Bytes = cursor.u32('section size');
    const content = cursor.take(size, 'section');
    writer.u8(id);
    writer.sized(id === 5 ? limited(content, room) : content);
  }
  return writer.bytes();
}

function limited(memories: Uint8Array, room: number): Uint8Array {
  const cursor = new Cursor(memories, 0);
  cursor.u32('memory count');
  cursor.u8('memory flags');
  const minimum = cursor.u32('memory minimum');
  const writer = new ByteWriter();
  writer.raw([1, 1]);
  writer.unsigned(minimum);
  writer.unsigned(minimum + room);
  return writer.bytes();
}
