import { describe, expect, it } from 'vitest';
import { PLAIN } from '../../../src/app/memory-view';
import { CAPTURED, MISSING, ZERO } from '../../../src/panels/memory/byte-state';
import type { ByteRowProps } from '../../../src/panels/memory/row-props';
import { textRuns } from '../../../src/panels/memory/text-runs';

const row = (over: Partial<ByteRowProps>): ByteRowProps => ({
  address: 0,
  top: 0,
  rowBytes: 16,
  digits: 8,
  page: undefined,
  late: false,
  size: 16,
  from: -1,
  to: -1,
  cursor: -1,
  side: 'hex',
  view: PLAIN,
  other: undefined,
  markFrom: 0,
  markTo: -1,
  hits: '',
  ...over,
});

const page = (text: string, codes: readonly number[] = []) => ({
  address: 0,
  bytes: Uint8Array.from(text.padEnd(16, '\0'), (character) => character.charCodeAt(0)),
  codes: Uint8Array.from({ length: 16 }, (_, at) => codes[at] ?? CAPTURED),
});

describe('the text of a row', () => {
  it('is one run a look', () => {
    expect(textRuns(row({ page: page('hello') }))).toEqual([
      { text: 'hello', look: '' },
      { text: '...........', look: 'z' },
    ]);
  });

  it('has as many characters as columns, whatever is loading, missing, zero or past the end', () => {
    const codes = [CAPTURED, MISSING, MISSING, ZERO, ZERO];
    for (const props of [
      row({}),
      row({ size: 5 }),
      row({ size: 5, page: page('abc', codes) }),
      row({ page: page('abc', codes), from: 0, to: 3, cursor: 2, markFrom: 1, markTo: 9 }),
    ])
      expect(
        textRuns(props)
          .map(({ text }) => text)
          .join(''),
      ).toHaveLength(16);
  });

  it('keeps each known zero for itself, since its dot may come from another font', () => {
    const runs = textRuns(row({ page: page('ab', [CAPTURED, CAPTURED, ZERO, ZERO]), size: 4 }));
    expect(runs.map(({ text, look }) => [text, look])).toEqual([
      ['ab', ''],
      ['·', 'box e'],
      ['·', 'box e'],
      [' '.repeat(12), 'box o'],
    ]);
  });

  it('is broken where the selection and the cursor begin and end', () => {
    const runs = textRuns(row({ page: page('abcdefghijklmnop'), from: 4, to: 7, cursor: 7, side: 'text' }));
    expect(runs.map(({ text, look }) => [text, look])).toEqual([
      ['abcd', ''],
      ['e', 'box  sel s0'],
      ['fg', 'box  sel'],
      ['h', 'box  sel cursor'],
      ['ijklmnop', ''],
    ]);
  });
});
