import { describe, expect, it } from 'vitest';
import { fitView } from '../../../src/app/link/fit';
import { type LinkView, NO_VIEW } from '../../../src/app/link/types';
import { fixtureJson } from '../../fixture';
import { type Expected, snapshotOfExpected } from '../fake-session';

const snapshot = snapshotOfExpected(
  fixtureJson<Expected>('wasmtime/c-divide-O0/expected.json'),
  'a\u202e.core',
);
const search = { query: { kind: 'hex', text: '00' }, zeros: false } as const;

describe('a view held against a dump', () => {
  const wrong: readonly (readonly [Partial<LinkView>, Partial<LinkView>, string])[] = [
    [{ frame: { thread: 3, frame: 0 } }, { frame: null }, "1 thread; the link's is thread 3."],
    [{ frame: { thread: 0, frame: 8 } }, { frame: null }, "8 frames in thread 0; the link's is frame 8."],
    [
      { memory: 1, bytes: { memory: 1, anchor: 0, focus: 0 }, search },
      { memory: 0, bytes: null, search: null },
      '1 memory; the link shows memory 1.',
    ],
    [
      { bytes: { memory: 4, anchor: 0, focus: 0 } },
      { bytes: null },
      '1 memory; the link selects bytes of memory 4.',
    ],
    [
      { bytes: { memory: 0, anchor: 0, focus: 0x20000 } },
      { bytes: null },
      '131,072 bytes in memory 0; the link selects 0x20000.',
    ],
    [
      {
        gaps: [
          { memory: 0, gaps: 'zero' },
          { memory: 2, gaps: 'missing' },
        ],
      },
      { gaps: [{ memory: 0, gaps: 'zero' }] },
      '1 memory; the link sets gaps of memory 2.',
    ],
  ];
  it.each(wrong)('%j', (given, left, said) => {
    const view = { ...NO_VIEW, ...given };
    expect(fitView(view, snapshot)).toEqual({
      view: { ...view, ...left },
      problems: [`a\\u{202e}.core has ${said}`],
    });
  });

  it('that fits stays as it is', () => {
    const view: LinkView = {
      ...NO_VIEW,
      frame: { thread: 0, frame: 7 },
      bytes: { memory: 0, anchor: 0, focus: 0x1ffff },
      gaps: [{ memory: 0, gaps: 'zero' }],
      search,
    };
    expect(fitView(view, snapshot)).toEqual({ view, problems: [] });
  });
});
