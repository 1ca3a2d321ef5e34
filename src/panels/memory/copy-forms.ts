import type { Address, Bytes } from '../../bytes/units';
import { CAPTURED, LOST, MISSING, OUTSIDE, PENDING } from './byte-state';
import { dumpByte, hexDump } from './hex-dump';
import type { Stretch } from './pointer';
import { address0x, byteCount, hexAddress } from './words';

export type CopyForm = 'hex' | 'dump' | 'c' | 'rust' | 'json' | 'base64' | 'text';

/** A form in the menu. `noun`: as a sentence calls it; null: it can say that bytes are missing. */
export interface FormText {
  readonly form: CopyForm;
  readonly label: string;
  readonly noun: string | null;
}

export const COPY_FORMS: readonly FormText[] = [
  { form: 'dump', label: 'Hex dump', noun: null },
  { form: 'hex', label: 'Hex', noun: null },
  { form: 'c', label: 'C array', noun: 'a C array' },
  { form: 'rust', label: 'Rust array', noun: 'a Rust array' },
  { form: 'json', label: 'JSON array', noun: 'a JSON array' },
  { form: 'base64', label: 'Base64', noun: 'Base64' },
  { form: 'text', label: 'Text', noun: 'text' },
];

/** Bytes in a form, or the sentence that says why they cannot be in it. */
export type Copied =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: string };

const A_LINE = 12;

const UNKNOWN = [
  [MISSING, 'missing'],
  [LOST, 'lost'],
  [OUTSIDE, 'past the end'],
  [PENDING, 'not indexed yet'],
] as const;

/** Bytes without a value, by state, as a sentence counts them: `12 of 40 bytes are missing, 3 lost`; null: all have one. */
export function unknownBytes(counts: ReadonlyMap<number, Bytes>, length: Bytes): string | null {
  const parts = UNKNOWN.flatMap(([code, word]) => {
    const bytes = counts.get(code) ?? 0;
    return bytes === 0 ? [] : [{ bytes, word }];
  });
  const [first, ...rest] = parts;
  if (first === undefined) return null;
  const count = (bytes: Bytes) => bytes.toLocaleString('en-US');
  const others = rest.map(({ bytes, word }) => `, ${count(bytes)} ${word}`).join('');
  return `${count(first.bytes)} of ${byteCount(length)} ${first.bytes === 1 ? 'is' : 'are'} ${first.word}${others}`;
}

/** The bytes of a stretch in a form. Known zeros are zero; forms of values refuse where a byte has none. */
export function copied(form: CopyForm, stretch: Stretch, digits: number): Copied {
  if (form === 'dump') return text(hexDump(stretch, digits));
  if (form === 'hex')
    return text(Array.from(stretch.codes, (code, at) => dumpByte(stretch.bytes[at] ?? 0, code)).join(' '));
  const why = unknownBytes(countCodes(stretch.codes), stretch.codes.length);
  const noun = COPY_FORMS.find((one) => one.form === form)?.noun ?? form;
  if (why !== null) return refused(`Not copied: ${why}, and ${noun} cannot say so. Hex dump can.`);
  const bytes = valuesOf(stretch);
  switch (form) {
    case 'c':
      return text(`const unsigned char ${nameOf(stretch, digits)}[${bytes.length}] = {\n${lines(bytes)}\n};`);
    case 'rust':
      return text(
        `const ${nameOf(stretch, digits).toUpperCase()}: [u8; ${bytes.length}] = [\n${lines(bytes)}\n];`,
      );
    case 'json':
      return text(`[${bytes.join(',')}]`);
    case 'base64':
      return text(base64(bytes));
    case 'text':
      return plainText(bytes, stretch.address, digits);
  }
}

const text = (written: string): Copied => ({ kind: 'text', text: written });
const refused = (reason: string): Copied => ({ kind: 'refused', reason });

function countCodes(codes: Uint8Array): Map<number, Bytes> {
  const counts = new Map<number, Bytes>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

function valuesOf({ bytes, codes }: Stretch): Uint8Array {
  // What a window holds where a byte is not captured means nothing.
  return bytes.map((byte, at) => (codes[at] === CAPTURED ? byte : 0)).subarray(0, codes.length);
}

function nameOf({ address }: Stretch, digits: number): string {
  return `bytes_${hexAddress(address, digits)}`;
}

function lines(bytes: Uint8Array): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += A_LINE) {
    const row = Array.from(
      bytes.subarray(at, at + A_LINE),
      (byte) => `0x${byte.toString(16).padStart(2, '0')}`,
    );
    rows.push(`    ${row.join(', ')},`);
  }
  return rows.join('\n');
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  // As arguments of one call: 32 KiB of them are within every engine's limit.
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

/** UTF-8, without the zeros at its end. A zero before the end would cut the text where it is pasted. */
function plainText(bytes: Uint8Array, address: Address, digits: number): Copied {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  if (end === 0) return refused(`Not copied: all ${byteCount(bytes.length)} are zero, no text.`);
  const zero = bytes.subarray(0, end).indexOf(0);
  if (zero >= 0)
    return refused(
      `Not copied: a zero at ${address0x(address + zero, digits)} ends the text. Hex dump can say so.`,
    );
  try {
    return text(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, end)));
  } catch {
    // What is not UTF-8 is refused with the reason, as everything that a form cannot hold.
    return refused(`Not copied: the ${byteCount(end)} are not UTF-8. Hex dump can say so.`);
  }
}
