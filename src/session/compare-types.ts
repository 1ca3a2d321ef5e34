import type { Address, Bytes } from '../bytes/units';
import type { CompareCounts } from '../memory/compare/tally';

export type { CompareCounts };

/** What came of the files that were given as the second dump. */
export type OtherOutcome =
  | { readonly kind: 'opened'; readonly name: string }
  /** None of the files is a dump; `message` says why, a sentence each. What was open before is closed. */
  | { readonly kind: 'refused'; readonly message: string };

export interface CompareRequest {
  readonly memory: number;
  /** Ranges that cannot be compared are listed too. */
  readonly listUnknown: boolean;
  /** It lists so many ranges, and counts the others. */
  readonly limit: number;
}

/** What was found since the update before, in address order, and how far it is. */
export interface CompareUpdate {
  /** `done`: all was compared, though not all ranges need be listed: `found` says how many there are. */
  readonly state: 'running' | 'stopped' | 'done' | 'failed';
  readonly starts: Float64Array;
  readonly lengths: Float64Array;
  readonly differing: Float64Array;
  /** Sums of the constants in memory/compare/ranges. */
  readonly kinds: Uint8Array;
  readonly counts: CompareCounts;
  readonly found: number;
  /** Captured bytes of both memories that were passed, of `total`. */
  readonly passed: Bytes;
  readonly total: Bytes;
  /** All below was compared. */
  readonly at: Address;
  /** Why it failed, as a sentence. */
  readonly message: string | null;
}
