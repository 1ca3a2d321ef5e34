import { useMemo } from 'react';

const KEY = 'wasmortem.layout.';

/** Sizes of a group of panels, by panel, in percent. */
type Sizes = Readonly<Record<string, number>>;

/** What was stored, if it is sizes: anything else may stand there. */
export function parseSizes(text: string | null): Sizes | undefined {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const entries = Object.entries(value);
    const sound = entries.every(([, size]) => typeof size === 'number' && size >= 0 && size <= 100);
    return sound && entries.length > 0 ? Object.fromEntries(entries) : undefined;
  } catch {
    return undefined;
  }
}

/** A group's sizes as the user left them; storage can be forbidden, the sizes then last until the page is closed. */
export function useStoredSizes(group: string): {
  readonly sizes: Sizes | undefined;
  readonly store: (sizes: Sizes) => void;
} {
  return useMemo(() => {
    const store = (sizes: Sizes) => {
      try {
        localStorage.setItem(KEY + group, JSON.stringify(sizes));
      } catch {
        return;
      }
    };
    try {
      return { sizes: parseSizes(localStorage.getItem(KEY + group)), store };
    } catch {
      return { sizes: undefined, store };
    }
  }, [group]);
}
