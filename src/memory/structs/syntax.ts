import type { BasicType } from './basic-types';
import type { Place } from './tokens';

/** A type as it is written, before anything is known of its size. */
export type TypeNode =
  | { readonly kind: 'basic'; readonly basic: BasicType }
  | { readonly kind: 'void'; readonly at: Place }
  /** `tag`: written as `struct Node`, which may stay without a body behind a pointer. */
  | { readonly kind: 'name'; readonly name: string; readonly tag: boolean; readonly at: Place }
  | { readonly kind: 'record'; readonly record: RecordNode };

export interface RecordNode {
  /** Its name, or where it has none one that no text can hold. */
  readonly id: string;
  readonly name: string | null;
  readonly union: boolean;
  readonly packed: boolean;
  readonly members: readonly MemberNode[];
  readonly at: Place;
}

export interface MemberNode {
  /** null: a record without a name whose members count as those of the one around it, or an unnamed bit-field. */
  readonly name: string | null;
  readonly at: Place;
  readonly type: TypeNode;
  readonly pointers: number;
  readonly dimensions: readonly number[];
  /** Width of a bit-field; null: none. */
  readonly bits: number | null;
  /** Written as `@ 8`; null: where alignment puts it. */
  readonly offset: number | null;
}

/** Another name for a type. */
export interface AliasNode {
  readonly name: string;
  readonly member: MemberNode;
}

export interface Program {
  /** In the order of the text, inner ones before the ones that hold them. */
  readonly records: readonly RecordNode[];
  readonly aliases: readonly AliasNode[];
  /** What can be laid over memory: names of records and of records behind an alias; `LOOSE` for loose members. */
  readonly roots: readonly string[];
}

/** The id of the record that members outside of any struct make up. */
export const LOOSE = '#members';
