import type { Bytes } from '../bytes/units';
import { decodeInstruction } from './instruction';
import { type Opcode, opcodesOf, PREFIXES, type Shape } from './opcodes';

/** How the immediates of an opcode are gone over without decoding them. */
const STRIDES = { decode: 0, none: 1, leb: 2, memoryArgument: 3, four: 4, eight: 5 } as const;

/** A LEB128 below this many bytes fits all the widths that are read with it, 32, 33 and 64 bits. */
const SURE_LEB: Bytes = 4;

const INDICES = 'lftTMgvxedFN';

function strideOf(shape: Shape): number {
  if (shape === '') return STRIDES.none;
  if (shape === 'm') return STRIDES.memoryArgument;
  if (shape === 's') return STRIDES.four;
  if (shape === 'D') return STRIDES.eight;
  if (shape.length === 1 && `${INDICES}iI`.includes(shape)) return STRIDES.leb;
  return STRIDES.decode;
}

function stridesOf(prefix: number): Uint8Array {
  return Uint8Array.from(opcodesOf(prefix), (info) => (info === undefined ? 0 : strideOf(info.shape)));
}

const UNPREFIXED = stridesOf(0);
const PREFIXED: ReadonlyMap<number, Uint8Array> = new Map(
  [...PREFIXES].map((prefix) => [prefix, stridesOf(prefix)]),
);

export interface Skipped {
  opcode: Opcode;
  /** Of the next instruction. */
  end: Bytes;
}

/**
 * Goes over the instruction at `offset` and writes what it was into `into` (one object for a whole body: a hostile one has
 * ten million). What is common and plainly well-formed is skipped; everything else is decoded, so that the two never
 * disagree on a length.
 * @throws DecodeError as `decodeInstruction` does.
 */
export function skipInstruction(body: Uint8Array, offset: Bytes, into: Skipped): void {
  let at = offset;
  const byte = body[at] ?? 0;
  at += 1;
  let opcode = byte;
  let stride = UNPREFIXED[byte] ?? STRIDES.decode;
  if (PREFIXES.has(byte)) {
    const sub = body[at] ?? 0x80;
    at += 1;
    opcode = byte * 0x10000 + sub;
    stride = sub < 0x80 ? (PREFIXED.get(byte)?.[sub] ?? STRIDES.decode) : STRIDES.decode;
  }
  const end = stride === STRIDES.decode ? null : pass(body, at, stride);
  if (end === null || end > body.length) {
    const decoded = decodeInstruction(body, offset);
    into.opcode = decoded.opcode;
    into.end = offset + decoded.length;
    return;
  }
  into.opcode = opcode;
  into.end = end;
}

/** Where the immediates end; null when that takes decoding. */
function pass(body: Uint8Array, at: Bytes, stride: number): Bytes | null {
  switch (stride) {
    case STRIDES.none:
      return at;
    case STRIDES.leb:
      return passLeb(body, at);
    case STRIDES.four:
      return at + 4;
    case STRIDES.eight:
      return at + 8;
    default:
      return (body[at] ?? 0xff) < 0x40 ? passLeb(body, at + 1) : null;
  }
}

function passLeb(body: Uint8Array, at: Bytes): Bytes | null {
  const most = at + SURE_LEB;
  for (let end = at; end < most; end += 1) if ((body[end] ?? 0) < 0x80) return end + 1;
  return null;
}
