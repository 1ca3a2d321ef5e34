import { partition } from '../../bytes/partition';
import type { Address, Bytes } from '../../bytes/units';
import { counted } from '../../ui/numbers';
import { type StripBox, yOf } from './strip-layout';
import { address0x, shortName } from './words';

/** What the strip marks beside its runs. */
export type MarkKind = 'segment' | 'stack' | 'heap' | 'pointer' | 'hit' | 'difference';

/** A place, or with `last` a range, that is worth finding at a glance. */
export interface Mark {
  readonly kind: MarkKind;
  readonly first: Address;
  readonly last: Address;
  /** As it is said: `stack pointer`, a segment's name, `local 3`. Empty for hits and differences, which are counted. */
  readonly label: string;
}

/** A mark and where it is drawn, in px. Hits that share a pixel are one, with their count. */
export interface PlacedMark {
  readonly kind: MarkKind;
  readonly top: number;
  readonly height: number;
  readonly first: Address;
  readonly last: Address;
  readonly label: string;
  readonly count: number;
}

/** Where marks are drawn. Whatever lies outside the memory is left out. */
export function placeMarks(boxes: readonly StripBox[], marks: readonly Mark[], size: Bytes): PlacedMark[] {
  return marks
    .filter(({ first }) => first < size)
    .map((mark) => {
      const top = yOf(boxes, mark.first);
      const height = Math.max(0, yOf(boxes, Math.min(mark.last + 1, size)) - top);
      return { ...mark, top, height, count: 1 };
    });
}

/** Hits, or differences, by the pixel that they fall on: a million of them are as many marks as the strip is high. `hits` are ascending. */
export function placeHits(
  boxes: readonly StripBox[],
  hits: readonly Address[],
  size: Bytes,
  kind: 'hit' | 'difference' = 'hit',
): readonly PlacedMark[] {
  const placed: PlacedMark[] = [];
  for (const box of boxes) {
    // One box at a time, and in it one pixel at a time: the hits between are skipped, not looked at.
    const pixels = Math.max(1, Math.ceil(box.height));
    let at = firstAtOrAfter(hits, box.start);
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      const to = pixel === pixels - 1 ? box.end : box.start + ((box.end - box.start) * (pixel + 1)) / pixels;
      const next = firstAtOrAfter(hits, Math.min(to, size), at);
      if (next > at) {
        const top = box.top + (box.height * pixel) / pixels;
        const first = hits[at] ?? 0;
        const last = hits[next - 1] ?? first;
        placed.push({ kind, top, height: 0, first, last, label: '', count: next - at });
      }
      at = next;
    }
  }
  return placed;
}

/** What marks near a pixel stand for, a line each, at most `most` and then how many more. */
export function markLines(marks: readonly PlacedMark[], y: number, digits: number, most: number): string[] {
  const NEAR = 3;
  const near = marks.filter((mark) => y >= mark.top - NEAR && y <= mark.top + mark.height + NEAR);
  const lines = near.map(({ kind, first, last, label, count }) => {
    const range =
      first === last ? address0x(first, digits) : `${address0x(first, digits)} to ${address0x(last, digits)}`;
    return kind === 'hit' || kind === 'difference'
      ? `${counted(count, kind)} ${range}`
      : `${shortName(label)} ${range}`;
  });
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most), `and ${counted(lines.length - most, 'mark')} more`];
}

/** The first place in ascending addresses that is not below `address`. */
function firstAtOrAfter(addresses: readonly Address[], address: Address, from = 0): number {
  return partition(addresses.length, (at) => (addresses[at] ?? 0) < address, from);
}
