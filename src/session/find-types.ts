import type { Address, Bytes } from '../bytes/units';
import type { SearchQuery } from '../memory/search/query';
import type { RunEncoding } from '../memory/search/text-runs';

/** Lines of text of at least `minimum` characters that hold `filter`, whatever the case. */
export interface StringsQuery {
  readonly kind: 'strings';
  readonly encoding: RunEncoding;
  readonly minimum: number;
  readonly filter: string;
}

export interface FindRequest {
  readonly memory: number;
  readonly query: SearchQuery | StringsQuery;
  /** Known zeros are looked through too, not only captured bytes. */
  readonly zeros: boolean;
  /** It stops at so many hits, and again at so many more. */
  readonly limit: number;
}

/** What was found since the update before, in address order, and how far it is. */
export interface FindUpdate {
  /** `limit`: as many hits as were asked for; `stopped`: by the user. Both can go on. */
  readonly state: 'running' | 'limit' | 'stopped' | 'done' | 'failed';
  readonly addresses: Float64Array;
  readonly lengths: Uint32Array;
  /** Of strings, their texts, cut to some hundred characters; else empty. */
  readonly texts: readonly string[];
  /** Captured bytes looked at, of `total`; and known zeros. */
  readonly searched: Bytes;
  readonly total: Bytes;
  readonly zeros: Bytes;
  /** All below was looked at. */
  readonly at: Address;
  /** Why it failed, as a sentence. */
  readonly message: string | null;
}
