import type { Bytes, FileOffset } from '../bytes/units';
import type { Producer } from '../coredump/model';
import { bodyOf, functionAt, type ModuleSymbols } from './debug-module';

/**
 * What a codeoffset counts from (format.md section 5):
 * - `body`: the function's body, local declarations included; 0 is "not known". Wasmtime, Wasmer.
 * - `instructions`: the first instruction; 0 is an offset like any other. Rewriter 0.2.2, WasmEdge after 0.17.
 * - `section`: the code section's id byte, less the bytes of the function's own size. Rewriter 0.1.20 to 0.2.1.
 * - `file`: the module's first byte; it is the place of the *caller's* call. WasmEdge 0.15 to 0.17.
 */
export type OffsetBase = 'body' | 'instructions' | 'section' | 'file';

/** For the page and the command line: what was found, as a sentence. */
export const BASE_WORDS: Readonly<Record<OffsetBase, string>> = {
  body: 'codeoffset counts from the function body, local declarations included',
  instructions: 'codeoffset counts from the first instruction, local declarations excluded',
  section: "codeoffset counts from the code section's first byte, less the bytes of the function's size",
  file: "codeoffset is the file offset of the caller's call",
};

const ALL: readonly OffsetBase[] = ['body', 'instructions', 'section', 'file'];

/** Their versions before 0.2.2, and from 0.1.11 on: those before wrote no offset. */
const SECTION_BASED: ReadonlySet<Producer['generation']> = new Set(['crate-0.1.11', 'crate-0.1.13']);

/** The bases to try, the producer's own first: it is taken where several fit equally well. */
export function basesFor(producer: Producer): readonly OffsetBase[] {
  const own = ownBase(producer);
  return [own, ...ALL.filter((base) => base !== own)];
}

function ownBase({ generation, name }: Producer): OffsetBase {
  if (name === 'wasmedge') return generation === 'wasmedge-0.15' ? 'file' : 'instructions';
  if (name === 'rewriter') return SECTION_BASED.has(generation) ? 'section' : 'instructions';
  return 'body';
}

/** Whether an offset says where a frame is, under a base. */
export function isKnown(base: OffsetBase, codeOffset: number | null): codeOffset is number {
  return codeOffset !== null && (codeOffset !== 0 || base === 'instructions');
}

/** An instruction's place, as far as a base alone tells it. */
export interface CodePlace {
  readonly function: number;
  /** Of the body, in the file. */
  readonly start: FileOffset;
  readonly size: Bytes;
  /** From the body's start; it can lie outside. */
  readonly offset: Bytes;
}

/**
 * Where a codeoffset leads under a base.
 * @param first of a body: the bytes of its local declarations.
 * @returns null where there is no such body.
 */
export function placeOf(
  symbols: ModuleSymbols,
  base: OffsetBase,
  index: number,
  codeOffset: number,
  first: (index: number) => Bytes,
): CodePlace | null {
  const found = base === 'file' ? functionAt(symbols, codeOffset) : index;
  const body = found === null ? null : bodyOf(symbols, found);
  if (found === null || body === null || symbols.code === null) return null;
  const at = (offset: Bytes): CodePlace => ({ function: found, ...body, offset });
  switch (base) {
    case 'body':
      return at(codeOffset);
    case 'instructions':
      return at(first(found) + codeOffset);
    case 'section':
      return at(symbols.code.sectionStart + codeOffset + lebSize(body.size) - body.start);
    case 'file':
      return at(codeOffset - body.start);
  }
}

/** The bytes of a size as LEB128, in as few as there can be. */
function lebSize(size: Bytes): Bytes {
  let bytes = 1;
  for (let rest = size; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes += 1;
  return bytes;
}
