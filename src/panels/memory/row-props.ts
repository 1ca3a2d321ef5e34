import type { View } from '../../app/memory-view';
import type { Address, Bytes } from '../../bytes/units';
import type { Stretch } from './pointer';

/** In which column the cursor is drawn strong. */
export type Side = 'hex' | 'text';

export interface ByteRowProps {
  readonly address: Address;
  readonly top: number;
  readonly rowBytes: Bytes;
  readonly digits: number;
  /** The page that holds the row; undefined while it is fetched. */
  readonly page: Stretch | undefined;
  /** The page has been waited for so long that its absence is shown. */
  readonly late: boolean;
  /** The same page of the dump that is compared with; undefined while it is fetched, or where none is. */
  readonly other: Stretch | undefined;
  readonly size: Bytes;
  /** First and last selected column; -1 and -1 where none is. */
  readonly from: number;
  readonly to: number;
  /** The cursor's column, or -1. */
  readonly cursor: number;
  readonly side: Side;
  readonly view: View;
  /** The marked range in columns of this row, which it may begin before and end after; `markTo` below `markFrom`: none. */
  readonly markFrom: number;
  readonly markTo: number;
  /** The columns that hits of the search cover, as `hitColumns` says them. */
  readonly hits: string;
}
