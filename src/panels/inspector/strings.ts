import type { Address, Bytes } from '../../bytes/units';
import { visible } from '../../coredump/visible';
import type { MemoryWindow } from '../../session/types';
import { counted, grouped, hex } from '../../ui/numbers';
import { knownBytes, type Read, whyNoByte, whyUnread } from './known-bytes';
import type { Endian } from './scalars';

/** Read no further than this for an end. */
export const STRING_BYTES: Bytes = 256;

/** How far a string goes, and what stands behind its last character. */
interface Extent {
  readonly text: string;
  readonly bytes: Bytes;
  readonly end: string;
}

/** The text from `address` up to its zero byte, or as far as it is UTF-8 and captured; says what ends it. */
export function readUtf8(window: MemoryWindow, address: Address): Read {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return stringOf(window, address, 1, (at) => {
    const lead = knownBytes(window, at, 1)[0] ?? 0;
    const length = utf8Length(lead);
    if (length === 0) return { kind: 'not', hex: hex(lead, 2) };
    if (whyUnread(window, at, length) !== null) return { kind: 'cut', length };
    try {
      const text = decoder.decode(knownBytes(window, at, length));
      return { kind: 'character', text, length };
    } catch {
      // Not UTF-8: the answer says so.
      return { kind: 'not', hex: hex(lead, 2) };
    }
  });
}

/** As `readUtf8`, in UTF-16. A surrogate without its other half stays, and is shown escaped. */
export function readUtf16(window: MemoryWindow, address: Address, endian: Endian): Read {
  const unitAt = (at: Address) =>
    new DataView(knownBytes(window, at, 2).buffer).getUint16(0, endian === 'little');
  return stringOf(window, address, 2, (at) => {
    const unit = unitAt(at);
    const high = unit >= 0xd800 && unit < 0xdc00;
    if (!high || whyUnread(window, at + 2, 2) !== null)
      return { kind: 'character', text: String.fromCharCode(unit), length: 2 };
    const low = unitAt(at + 2);
    const pair = low >= 0xdc00 && low < 0xe000;
    return pair
      ? { kind: 'character', text: String.fromCharCode(unit, low), length: 4 }
      : { kind: 'character', text: String.fromCharCode(unit), length: 2 };
  });
}

type Step =
  | { readonly kind: 'character'; readonly text: string; readonly length: Bytes }
  | { readonly kind: 'cut'; readonly length: Bytes }
  | { readonly kind: 'not'; readonly hex: string };

function stringOf(window: MemoryWindow, address: Address, unit: 1 | 2, next: (at: Address) => Step): Read {
  const reason = whyUnread(window, address, unit);
  if (reason !== null) return { known: false, reason, bytes: unit };
  const { text, bytes, end } = extent(window, address, unit, next);
  if (bytes === 0 && !end.startsWith('ends')) return { known: false, reason: end, bytes: unit };
  return {
    known: true,
    text: `"${visible(text, STRING_BYTES)}"`,
    bytes,
    note: `${counted(bytes, 'byte')}, ${end}`,
  };
}

function extent(window: MemoryWindow, address: Address, unit: 1 | 2, next: (at: Address) => Step): Extent {
  let text = '';
  let bytes = 0;
  for (;;) {
    const at = address + bytes;
    if (bytes + 4 > STRING_BYTES) return { text, bytes, end: `no end in ${grouped(STRING_BYTES)}` };
    const reason = whyUnread(window, at, unit);
    if (reason !== null) return { text, bytes, end: `then ${whyNoByte(window, at) ?? reason}` };
    const step = next(at);
    if (step.kind === 'not')
      return { text, bytes, end: bytes === 0 ? `${step.hex} is not UTF-8` : `then ${step.hex}, not UTF-8` };
    if (step.kind === 'cut')
      return { text, bytes, end: `then ${whyUnread(window, at, step.length) ?? 'cut'}` };
    if (step.text === '\0') return { text, bytes, end: 'ends with a zero' };
    text += step.text;
    bytes += step.length;
  }
}

/** The length of a UTF-8 sequence by its first byte; 0: no sequence begins with it. */
function utf8Length(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}
