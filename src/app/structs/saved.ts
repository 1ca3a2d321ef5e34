import type { Address } from '../../bytes/units';
import { LONGEST_TEXT } from '../../memory/structs/tokens';

/** What the user laid over a dump's memory. */
export interface Overlay {
  readonly text: string;
  /** The struct that is laid, by name; null: the last of the text. */
  readonly root: string | null;
  readonly memory: number;
  readonly address: Address;
  /** How many stand one after the other. */
  readonly count: number;
  /** The member through which a list is followed; null: none. */
  readonly follow: string | null;
}

export const NO_OVERLAY: Overlay = { text: '', root: null, memory: 0, address: 0, count: 1, follow: null };

/** Most structs one after the other. */
export const MOST_ITEMS = 1_000_000;
/** Dumps of which the overlay is kept; the one used longest ago is given up. */
export const KEPT_DUMPS = 16;

/** A dump as the storage knows it: its contents are never stored. */
export interface DumpKey {
  readonly name: string;
  readonly size: number;
}

export interface Saved extends DumpKey {
  readonly overlay: Overlay;
}

/** What was stored, as far as it is what `savedText` wrote: anything else may stand there. */
export function parseSaved(text: string | null): readonly Saved[] {
  if (text === null) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.slice(0, KEPT_DUMPS).flatMap(savedOf) : [];
  } catch {
    return [];
  }
}

/** The stored list with one dump's overlay first. One without a text is not kept. */
export function withSaved(list: readonly Saved[], saved: Saved): readonly Saved[] {
  const others = list.filter((own) => !isSame(own, saved));
  return saved.overlay.text === '' ? others : [saved, ...others].slice(0, KEPT_DUMPS);
}

export function overlayFor(list: readonly Saved[], dump: DumpKey): Overlay {
  return list.find((own) => isSame(own, dump))?.overlay ?? NO_OVERLAY;
}

const isSame = (a: DumpKey, b: DumpKey): boolean => a.name === b.name && a.size === b.size;

function savedOf(value: unknown): Saved[] {
  if (!isObject(value)) return [];
  const { name, size, overlay } = value;
  if (typeof name !== 'string' || typeof size !== 'number' || !isObject(overlay)) return [];
  const { text, root, memory, address, count, follow } = overlay;
  const sound =
    typeof text === 'string' &&
    text.length <= LONGEST_TEXT &&
    isNameOrNull(root) &&
    isNameOrNull(follow) &&
    isIndex(memory) &&
    isIndex(address) &&
    isIndex(count) &&
    count >= 1 &&
    count <= MOST_ITEMS;
  return sound ? [{ name, size, overlay: { text, root, memory, address, count, follow } }] : [];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const isNameOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string';
const isIndex = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
