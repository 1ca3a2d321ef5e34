import type { GapState } from '../../coredump/model';
import type { GapOverride, MemorySummary } from '../../session/types';
import { grouped } from '../../ui/numbers';
import { byteCount } from './words';

/** The words of the gap chip and its menu. */
export interface GapText {
  /** What gaps are now, the override counted in; not known while the data section is being indexed. */
  readonly state: GapState | 'not known yet';
  /** Why the evidence cannot be overruled; null where it can. */
  readonly fixed: string | null;
  /** Short: the evidence, or whose word it is. */
  readonly why: string;
  readonly options: readonly {
    readonly choice: 'evidence' | GapOverride;
    readonly label: string;
    readonly detail: string;
  }[];
}

/** What the chip says of a memory. */
export function gapText(summary: MemorySummary): GapText {
  const { counts, override, gaps } = summary;
  const uncovered = counts.zero + counts.missing + counts.lost;
  const words: Readonly<Record<GapState, string>> = { zero: 'elided zero', missing: 'missing', lost: 'lost' };
  const now =
    counts.pending > 0
      ? `${grouped(counts.pending)} of ${byteCount(summary.size)} not indexed yet`
      : `${byteCount(uncovered)} ${words[gaps]}`;
  return {
    state: counts.pending > 0 ? 'not known yet' : gaps === 'lost' ? gaps : (override ?? gaps),
    fixed:
      gaps === 'lost'
        ? 'Lost bytes were overwritten or never written: nothing can be read in their place.'
        : null,
    why: override === null ? summary.evidenceShort : 'set by you',
    options: [
      { choice: 'evidence', label: 'Follow the evidence', detail: now },
      { choice: 'zero', label: 'Treat gaps as zero', detail: 'Values that touch them count them as 00' },
      { choice: 'missing', label: 'Treat gaps as missing', detail: 'Values that touch them show ??' },
    ],
  };
}
