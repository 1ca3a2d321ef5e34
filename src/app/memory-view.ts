import { create } from 'zustand';

/** How rows of memory are drawn. */
export interface View {
  /** At most as many bytes a row; `fit`: as many as fit. */
  readonly rowBytes: 8 | 16 | 32 | 'fit';
  readonly group: Group;
  readonly format: Format;
}

/** Bytes that are read as one little-endian number. */
export type Group = 1 | 2 | 4 | 8;
export type Format = 'hex' | 'unsigned' | 'signed' | 'float';

export const ROW_CHOICES = [8, 16, 32, 'fit'] as const;
export const GROUP_CHOICES = [1, 2, 4, 8] as const;
export const FORMAT_CHOICES = ['hex', 'unsigned', 'signed', 'float'] as const;

export const PLAIN: View = { rowBytes: 16, group: 1, format: 'hex' };

/** Whether a group of bytes can be read so: floats have 4 or 8 bytes. */
export function fits(group: Group, format: Format): boolean {
  return format !== 'float' || group >= 4;
}

const KEY = 'wasmortem.memory-view';

/** How rows are drawn now: as this browser was last told, or as a link says. */
export const useMemoryView = create<{ readonly view: View }>()(() => ({ view: stored() }));

/** The user's choice, which this browser keeps; where storing is forbidden, until the page is closed. */
export function chooseMemoryView(view: View): void {
  showMemoryView(view);
  try {
    localStorage.setItem(KEY, JSON.stringify(view));
  } catch {
    return;
  }
}

/** As a link says, for as long as the page is open: what the user chose stays chosen. */
export function showMemoryView(view: View): void {
  useMemoryView.setState({ view });
}

function stored(): View {
  try {
    return parseView(localStorage.getItem(KEY));
  } catch {
    return PLAIN;
  }
}

/** What was stored, if it is a view: anything else may stand there. */
export function parseView(text: string | null): View {
  if (text === null) return PLAIN;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return PLAIN;
    const stored = new Map<string, unknown>(Object.entries(value));
    const rowBytes = ROW_CHOICES.find((choice) => choice === stored.get('rowBytes'));
    const group = GROUP_CHOICES.find((choice) => choice === stored.get('group'));
    const format = FORMAT_CHOICES.find((choice) => choice === stored.get('format'));
    if (rowBytes === undefined || group === undefined || format === undefined) return PLAIN;
    return fits(group, format) ? { rowBytes, group, format } : PLAIN;
  } catch {
    return PLAIN;
  }
}
