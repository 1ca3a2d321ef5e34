import { describe, expect, it } from 'vitest';
import { Coverage } from '../../src/memory/coverage';
import { Overlays } from '../../src/memory/overlay';
import { SegmentTable } from '../../src/memory/segment-table';
import { noise } from '../helpers/sources';

const MOST_BYTES_PER_SEGMENT = 32;

function filled(count: number, address: (index: number) => number, length: (index: number) => number) {
  const table = new SegmentTable();
  const overlays = new Overlays(table);
  const coverage = new Coverage(table, overlays, 0);
  for (let index = 0; index < count; index += 1) {
    table.push(0, false, address(index), length(index), index * 100);
    coverage.add(index);
  }
  overlays.complete();
  table.trim();
  return { perSegment: (table.byteLength + coverage.byteLength) / count, pieces: coverage.length };
}

describe('memory held for a segment', () => {
  const COUNT = 300_000;
  const random = noise(COUNT * 3);
  const anywhere = (index: number) =>
    (random[index] ?? 0) + (random[index + COUNT] ?? 0) * 256 + (random[index + 2 * COUNT] ?? 0) * 65_536;

  it.each<[string, (index: number) => number, (index: number) => number]>([
    ['ascending', (index) => index * 64, () => 16],
    ['in falling order', (index) => (COUNT - index) * 64, () => 16],
    ['overlapping all over', anywhere, () => 100_000],
  ])('%s: at most 32 bytes', (_what, address, length) => {
    expect(filled(COUNT, address, length).perSegment).toBeLessThanOrEqual(MOST_BYTES_PER_SEGMENT);
  });

  it('two pieces a segment still fit: each splits the first one again', () => {
    const { pieces, perSegment } = filled(
      COUNT,
      (index) => index * 64,
      (index) => (index === 0 ? COUNT * 64 + 1000 : 16),
    );
    expect(pieces).toBe(2 * COUNT - 1);
    expect(perSegment).toBeLessThanOrEqual(MOST_BYTES_PER_SEGMENT);
  });
});

describe('work', () => {
  it('takes one pass for many tangled memories', () => {
    const MEMORIES = 100_000;
    const table = new SegmentTable();
    const overlays = new Overlays(table);
    const coverages = Array.from({ length: MEMORIES }, (_, memory) => new Coverage(table, overlays, memory));
    for (const address of [16, 0]) {
      for (let memory = 0; memory < MEMORIES; memory += 1) {
        table.push(memory, false, address, 4, 0);
        coverages[memory]?.add(table.length - 1);
      }
    }
    const began = performance.now();
    overlays.complete();
    // A pass for each memory would be 2 * 10^10 steps: minutes.
    expect(performance.now() - began).toBeLessThan(5000);
    expect(coverages.every((coverage) => coverage.length === 2 && coverage.captured === 8)).toBe(true);
  });

  it('is not done again at every question while the table grows', () => {
    const table = new SegmentTable();
    const overlays = new Overlays(table);
    const coverage = new Coverage(table, overlays, 0);
    let settled = 0;
    let before = 0;
    for (let index = 0; index < 20_000; index += 1) {
      table.push(0, false, (20_000 - index) * 8, 4, 0);
      coverage.add(index);
      if (coverage.length !== before) settled += 1;
      before = coverage.length;
    }
    // A quarter more each time: log(20,000) / log(1.25) is 44.
    expect(settled).toBeLessThan(60);
    overlays.complete();
    expect(coverage.length).toBe(20_000);
  });
});
