import type { Address, Bytes } from '../../bytes/units';
import { CAPTURED, hexByte, LOST, MISSING, PENDING, textGlyph, ZERO } from './byte-state';
import type { Stretch } from './pointer';
import { byteCount, hexAddress } from './words';

/** A hex dump is five times as long as its bytes, and clipboards and editors choke on tens of megabytes of text. */
export const COPY_LIMIT: Bytes = 1_048_576;

/** Why a selection of `length` bytes cannot be copied, or null when it can. */
export function copyRefusal(length: Bytes): string | null {
  return length <= COPY_LIMIT
    ? null
    : `Not copied: ${byteCount(length)} are selected, and more than ${byteCount(COPY_LIMIT)} as text are too long for a clipboard. A saved file has no limit.`;
}

/** The columns of a byte: `??` missing, `xx` lost, `--` not indexed yet, blank past the end. A known zero is 00. */
export function dumpByte(byte: number, code: number | undefined): string {
  if (code === CAPTURED) return hexByte(byte);
  if (code === ZERO) return '00';
  if (code === MISSING) return '??';
  if (code === LOST) return 'xx';
  return code === PENDING ? '--' : '  ';
}

function dumpText(byte: number, code: number | undefined): string {
  if (code === CAPTURED) return textGlyph(byte, CAPTURED);
  return code === ZERO ? '.' : ' ';
}

/**
 * The stretch as a hex dump, 16 bytes a line, lines at multiples of 16: address, bytes, text. Columns before and after the
 * stretch are blank, so that the bytes stand where the grid shows them.
 */
export function hexDump(stretch: Stretch, digits: number): string {
  const end: Address = stretch.address + stretch.codes.length;
  const lines: string[] = [];
  for (let row = stretch.address - (stretch.address % 16); row < end; row += 16) {
    const hex: string[] = [];
    let text = '';
    for (let column = 0; column < 16; column += 1) {
      const at = row + column - stretch.address;
      const code = at < 0 ? undefined : stretch.codes[at];
      const byte = stretch.bytes[at] ?? 0;
      hex.push(dumpByte(byte, code));
      text += dumpText(byte, code);
    }
    const left = hex.slice(0, 8).join(' ');
    const right = hex.slice(8).join(' ');
    lines.push(`${hexAddress(row, digits)}  ${left}  ${right}  |${text}|`);
  }
  return lines.join('\n');
}
