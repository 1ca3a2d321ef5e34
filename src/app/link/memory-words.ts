import { type Format, fits, GROUP_CHOICES, ROW_CHOICES, type View } from '../memory-view';

const LETTERS = { hex: 'hex', unsigned: 'u', signed: 'i', float: 'f' } as const satisfies Record<
  Format,
  string
>;
const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['hex', 'hex'],
  ['u', 'unsigned'],
  ['i', 'signed'],
  ['f', 'float'],
]);

/** What a group of bytes is read as: `hex8`, `u32`, `f64`. */
export function groupWord({ format, group }: Pick<View, 'format' | 'group'>): string {
  return `${LETTERS[format]}${group * 8}`;
}

/** The group that a word says; null where it says none. */
export function groupOf(word: string): Pick<View, 'format' | 'group'> | null {
  const [, letters = '', bits = ''] = /^([a-z]{1,3})(\d{1,2})$/.exec(word) ?? [];
  const format = FORMATS.get(letters);
  const group = GROUP_CHOICES.find((bytes) => String(bytes * 8) === bits);
  return format !== undefined && group !== undefined && fits(group, format) ? { format, group } : null;
}

/** How many bytes stand in a row, as `row=` says it; null where it says none. */
export function rowOf(word: string): View['rowBytes'] | null {
  return ROW_CHOICES.find((choice) => String(choice) === word) ?? null;
}
