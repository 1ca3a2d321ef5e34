import type { Address, Bytes } from '../../bytes/units';
import { type Motion, moved } from './motion';
import type { RowSpace } from './rows';

/** Bytes from first to last, both included: a group, a fold, or one byte. */
export interface Span {
  readonly first: Address;
  readonly last: Address;
}

/** The group of `unit` bytes that holds an address, as far as the memory reaches. */
export function spanAt(address: Address, unit: Bytes, size: Bytes): Span {
  const first = address - (address % unit);
  return { first, last: Math.max(first, Math.min(first + unit, size) - 1) };
}

/** The selection from a span to another holds both whole; its focus is at the far edge of the second. */
export function spanned(from: Span, to: Span): { readonly anchor: Address; readonly focus: Address } {
  return to.first > from.first
    ? { anchor: from.first, focus: to.last }
    : { anchor: Math.max(from.last, to.last), focus: to.first };
}

/** As `moved`, by whole groups of `unit` bytes; answers with the group that the cursor came to. */
export function movedSpan(space: RowSpace, cursor: Address, motion: Motion, page: number, unit: Bytes): Span {
  const at = spanAt(cursor, unit, space.size);
  const from = motion === 'right' ? at.last : motion === 'left' ? at.first : cursor;
  return spanAt(moved(space, from, motion, page), unit, space.size);
}
