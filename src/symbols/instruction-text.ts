import type { Bytes } from '../bytes/units';
import { f32Text, f64Text } from '../coredump/float-words';
import { visible } from '../coredump/visible';
import type { CatchClause, Handler, Immediate, IndexSpace, Instruction } from '../wasm/instruction';
import { accessSize } from '../wasm/traps';
import type { FunctionType } from '../wasm/type-section';

/** Where the names in an instruction's text come from; null: none is known, and the index stands there. */
export interface CodeNames {
  /** A function, local, global, memory or data segment by its index; a local is the function's that is shown. */
  readonly name: (space: IndexSpace, index: number) => string | null;
  /** What a type of the module is, where it is a function's. */
  readonly type: (index: number) => FunctionType | null;
  /** Where a branch goes to, by its label; null where that is not worked out. */
  readonly target: (label: number) => Bytes | null;
}

/** A piece of an instruction's text. Pieces are parted by one space. Safe to show. */
export type TextPart =
  | { readonly kind: 'mnemonic' | 'immediate' | 'name' | 'type'; readonly text: string }
  /** Leads to a function, by its index. */
  | { readonly kind: 'function'; readonly text: string; readonly index: number }
  /** Leads to an instruction of this function, by its offset from the body's start. */
  | { readonly kind: 'label'; readonly text: string; readonly offset: Bytes };

const NAME_LENGTH = 80;
/** A hostile `br_table` has millions; compilers make hundreds. */
const LABELS_SHOWN = 16;

/** An instruction as the text format writes it (core specification, 6.5), piece by piece. */
export function instructionText(instruction: Instruction, names: CodeNames): readonly TextPart[] {
  const { name, immediates } = instruction;
  const parts = ordered(name, immediates).flatMap((immediate) => immediateText(name, immediate, names));
  return [{ kind: 'mnemonic', text: name }, ...parts];
}

/** One line of text. */
export function plainText(parts: readonly TextPart[]): string {
  return parts.map(({ text }) => text).join(' ');
}

/** `(param i32 i32) (result i32)`; empty for a function that takes and gives nothing. */
export function signatureText({ parameters, results }: FunctionType): string {
  const part = (word: string, types: readonly string[]): string =>
    types.length === 0 ? '' : `(${word} ${types.join(' ')})`;
  return [part('param', parameters), part('result', results)].filter((text) => text !== '').join(' ');
}

/** The text format writes the table or memory before the type or segment, the binary format after it. */
function ordered(name: string, immediates: readonly Immediate[]): readonly Immediate[] {
  const swapped = /^(?:return_)?call_indirect$|^(?:memory|table)\.init$/.test(name);
  return meaningful(name, swapped ? immediates.toReversed() : immediates);
}

/** Memory 0 and table 0 go without saying, unless another stands beside them. */
function meaningful(name: string, immediates: readonly Immediate[]): readonly Immediate[] {
  const isPlace = (immediate: Immediate): boolean =>
    immediate.kind === 'index' && (immediate.space === 'memory' || immediate.space === 'table');
  const needed = immediates.some(
    (immediate) => isPlace(immediate) && immediate.kind === 'index' && immediate.index !== 0,
  );
  const tables = /^table\.(?:get|set|size|grow|fill)$/.test(name);
  return needed || tables ? immediates : immediates.filter((immediate) => !isPlace(immediate));
}

