import type { Layout, ProducerName } from '../coredump/model';
import type { Snapshot } from '../session/types';

const NAMES: Readonly<Record<ProducerName, string>> = {
  wasmtime: 'Wasmtime',
  rewriter: 'wasm-coredump rewriter',
  'coredump-builder': 'coredump-builder',
  wasmer: 'Wasmer',
  wasmedge: 'WasmEdge',
  wizer: 'Wizer',
  unknown: 'Producer unknown',
};

/** Who wrote the dump, with its versions: `Wasmtime 14 or later`. */
export function producerName(snapshot: Snapshot): string {
  const { name, versions } = snapshot.producer;
  return versions === '' ? NAMES[name] : `${NAMES[name]} ${versions}`;
}

const WRITERS: Readonly<Record<Layout, string>> = {
  L1: 'as specified; Wasmtime 10 and later, Wasmer 7 and later, wasm-encoder, coredump-builder 0.2.2',
  L2: 'counts before the values, which have fixed widths; the rewriter 0.2.2, newer WasmEdge in its wasmgdb mode',
  L3: 'as L2 without an instance; the rewriter and coredump-builder 0.1.14 to 0.2.1, Wasmer 3.2 to 6.1',
  L3w: 'as L3, every value in 4 bytes; WasmEdge 0.15 to 0.17',
  L4: 'as specified in spring 2023, without an instance; wasm-encoder 0.26.0',
  L5: 'fixed-width fields and no operand stack; the rewriter 0.1.11 and 0.1.12, Wasmtime 7 to 9',
  L6: 'fixed-width fields without a code offset; the rewriter up to 0.1.10',
};

/** The layouts of a dump's stacks, each once, with who is known to write it. */
export function layoutsOf(
  snapshot: Snapshot,
): readonly { readonly layout: Layout; readonly writers: string }[] {
  const layouts = new Set(snapshot.dump.threads.flatMap(({ layout }) => (layout === null ? [] : [layout])));
  return [...layouts].map((layout) => ({ layout, writers: WRITERS[layout] }));
}
