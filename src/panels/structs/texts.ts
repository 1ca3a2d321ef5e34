import { f32Text, f64Text } from '../../coredump/float-words';
import { visible } from '../../coredump/visible';
import type { BitRange, RecordType, Type } from '../../memory/structs/layout';
import {
  bytesNeeded,
  isText,
  type KnownBytes,
  readValue,
  type Shortfall,
  type Value,
} from '../../memory/structs/values';
import type { WalkEnd } from '../../memory/structs/walk';
import { counted, grouped, hex, hexAddress } from '../../ui/numbers';

const UNKNOWN: Readonly<Record<Shortfall['state'], string>> = {
  missing: 'missing',
  lost: 'lost',
  'out-of-bounds': 'past the end',
  pending: 'not indexed yet',
};

/** `2 of 4 bytes missing`, `2 of 8 bytes missing, 1 lost`. */
export function shortfallText(shortfalls: readonly Shortfall[], size: number): string {
  const [first, ...rest] = shortfalls;
  if (first === undefined) return '';
  const others = rest.map(({ state, bytes }) => `, ${grouped(bytes)} ${UNKNOWN[state]}`).join('');
  const noun = size === 1 ? 'byte' : 'bytes';
  return `${grouped(first.bytes)} of ${grouped(size)} ${noun} ${UNKNOWN[first.state]}${others}`;
}

/** A type as C writes it: `Node *`, `char[16]`, `u32 : 3`. */
export function typeText(type: Type, bits: BitRange | null = null): string {
  switch (type.kind) {
    case 'scalar':
      return bits === null ? type.name : `${type.name} : ${bits.width}`;
    case 'record':
      return recordName(type);
    case 'array':
      return arrayText(type, '');
    case 'pointer': {
      if (type.to.kind === 'opaque') return `${type.to.name} *`;
      if (type.to.kind === 'record') return `${type.to.id.startsWith('#') ? 'struct' : type.to.id} *`;
      const target = typeText(type.to.type);
      return target.endsWith('*') ? `${target}*` : `${target} *`;
    }
  }
}

function recordName({ name, union }: RecordType): string {
  return name ?? (union ? 'union' : 'struct');
}

function arrayText(type: Type, dimensions: string): string {
  if (type.kind !== 'array') return `${typeText(type)}${dimensions}`;
  return arrayText(type.of, `${dimensions}[${grouped(type.count)}]`);
}

/** How a value is written; `known` false: it has none, and `text` says why. */
export interface ValueText {
  readonly known: boolean;
  readonly text: string;
  /** The same number in another way, beside it; empty: none. */
  readonly aside: string;
}

/** Longest text of an array of characters that is shown. */
const LONGEST_SHOWN = 120;

/** A value as it is written in a row. Pointers are written as a link, `parts` by `summaryText`. */
export function valueText(value: Value): ValueText {
  switch (value.kind) {
    case 'integer': {
      const { value: own, size } = value;
      const small = own >= -9 && own <= 9;
      const bits = BigInt.asUintN(size * 8, BigInt(own));
      return known(grouped(own), small ? '' : hex(bits));
    }
    case 'character':
      return known(characterText(value.code), String(value.code));
    case 'bool':
      return known(value.value < 2 ? String(value.value === 1) : `${value.value}, neither false nor true`);
    case 'f32':
      return known(f32Text(value.bits));
    case 'f64':
      return known(f64Text(value.bits));
    case 'pointer':
      return known(value.bits === 0n ? 'null' : pointerText(value.bits));
    case 'text':
      return known(`"${bytesText(value.bytes)}"${value.ended ? '' : '…'}`);
    case 'parts':
      return known('');
    case 'unknown':
      return { known: false, text: shortfallText(value.shortfalls, value.size), aside: '' };
  }
}

const known = (text: string, aside = ''): ValueText => ({ known: true, text, aside });

const pointerText = (bits: bigint): string =>
  bits > 0xffff_ffffn ? hex(bits, 16) : hexAddress(Number(bits));

function characterText(code: number): string {
  return code < 0x80 ? `'${visible(String.fromCharCode(code))}'` : `'\\x${code.toString(16)}'`;
}

/** UTF-8 where it is, and what is not as escapes; nothing that is unseen stays so. */
function bytesText(bytes: Uint8Array): string {
  try {
    return visible(new TextDecoder('utf-8', { fatal: true }).decode(bytes), LONGEST_SHOWN);
  } catch {
    const text = Array.from(bytes, (byte) =>
      byte < 0x80 ? visible(String.fromCharCode(byte)) : `\\x${byte.toString(16).padStart(2, '0')}`,
    ).join('');
    return visible(text, LONGEST_SHOWN);
  }
}

/** Parts that a summary shows, and bytes in which they must lie. */
const SUMMARY_PARTS = 4;
const SUMMARY_BYTES = 256;

interface Part {
  readonly offset: number;
  readonly type: Type;
  readonly bits: BitRange | null;
}

/** What `summaryText` needs from the address of a record or array on, in bytes; 0 where there is nothing to sum up. */
export function summaryBytes(type: Type): number {
  return summaryParts(type).reduce(
    (most, { offset, type: own, bits }) => Math.max(most, offset + bytesNeeded(own, bits)),
    0,
  );
}

/** The first values of a record or array in one line: `{5, 6, 0x00011100, …}`. */
export function summaryText(window: KnownBytes, address: number, type: Type): string {
  const parts = summaryParts(type);
  const all = type.kind === 'record' ? type.members.length : type.kind === 'array' ? type.count : 0;
  if (all === 0) return '{}';
  const texts = parts.map(({ offset, type: own, bits }) => partText(window, address + offset, own, bits));
  if (all > parts.length) texts.push('…');
  return `{${texts.join(', ')}}`;
}

function partText(window: KnownBytes, address: number, type: Type, bits: BitRange | null): string {
  const value = readValue(window, address, type, bits);
  if (value.kind === 'unknown') return '??';
  if (value.kind === 'parts') return '{…}';
  return valueText(value).text;
}

function summaryParts(type: Type): readonly Part[] {
  const parts: Part[] =
    type.kind === 'record'
      ? type.members
          .slice(0, SUMMARY_PARTS)
          .map(({ offset, type: own, bits }) => ({ offset, type: own, bits }))
      : type.kind === 'array' && !isText(type)
        ? Array.from({ length: Math.min(type.count, SUMMARY_PARTS) }, (_, index) => ({
            offset: index * type.of.size,
            type: type.of,
            bits: null,
          }))
        : [];
  return parts.filter(({ offset, type: own, bits }) => offset + bytesNeeded(own, bits) <= SUMMARY_BYTES);
}

/** Why a list goes no further, and how long it is: `3 nodes, then null`. */
export function walkText(nodes: number, end: WalkEnd, pointerSize: number): string {
  const all = counted(nodes, 'node');
  switch (end.kind) {
    case 'null':
      return `${all}, then null`;
    case 'cycle':
      return `${all}, then back to [${grouped(end.to)}]`;
    case 'outside':
      return `${all}, then ${pointerText(end.target)}, outside the memory`;
    case 'unreadable':
      return `${all}; the pointer at ${hexAddress(end.at)} has ${shortfallText(end.shortfalls, pointerSize)}`;
    case 'limit':
      return `${all} shown, there are more`;
  }
}
