import { DecodeError } from '../bytes/cursor';
import type { FormValue } from './forms';
import type { CodeAddress } from './model';
import { SectionError } from './section';
import type { Unit } from './unit';

/**
 * Whether code can be there. lld marks what it removed with 0xffffffff (0xfffffffe in .debug_ranges, and the same of 64
 * bits), older ones and binaryen with 0; no body begins at 0, because the section's payload begins with the count.
 */
export function isLive(address: number): address is CodeAddress {
  return address > 0 && address < 0xffff_fffe;
}

/**
 * The address that an attribute gives, as it is written (dead ones too); null where the value is none.
 * @throws SectionError where it leads nowhere; MissingBytes.
 */
export function addressOf(value: FormValue | undefined, unit: Unit): number | null {
  if (value?.kind === 'address') return value.value;
  return value?.kind === 'addrx' ? indexedAddress(value.index, unit) : null;
}

/** An address out of .debug_addr (DWARF 5, 7.27). @throws as `addressOf`. */
export function indexedAddress(index: number, unit: Unit): number {
  const { addr, info } = unit.sections;
  const { addressSize } = unit.header;
  if (unit.addrBase === null) {
    const message = `address ${index} of a unit without DW_AT_addr_base`;
    throw new SectionError(info.name, new DecodeError(unit.header.offset, message));
  }
  const at = unit.addrBase + index * addressSize;
  return addr.decode(at, addressSize, addressSize, (reader) => reader.address(addressSize));
}
