import type { Address } from '../../bytes/units';
import { CAPTURED, hexByte, ZERO } from './byte-state';
import type { Stretch } from './pointer';
import type { ByteRowProps } from './row-props';

/** Whether a byte has a value in both dumps, and not the same: a known zero is 0. */
export function differs(here: Stretch, there: Stretch, address: Address): boolean {
  const mine = valueAt(here, address);
  const theirs = valueAt(there, address);
  return mine !== null && theirs !== null && mine !== theirs;
}

/** Whether the byte in a column of a row differs. False while either page is fetched, and where no dump is compared with. */
export function rowDiffers({ address, page, other }: ByteRowProps, column: number): boolean {
  return page !== undefined && other !== undefined && differs(page, other, address + column);
}

/** Whether a byte of the group at `address` differs. */
export function groupDiffers(here: Stretch, there: Stretch, address: Address, group: number): boolean {
  for (let index = 0; index < group; index += 1) if (differs(here, there, address + index)) return true;
  return false;
}

/** What is said behind the byte in a column that differs: `, differs, 41 in the other dump`. Empty where it does not. */
export function differenceName(props: ByteRowProps, column: number): string {
  if (props.other === undefined || !rowDiffers(props, column)) return '';
  return `, differs, ${hexByte(valueAt(props.other, props.address + column) ?? 0)} in the other dump`;
}

/** null: the byte has no value there, or is not in the stretch. */
function valueAt({ address: start, bytes, codes }: Stretch, address: Address): number | null {
  const at = address - start;
  const code = codes[at];
  if (code === ZERO) return 0;
  return code === CAPTURED ? (bytes[at] ?? null) : null;
}
