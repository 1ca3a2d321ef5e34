/** What a key asks of the page as a whole. Keys inside a tree, a grid or the memory are theirs. */
export type Command =
  | 'help'
  | 'open'
  | 'go-to'
  | 'next-panel'
  | 'previous-panel'
  | 'next-thread'
  | 'previous-thread'
  | 'drawer'
  | 'search'
  | 'references'
  | 'next-hit'
  | 'previous-hit'
  | 'next-difference'
  | 'previous-difference';

export interface Key {
  readonly key: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
  readonly shift: boolean;
}

/** Where the focus is. */
export interface Focus {
  readonly inPanel: boolean;
  readonly inText: boolean;
}

/**
 * The command for a key, or null. Single letters act only when the focus is in a panel and not in a text field, so
 * that dictation and type-ahead cannot trigger them; Alt stays the browser's (Back and Forward).
 */
export function commandFor(key: Key, focus: Focus): Command | null {
  if (key.alt) return null;
  if (key.key === 'F6') return key.shift ? 'previous-panel' : 'next-panel';
  if (key.key === 'F3') return key.shift ? 'previous-hit' : 'next-hit';
  if (key.key === 'F8') return key.shift ? 'previous-difference' : 'next-difference';
  if (key.ctrl || key.meta) return withControl(key);
  if (focus.inText) return null;
  if (key.key === '?') return 'help';
  if (!focus.inPanel) return null;
  if (key.key === 'g') return 'go-to';
  if (key.key === 'n') return 'next-thread';
  if (key.key === 'p') return 'previous-thread';
  return null;
}

function withControl(key: Key): Command | null {
  const letter = key.key.toLowerCase();
  if (letter === 'f') return key.shift ? 'references' : 'search';
  if (key.shift) return null;
  if (letter === 'o') return 'open';
  if (letter === 'g') return 'go-to';
  if (letter === 'j') return 'drawer';
  return null;
}

/** The sheet of keys: groups of an intent and the keys for it. Alternatives in order; keys of a chord together. */
export const KEY_SHEET: readonly {
  readonly title: string;
  readonly rows: readonly { readonly what: string; readonly keys: readonly (readonly string[])[] }[];
}[] = [
  {
    title: 'Memory',
    rows: [
      { what: 'Row, byte', keys: [['↑'], ['↓'], ['←'], ['→']] },
      { what: 'Row start, end', keys: [['Home'], ['End']] },
      {
        what: 'Memory start, end',
        keys: [
          ['Ctrl', 'Home'],
          ['Ctrl', 'End'],
        ],
      },
      {
        what: 'Captured region',
        keys: [
          ['Ctrl', '['],
          ['Ctrl', ']'],
        ],
      },
      { what: 'Extend', keys: [['Shift']] },
      { what: 'Hex, text', keys: [['x']] },
      { what: 'Copy as', keys: [['c']] },
      { what: 'Clear', keys: [['Esc']] },
      { what: 'Go to', keys: [['g'], ['Ctrl', 'G']] },
      { what: 'Search', keys: [['Ctrl', 'F']] },
      { what: 'Next, previous hit', keys: [['F3'], ['Shift', 'F3']] },
      { what: 'Next, previous difference', keys: [['F8'], ['Shift', 'F8']] },
      { what: 'Pointers to the selection', keys: [['Ctrl', 'Shift', 'F']] },
    ],
  },
  {
    title: 'Stack',
    rows: [
      { what: 'Frame', keys: [['↑'], ['↓']] },
      { what: 'First, last', keys: [['Home'], ['End']] },
      { what: 'Thread', keys: [['n'], ['p']] },
      { what: 'Open, fold', keys: [['→'], ['←']] },
    ],
  },
  {
    title: 'Lists',
    rows: [
      { what: 'Cell', keys: [['↑'], ['↓'], ['←'], ['→']] },
      {
        what: 'First, last',
        keys: [
          ['Ctrl', 'Home'],
          ['Ctrl', 'End'],
        ],
      },
      { what: 'Sort, follow, select', keys: [['Enter']] },
    ],
  },
  {
    title: 'Page',
    rows: [
      { what: 'Open files', keys: [['Ctrl', 'O']] },
      {
        what: 'Selection before, after',
        keys: [
          ['Alt', '←'],
          ['Alt', '→'],
        ],
      },
      { what: 'Next panel', keys: [['F6']] },
      { what: 'Previous panel', keys: [['Shift', 'F6']] },
      { what: 'Drawer', keys: [['Ctrl', 'J']] },
      { what: 'These keys', keys: [['?']] },
    ],
  },
];
