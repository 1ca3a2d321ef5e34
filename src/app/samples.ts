/** A real dump of the fixtures, small enough to ship. `files[0]` is the dump; the rest are its modules. */
export interface Sample {
  /** What links call it (`#sample=divide`): it stays, whatever becomes of the title and the files. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what it shows. */
  readonly shows: string;
  readonly origin: string;
  readonly files: readonly string[];
}

export const SAMPLES: readonly Sample[] = [
  {
    id: 'divide',
    title: 'Integer divide by zero',
    origin: 'C, Wasmtime 48, with its module and source',
    shows:
      'The line that died, and why: the divisor, read from the shadow stack, is 0. Every gap is known zero.',
    files: ['c-divide-O0.coredump', 'c-divide-O0.wasm.gz', 'crash.c'],
  },
  {
    id: 'stack-only',
    title: 'A pointer into nowhere',
    origin: 'wasm-encoder, with its module',
    shows: 'Only the shadow stack was captured; a pointer leads to bytes that are missing from the dump.',
    files: ['stack-only.coredump', 'stack-only.wasm'],
  },
  {
    id: 'rewriter',
    title: 'Unreachable in a Worker build',
    origin: 'C, wasm-coredump rewriter 0.2.2',
    shows: 'The dump was written over the first 220 bytes of memory: they are lost.',
    files: ['crash-022.coredump.gz'],
  },
  {
    id: '4gib',
    title: 'A 4 GiB memory',
    origin: 'Wasmtime 48, with its module',
    shows: '6,181 bytes in 39 segments of a memory of 4 GiB; all else is known zero.',
    files: ['memory-4gib.coredump', 'memory-4gib.wasm'],
  },
  {
    id: 'wasmedge',
    title: 'Locals without memory',
    origin: 'C, WasmEdge 0.17',
    shows: 'Locals and operand stack are there; of 131,072 bytes of memory none was written.',
    files: ['wasmedge-crash.coredump'],
  },
  {
    id: 'wasmer',
    title: 'A bare backtrace',
    origin: 'C, Wasmer 7',
    shows: '110 bytes: 8 frames, no locals, no memory contents, no globals.',
    files: ['wasmer-crash-7.coredump'],
  },
  {
    id: 'rust',
    title: 'A panic in Rust',
    origin: 'Rust, Wasmtime 48',
    shows: '20 frames, exactly where Wasmtime cuts a stack, so its callers may be missing.',
    files: ['rust-orders.coredump.gz'],
  },
];

/** The sample that links call so; null: this page has none. */
export function sampleOf(id: string): Sample | null {
  return SAMPLES.find((sample) => sample.id === id) ?? null;
}
