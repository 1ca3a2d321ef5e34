import { LONGEST_TEXT } from '../../memory/structs/tokens';
import { LONGEST_MINIMUM, type StringsForm } from '../strings';
import type { Overlay } from '../structs/saved';

/** The longest text of a struct that a link holds: one of a screen's height. A longer one stays at home. */
export const LONGEST_STRUCT = Math.min(600, LONGEST_TEXT);
/** The longest part of strings to look for, as the box takes it. */
export const LONGEST_FILTER = 1000;

const ENCODINGS = ['ascii', 'utf-8', 'utf-16le'] as const;

/** Which strings are listed, but for the part that they hold: `utf-16le.6`. */
export function stringsWords({ encoding, minimum }: StringsForm): string {
  return `${encoding}.${minimum}`;
}

/** What `strings=` says; null where it says nothing. */
export function stringsOf(words: string): Pick<StringsForm, 'encoding' | 'minimum'> | null {
  const [first, digits = '', ...rest] = words.split('.', 3);
  const encoding = ENCODINGS.find((one) => one === first);
  const minimum = /^[1-9]\d{0,3}$/.test(digits) ? Number(digits) : Number.POSITIVE_INFINITY;
  return encoding !== undefined && minimum <= LONGEST_MINIMUM && rest.length === 0
    ? { encoding, minimum }
    : null;
}

/** Where structs are laid: `1f40`, in another memory than 0 `1:1f40`. */
export function laidText({ address, memory }: Pick<Overlay, 'address' | 'memory'>): string {
  return `${memory === 0 ? '' : `${memory}:`}${address.toString(16)}`;
}

/** The place that a text says; null where it says none. */
export function laidOf(text: string): Pick<Overlay, 'address' | 'memory'> | null {
  const [, memory = '0', digits = ''] = /^(?:(\d{1,10}):)?([\da-f]{1,14})$/i.exec(text) ?? [];
  const address = Number.parseInt(digits, 16);
  return Number.isSafeInteger(address) ? { memory: Number(memory), address } : null;
}
