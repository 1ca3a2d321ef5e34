import fc from 'fast-check';
import { Coverage } from '../../src/memory/coverage';
import { Overlays } from '../../src/memory/overlay';
import { SegmentTable } from '../../src/memory/segment-table';

/** A segment of a small memory, for models of one array entry a byte. */
export interface Small {
  readonly start: number;
  readonly length: number;
}

/** Of all that is placed: which segment supplies each byte of [0, size), the later one where several do. */
export function owners(segments: readonly Small[], size: number): (number | null)[] {
  const bytes: (number | null)[] = Array.from({ length: size }, () => null);
  for (const [index, { start, length }] of segments.entries()) bytes.fill(index, start, start + length);
  return bytes;
}

export const arbitrarySegments: fc.Arbitrary<Small[]> = fc.oneof(
  // Anywhere: overlapping, out of order, empty.
  fc.array(fc.record({ start: fc.nat(60), length: fc.nat(12) }), { maxLength: 14 }),
  // Ascending and apart, touching now and then, as producers write them.
  fc
    .array(fc.record({ gap: fc.nat(5), length: fc.integer({ min: 1, max: 8 }) }), { maxLength: 8 })
    .map((steps) => {
      let at = 0;
      return steps.map(({ gap, length }) => {
        const start = at + gap;
        at = start + length;
        return { start, length };
      });
    }),
);

/** A table of the segments of one memory, and its coverage with every one taken note of. */
export function coverageOf(
  segments: readonly Small[],
  onAdded: (coverage: Coverage, count: number) => void = () => undefined,
): { readonly table: SegmentTable; readonly coverage: Coverage } {
  const table = new SegmentTable();
  const overlays = new Overlays(table);
  const coverage = new Coverage(table, overlays, 0);
  for (const [index, { start, length }] of segments.entries()) {
    table.push(0, false, start, length, 1000 + index * 100);
    coverage.add(index);
    onAdded(coverage, index + 1);
  }
  overlays.complete();
  return { table, coverage };
}
