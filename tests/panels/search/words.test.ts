import { expect, test } from 'vitest';
import { hitToStepTo } from '../../../src/app/search';
import { hitsText, noHitsText, zerosMayHelp } from '../../../src/panels/search/words';
import type { FindRequest, FindUpdate } from '../../../src/session/find-types';

const counts = { captured: 4780, zero: 0, missing: 0, lost: 0, pending: 0 };
const request = (query: FindRequest['query'], zeros = false): FindRequest => ({
  memory: 0,
  query,
  zeros,
  limit: 1000,
});
const TEXT = request({ kind: 'text', text: 'arena_head', encoding: 'utf-8', ignoreCase: false });
const NUMBER = request({ kind: 'integer', text: '1', width: 4, aligned: true, endian: 'little' });
const update = (state: FindUpdate['state'], searched = 4780): FindUpdate => ({
  state,
  addresses: new Float64Array(0),
  lengths: new Uint32Array(0),
  texts: [],
  searched,
  total: 4780,
  zeros: 0,
  at: 0,
  message: null,
});

test('no hits: how much was searched, and whether a gap may hide one', () => {
  const done = update('done');
  expect(noHitsText(TEXT, done, { ...counts, zero: 12_971_348 })).toBe(
    'No hits. 4,780 captured bytes searched; the other 12,971,348 are zero and hold no text.',
  );
  expect(noHitsText(TEXT, update('done', 1982), { ...counts, lost: 12_974_146 })).toBe(
    'No hits in 1,982 captured bytes. 12,974,146 are lost: it may be there.',
  );
  expect(noHitsText(TEXT, done, { ...counts, missing: 1, lost: 5 })).toBe(
    'No hits in 4,780 captured bytes. 1 is missing and 5 lost: it may be there.',
  );
  expect(noHitsText(NUMBER, done, { ...counts, zero: 7 })).toBe(
    'No hits. 4,780 captured bytes searched; the other 7 are zero: a hit may reach into them.',
  );
  expect(zerosMayHelp(NUMBER, { ...counts, zero: 7 })).toBe(true);
  expect(zerosMayHelp(TEXT, { ...counts, zero: 7 })).toBe(false);
});

test('how many hits, and whether the search goes on', () => {
  expect(hitsText(4, TEXT, update('done'))).toBe('4 hits in 4,780 captured bytes');
  expect(hitsText(1000, TEXT, update('limit', 100))).toBe('1,000 hits shown, search stopped.');
  expect(hitsText(1, TEXT, update('stopped', 1200))).toBe('1 hit. Stopped at 1.17 of 4.67 KiB.');
});

test('the hit to step to is the next one behind the cursor or before it, around the end', () => {
  const hits = [10, 20, 30];
  expect([9, 10, 29, 30].map((at) => hitToStepTo(hits, at, 1))).toEqual([0, 1, 2, 0]);
  expect([10, 11, 30, 99].map((at) => hitToStepTo(hits, at, -1))).toEqual([2, 0, 1, 2]);
  expect([hitToStepTo(hits, null, 1), hitToStepTo(hits, null, -1), hitToStepTo([], 5, 1)]).toEqual([
    0, 2, -1,
  ]);
});
