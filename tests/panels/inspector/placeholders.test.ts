import { describe, expect, it } from 'vitest';
import { placeholders } from '../../../src/panels/inspector/placeholders';
import { type Expected, snapshotOfExpected } from '../../app/fake-session';
import { fixtureJson } from '../../fixture';

/** Placeholders of a fixture's first frames. */
function counts(folder: string, frames = 3): number[] {
  const { dump, producer } = snapshotOfExpected(fixtureJson<Expected>(`${folder}/expected.json`), folder);
  const [thread] = dump.threads;
  return (thread?.frames ?? [])
    .slice(0, frames)
    .map((frame, at) => placeholders(producer.name, thread?.layout ?? null, at, frame.locals));
}

describe('placeholders', () => {
  it.each([
    ['rewriter/crash-022', [0, 2, 2], 'the trapping frame has real parameters'],
    ['rewriter/crash-0120', [0, 2, 2], 'also in L3'],
    ['rewriter/crash-0114', [2, 2, 2], 'older versions have none at all'],
    ['rewriter/crash-0111', [2, 2, 2], 'L5'],
    ['rewriter/crash-017', [2, 2, 2], 'L6'],
    ['rewriter/locals-022', [0, 2, 1], 'real locals follow the parameters'],
    ['rewriter/low-offset-022', [0, 1, 2], 'one parameter'],
    ['rewriter/fault-022', [0, 0, 0], 'no parameters'],
    ['wasmedge/crash', [0, 0, 0], 'another producer'],
  ])('%s: %j, %s', (folder, expected) => {
    expect(counts(folder)).toEqual(expected);
  });

  it('a 669 in the trapping frame can be a value', () => {
    expect(placeholders('rewriter', 'L2', 0, [{ type: 'i32', value: 669 }])).toBe(0);
    expect(placeholders('rewriter', 'L2', 1, [{ type: 'i64', value: 669n }])).toBe(0);
    expect(placeholders('wasmtime', 'L1', 1, [{ type: 'i32', value: 669 }])).toBe(0);
  });
});
