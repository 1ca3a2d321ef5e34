import { useCallback, useState } from 'react';
import { PLAIN, parseView, type View } from './view';

const KEY = 'wasmortem.memory-view';

/** How rows are drawn, as this browser was last told; where storing is forbidden, until the page is closed. */
export function useView(): readonly [View, (view: View) => void] {
  const [view, setView] = useState(stored);
  const change = useCallback((next: View) => {
    setView(next);
    try {
      localStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      return;
    }
  }, []);
  return [view, change];
}

function stored(): View {
  try {
    return parseView(localStorage.getItem(KEY));
  } catch {
    return PLAIN;
  }
}

/** The advance of a monospaced character, measured: fonts differ. 7.2 px where nothing is laid out. */
export function monoAdvance(): number {
  const probe = document.createElement('span');
  probe.style.cssText = 'position:absolute;visibility:hidden;font:var(--text-s) var(--font-mono)';
  probe.textContent = '0'.repeat(100);
  document.body.append(probe);
  const { width } = probe.getBoundingClientRect();
  probe.remove();
  return width / 100 || 7.2;
}