function immediateText(mnemonic: string, immediate: Immediate, names: CodeNames): readonly TextPart[] {
  switch (immediate.kind) {
    case 'index':
      return [indexText(mnemonic, immediate.space, immediate.index, names)];
    case 'block':
      return blockText(immediate.type, names);
    case 'label':
      return [labelText(immediate.depth, names)];
    case 'labels':
      return labelsText(immediate.depths, names);
    case 'count':
      return [plain(String(immediate.count))];
    case 'memarg':
      return memoryArgumentText(mnemonic, immediate, names);
    case 'i32':
    case 'i64':
      return [plain(String(immediate.value))];
    case 'f32':
      return [plain(f32Text(immediate.bits))];
    case 'f64':
      return [plain(f64Text(immediate.bits))];
    case 'v128':
      return [plain(`i32x4 ${words(immediate.bytes).join(' ')}`)];
    case 'lane':
      return [plain(String(immediate.lane))];
    case 'lanes':
      return [plain([...immediate.lanes].join(' '))];
    case 'heap':
      return [{ kind: 'type', text: immediate.heap }];
    case 'reference':
      return [{ kind: 'type', text: `(ref ${immediate.nullable ? 'null ' : ''}${immediate.heap})` }];
    case 'types':
      return [{ kind: 'type', text: `(result ${immediate.types.join(' ')})` }];
    case 'catches':
      return immediate.clauses.flatMap((clause) => catchText(clause, names));
    case 'handlers':
      return immediate.handlers.flatMap((handler) => handlerText(handler, names));
  }
}

function plain(text: string): TextPart {
  return { kind: 'immediate', text };
}

function indexText(mnemonic: string, space: IndexSpace, index: number, names: CodeNames): TextPart {
  if (space === 'type') {
    const type = names.type(index);
    if (!/call/.test(mnemonic) || type === null) return { kind: 'type', text: `(type ${index})` };
    const signature = signatureText(type);
    return { kind: 'type', text: `(type ${index})${signature === '' ? '' : ` ${signature}`}` };
  }
  const name = names.name(space, index);
  const shown = name === null || name === '' ? null : `$${visible(name, NAME_LENGTH)}`;
  if (space === 'function') return { kind: 'function', text: shown ?? String(index), index };
  return shown === null ? plain(String(index)) : { kind: 'name', text: shown };
}

function blockText(type: string | number | null, names: CodeNames): readonly TextPart[] {
  if (type === null) return [];
  if (typeof type === 'string') return [{ kind: 'type', text: `(result ${type})` }];
  const known = names.type(type);
  const signature = known === null ? '' : signatureText(known);
  return [{ kind: 'type', text: signature === '' ? `(type ${type})` : signature }];
}

function labelText(label: number, names: CodeNames): TextPart {
  const offset = names.target(label);
  return offset === null ? plain(String(label)) : { kind: 'label', text: String(label), offset };
}

function labelsText(depths: Uint32Array, names: CodeNames): readonly TextPart[] {
  const shown = [...depths.subarray(0, LABELS_SHOWN)].map((label) => labelText(label, names));
  const rest = depths.length - shown.length;
  return rest === 0 ? shown : [...shown, plain(`… ${rest.toLocaleString('en-US')} more labels`)];
}

function memoryArgumentText(
  mnemonic: string,
  { memory, offset, align }: Extract<Immediate, { kind: 'memarg' }>,
  names: CodeNames,
): readonly TextPart[] {
  const parts: TextPart[] = [];
  if (memory !== 0) parts.push(indexText(mnemonic, 'memory', memory, names));
  if (offset !== 0n) parts.push(plain(`offset=${offset}`));
  if (2 ** align !== accessSize(mnemonic)) parts.push(plain(`align=${2 ** align}`));
  return parts;
}

function catchText({ kind, tag, label }: CatchClause, names: CodeNames): readonly TextPart[] {
  return [plain(tag === null ? `(${kind}` : `(${kind} ${tag}`), labelText(label, names), plain(')')];
}

function handlerText({ tag, label }: Handler, names: CodeNames): readonly TextPart[] {
  if (label === null) return [plain(`(on ${tag} switch)`)];
  return [plain(`(on ${tag}`), labelText(label, names), plain(')')];
}

function words(bytes: Uint8Array): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [0, 4, 8, 12].map((at) => `0x${view.getUint32(at, true).toString(16).padStart(8, '0')}`);
}
