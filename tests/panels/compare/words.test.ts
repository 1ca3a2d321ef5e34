import { describe, expect, it } from 'vitest';
import { CHANGED, ONLY_HERE, UNKNOWN, ZERO_HERE, ZERO_THERE } from '../../../src/memory/compare/ranges';
import type { CompareCounts } from '../../../src/memory/compare/tally';
import {
  countLines,
  kindWords,
  noRangesWords,
  progressWords,
  unknownLine,
} from '../../../src/panels/compare/words';
import type { CompareUpdate } from '../../../src/session/compare-types';

const counts = (over: Partial<CompareCounts> = {}): CompareCounts => ({
  equal: 0,
  changed: 0,
  zeroHere: 0,
  zeroThere: 0,
  onlyHere: 0,
  onlyThere: 0,
  unknown: 0,
  reasons: [],
  ...over,
});

const update = (over: Partial<CompareUpdate> = {}): CompareUpdate => ({
  state: 'done',
  starts: new Float64Array(),
  lengths: new Float64Array(),
  differing: new Float64Array(),
  kinds: new Uint8Array(),
  counts: counts(),
  found: 0,
  passed: 0,
  total: 0,
  at: 0,
  message: null,
  ...over,
});

describe('what a comparison came to', () => {
  it('counts bytes and ranges, and says how much of the list is shown', () => {
    const some = update({ counts: counts({ changed: 1200, zeroHere: 30, zeroThere: 4 }), found: 56 });
    expect(progressWords(some, 56)).toBe('1,234 bytes differ in 56 ranges.');
    expect(progressWords(some, 10)).toBe('1,234 bytes differ in 56 ranges, the first 10 listed.');
    expect(progressWords(update({ counts: counts({ changed: 1 }), found: 1 }), 1)).toBe(
      '1 byte differs in 1 range.',
    );
    expect(progressWords(update(), 0)).toBe('No difference.');
  });
  it('says how far it is', () => {
    const far = { passed: 2 ** 30, total: 4 * 2 ** 30 };
    expect(progressWords(update({ state: 'running', ...far }), 0)).toBe(
      'No difference so far. Comparing 1.00 of 4.00 GiB',
    );
    expect(progressWords(update({ state: 'stopped', ...far }), 0)).toBe(
      'No difference. Stopped at 1.00 of 4.00 GiB.',
    );
  });
  it('counts a range without a byte that differs as a range: the other memory ends before it', () => {
    expect(progressWords(update({ counts: counts({ onlyHere: 9 }), found: 1 }), 1)).toBe('1 range.');
  });
  it('says what cannot be compared, and why', () => {
    expect(unknownLine({ here: null, there: 'missing', bytes: 1234 })).toBe(
      '1,234 bytes cannot be compared: missing from the other dump.',
    );
    expect(unknownLine({ here: 'missing', there: 'missing', bytes: 1 })).toBe(
      '1 byte cannot be compared: missing from both dumps.',
    );
    expect(unknownLine({ here: 'lost', there: 'missing', bytes: 2 })).toBe(
      '2 bytes cannot be compared: lost in this dump, missing from the other dump.',
    );
    expect(unknownLine({ here: null, there: 'pending', bytes: 2 })).toBe(
      '2 bytes cannot be compared: not indexed in the other dump.',
    );
  });
  it('lists what is equal and what only one dump has', () => {
    expect(countLines(counts({ equal: 5, onlyThere: 65_536 }))).toEqual([
      '5 bytes are equal.',
      '65,536 bytes are in the other dump only: its memory is larger.',
    ]);
  });
  it('never says that nothing differs where something is unknown', () => {
    expect(noRangesWords(update({ counts: counts({ equal: 7 }) }))).toBe(
      'No difference: all 7 bytes are equal.',
    );
    expect(noRangesWords(update({ counts: counts({ equal: 7, unknown: 3 }) }))).toBe(
      'No difference among the 7 bytes that can be compared. 3 cannot: one may be there.',
    );
    expect(noRangesWords(update({ state: 'running' }))).toBe('');
  });
});

it('names every kind that a range holds', () => {
  expect(kindWords(CHANGED)).toBe('changed');
  expect(kindWords(CHANGED | ZERO_HERE | ZERO_THERE)).toBe('changed, elided zero here, elided zero there');
  expect(kindWords(ONLY_HERE)).toBe('in this dump only');
  expect(kindWords(UNKNOWN)).toBe('cannot be compared');
});
