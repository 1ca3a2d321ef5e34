import { CHANGED, ONLY_HERE, ONLY_THERE, UNKNOWN, ZERO_HERE, ZERO_THERE } from '../../memory/compare/ranges';
import type { CompareCounts, UnknownCount, UnknownState } from '../../memory/compare/tally';
import type { CompareUpdate } from '../../session/compare-types';
import { counted, grouped, sizeOfSize } from '../../ui/numbers';

/** A kind of difference, by its bit. */
const KINDS: readonly { readonly bit: number; readonly words: string }[] = [
  { bit: CHANGED, words: 'changed' },
  { bit: ZERO_HERE, words: 'elided zero here' },
  { bit: ZERO_THERE, words: 'elided zero there' },
  { bit: ONLY_HERE, words: 'in this dump only' },
  { bit: ONLY_THERE, words: 'in the other dump only' },
  { bit: UNKNOWN, words: 'cannot be compared' },
];

/** What a range is: `changed, elided zero there`. */
export function kindWords(kind: number): string {
  return KINDS.filter(({ bit }) => (kind & bit) !== 0)
    .map(({ words }) => words)
    .join(', ');
}

/** Bytes that are known in both dumps and not the same. */
export function differingBytes({ changed, zeroHere, zeroThere }: CompareCounts): number {
  return changed + zeroHere + zeroThere;
}

/** How far a comparison is, and what it came to: one sentence. */
export function progressWords(update: CompareUpdate, listed: number): string {
  const { state, counts, found, passed, total, message } = update;
  if (state === 'failed') return message ?? 'The comparison failed.';
  const differing = differingBytes(counts);
  const ranges =
    found === 0
      ? 'No difference'
      : `${counted(differing, 'byte differs', 'bytes differ')} in ${counted(found, 'range')}`;
  // Memories of different sizes have ranges without a byte that differs.
  const text = found > 0 && differing === 0 ? counted(found, 'range') : ranges;
  switch (state) {
    case 'running':
      return `${text} so far. Comparing ${sizeOfSize(passed, total)}`;
    case 'stopped':
      return `${text}. Stopped at ${sizeOfSize(passed, total)}.`;
    case 'done':
      return listed < found ? `${text}, the first ${grouped(listed)} listed.` : `${text}.`;
  }
}

/** The other counts, a line each: what is equal, what only one dump has, what cannot be compared and why. */
export function countLines(counts: CompareCounts): readonly string[] {
  const { equal, onlyHere, onlyThere, reasons } = counts;
  return [
    `${counted(equal, 'byte is', 'bytes are')} equal.`,
    ...(onlyHere > 0
      ? [`${counted(onlyHere, 'byte is', 'bytes are')} in this dump only: its memory is larger.`]
      : []),
    ...(onlyThere > 0
      ? [`${counted(onlyThere, 'byte is', 'bytes are')} in the other dump only: its memory is larger.`]
      : []),
    ...reasons.map(unknownLine),
  ];
}

/** `1,234 bytes cannot be compared: missing from the other dump.` */
export function unknownLine({ here, there, bytes }: UnknownCount): string {
  return `${counted(bytes, 'byte')} cannot be compared: ${reason(here, there)}.`;
}

function reason(here: UnknownState | null, there: UnknownState | null): string {
  if (here === there && here !== null) return inBoth(here);
  const parts = [
    ...(here === null ? [] : [inOne(here, 'this dump')]),
    ...(there === null ? [] : [inOne(there, 'the other dump')]),
  ];
  return parts.join(', ');
}

function inOne(state: UnknownState, dump: string): string {
  switch (state) {
    case 'missing':
      return `missing from ${dump}`;
    case 'lost':
      return `lost in ${dump}`;
    case 'pending':
      return `not indexed in ${dump}`;
  }
}

function inBoth(state: UnknownState): string {
  return state === 'missing' ? 'missing from both dumps' : inOne(state, 'both dumps');
}

/** What stands in the list's place when it is empty. */
export function noRangesWords({ counts, state }: CompareUpdate): string {
  if (state === 'running') return '';
  const gone = counts.unknown;
  if (gone > 0)
    return `No difference among the ${grouped(counts.equal)} bytes that can be compared. ${grouped(gone)} cannot: one may be there.`;
  return `No difference: all ${grouped(counts.equal)} bytes are equal.`;
}
