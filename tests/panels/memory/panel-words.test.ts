import { describe, expect, it } from 'vitest';
import { instead, nothingCaptured } from '../../../src/panels/memory/empty-text';
import { foldReason } from '../../../src/panels/memory/fold-reason';
import { gapText } from '../../../src/panels/memory/gap-text';
import { goToContext } from '../../../src/panels/memory/go-to-context';
import type { MemorySummary, Snapshot } from '../../../src/session/types';
import { type FakeMemory, fakeSession } from './fake-session';
import { SHAPES } from './shapes';

function snapshotFor(memories: readonly FakeMemory[], dataSection = true): Snapshot {
  return fakeSession(memories, () => undefined, { dataSection }).snapshot();
}

function summaryFor(memory: FakeMemory): MemorySummary {
  const summary = snapshotFor([memory]).memories[0];
  if (summary === undefined) throw new Error('no summary');
  return summary;
}

describe('sentences in the place of bytes', () => {
  it('tell a dump without memories, an empty one, one without data, and one without a segment apart', () => {
    expect(instead(snapshotFor([]), 0)).toBe('No memory: the file declares none.');
    expect(instead(snapshotFor([SHAPES.empty()]), 0)).toBe('Memory 0 is empty: the dump declares 0 pages.');
    expect(instead(snapshotFor([SHAPES.heap()]), 0)).toBe(null);
    expect(nothingCaptured(snapshotFor([SHAPES.none()], false), 0)).toBe(
      'No memory was captured. The dump declares 198 pages and has no data section.',
    );
    expect(nothingCaptured(snapshotFor([SHAPES.heap(), SHAPES.none()]), 1)).toBe(
      'No segment covers memory 1: 0 of 12,976,128 bytes captured.',
    );
    expect(nothingCaptured(snapshotFor([SHAPES.heap()]), 0)).toBe(null);
    const indexing = { ...SHAPES.none(), pendingFrom: 0 };
    expect(nothingCaptured(snapshotFor([indexing], false), 0)).toBe(null);
  });
});

describe('gaps', () => {
  it('say what they are, by whose word, and count what the evidence makes of them', () => {
    const evident = gapText(summaryFor(SHAPES.heap()));
    expect(evident).toMatchObject({ state: 'zero', why: '5 of 5 segments agree' });
    expect(evident.options[0]?.detail).toBe('12,971,348 bytes elided zero');
    const set = gapText({ ...summaryFor(SHAPES.heap()), override: 'missing' });
    expect(set).toMatchObject({ state: 'missing', why: 'set by you' });
  });

  it('explain a fold', () => {
    const summary = summaryFor(SHAPES.heap());
    expect(foldReason('zero-elided', summary)).toBe('5 of 5 segments agree');
    expect(foldReason('missing', { ...summary, override: 'missing' })).toBe('set by you');
    expect(foldReason('lost', summaryFor(SHAPES.lost()))).toBe('The dump was written over 0x0 to 0x1a3f.');
    expect(foldReason('lost', summaryFor(SHAPES.none()))).toBe('');
    expect(foldReason('pending', summary)).toBe('');
  });
});

describe('what go-to can refer to', () => {
  it('are integer globals with names, read as unsigned, and the stack pointer', () => {
    const snapshot = snapshotFor([SHAPES.heap()]);
    const dump = {
      ...snapshot.dump,
      globals: [
        { type: 'i32', mutable: true, value: { type: 'i32', value: -16 }, imported: false },
        { type: 'f32', mutable: true, value: { type: 'f32', bits: 1 }, imported: false },
      ] as const,
    };
    const context = goToContext({ ...snapshot, dump }, 0, 7, []);
    expect(context.stackPointer).toBe(0xffff_fff0n);
    expect(context.globals).toEqual([{ name: '__stack_pointer', value: 0xffff_fff0n }]);
    expect(context).toMatchObject({ memory: 0, size: 12_976_128, cursor: 7 });
  });
});

it('does not let lost gaps be overruled, and names no gap while it is being indexed', () => {
  const summary = summaryFor(SHAPES.heap());
  const lost = gapText({ ...summary, gaps: 'lost', override: 'zero' });
  expect(lost.state).toBe('lost');
  expect(lost.fixed).toMatch(/^Lost bytes/);
  const indexing = gapText({ ...summary, gaps: 'missing', counts: { ...summary.counts, pending: 4096 } });
  expect(indexing.state).toBe('not known yet');
  expect(indexing.fixed).toBeNull();
});
