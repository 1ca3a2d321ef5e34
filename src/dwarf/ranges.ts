import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { addressOf, indexedAddress, isLive } from './addresses';
import type { Budget } from './budget';
import { DW_AT, DW_RLE } from './constants';
import type { Die } from './die';
import { sectionOffset } from './forms';
import type { CodeRange } from './model';
import type { Reader } from './reader';
import type { Unit } from './unit';

/** A usual list's bytes: longer ones are read in a second go. */
const USUAL_LIST: Bytes = 1024;

/**
 * The code of a DIE: DW_AT_ranges, or from DW_AT_low_pc to DW_AT_high_pc (DWARF 5, 2.17). Dead and empty ranges are left
 * out, as lld and binaryen leave them behind.
 * @throws SectionError where they do not decode; MissingBytes.
 */
export function rangesOf(die: Die, unit: Unit, budget: Budget): readonly CodeRange[] {
  const ranges = die.attributes.get(DW_AT.ranges);
  if (ranges !== undefined) {
    const list =
      unit.header.version >= 5
        ? rangeList5(listOffset(ranges, unit), unit, budget)
        : rangeList4(sectionOffset(ranges), unit, budget);
    return list.filter(({ start, end }) => isLive(start) && start < end && isLive(end));
  }
  const start = addressOf(die.attributes.get(DW_AT.low_pc), unit);
  if (start === null || !isLive(start)) return [];
  const high = die.attributes.get(DW_AT.high_pc);
  const end = high?.kind === 'constant' ? start + high.value : addressOf(high, unit);
  return end !== null && end > start && isLive(end) ? [{ start, end }] : [];
}

/** What offsets in range lists count from: the unit's own low_pc, of a .dwo the skeleton's (DWARF 5, 2.17.3). */
function baseOf(unit: Unit): number {
  const { die } = unit.skeleton ?? unit;
  return addressOf(die.attributes.get(DW_AT.low_pc), unit.skeleton ?? unit) ?? 0;
}

function rangeList4(offset: Bytes | null, unit: Unit, budget: Budget): readonly CodeRange[] {
  if (offset === null) return [];
  const base = baseOf(unit);
  const decode = (reader: Reader): readonly CodeRange[] =>
    decodeRanges(reader, base, unit.header.addressSize, budget);
  return unit.sections.ranges.decode(unit.rangesBase + offset, USUAL_LIST, Infinity, decode);
}

/**
 * A list of .debug_ranges (DWARF 4, 2.17.3): pairs that count from the base, up to one of zeros; a pair that begins with
 * the largest address sets the base.
 * @throws DecodeError
 */
export function decodeRanges(
  reader: Reader,
  base: number,
  addressSize: number,
  budget: Budget,
): readonly CodeRange[] {
  const largest = addressSize === 4 ? 0xffff_ffff : 2 ** 64;
  const list: CodeRange[] = [];
  for (;;) {
    const at = reader.offset;
    const start = reader.address(addressSize);
    const end = reader.address(addressSize);
    if (start === 0 && end === 0) return list;
    budget.take(1, at);
    if (start === largest) base = end;
    // A dead entry's mark is not an offset: adding the base would make it an address that looks alive.
    else if (isLive(end) && start < 0xffff_fffe) list.push({ start: base + start, end: base + end });
  }
}

/** Where a list stands in .debug_rnglists: the attribute says it, or gives an index into the unit's table of offsets. */
function listOffset(value: ReturnType<Die['attributes']['get']>, unit: Unit): Bytes | null {
  if (value?.kind !== 'rnglistx') return sectionOffset(value);
  const base = unit.rnglistsBase ?? (unit.header.offsetSize === 8 ? 20 : 12);
  const size = unit.header.offsetSize;
  const at = base + value.index * size;
  return base + unit.sections.rnglists.decode(at, size, size, (reader) => reader.sized(size));
}

/** An entry of a .debug_rnglists list, before its addresses are looked up. */
export interface RangeEntry {
  readonly kind: number;
  readonly first: number;
  readonly second: number;
}

function rangeList5(offset: Bytes | null, unit: Unit, budget: Budget): readonly CodeRange[] {
  if (offset === null) return [];
  const decode = (reader: Reader): readonly RangeEntry[] =>
    decodeRangeEntries(reader, unit.header.addressSize, budget);
  const entries = unit.sections.rnglists.decode(offset, USUAL_LIST, Infinity, decode);
  const list: CodeRange[] = [];
  let base = baseOf(unit);
  for (const { kind, first, second } of entries) {
    if (kind === DW_RLE.base_addressx) base = indexedAddress(first, unit);
    else if (kind === DW_RLE.base_address) base = first;
    else if (kind === DW_RLE.offset_pair) {
      if (base < 0xffff_fffe) list.push({ start: base + first, end: base + second });
    } else if (kind === DW_RLE.start_end) list.push({ start: first, end: second });
    else if (kind === DW_RLE.start_length) list.push({ start: first, end: first + second });
    else {
      const start = indexedAddress(first, unit);
      const end = kind === DW_RLE.startx_endx ? indexedAddress(second, unit) : start + second;
      list.push({ start, end });
    }
  }
  return list;
}

/** A list of .debug_rnglists (DWARF 5, 7.25) up to its end. @throws DecodeError */
export function decodeRangeEntries(
  reader: Reader,
  addressSize: number,
  budget: Budget,
): readonly RangeEntry[] {
  const list: RangeEntry[] = [];
  for (;;) {
    const at = reader.offset;
    const kind = reader.u8();
    if (kind === DW_RLE.end_of_list) return list;
    budget.take(1, at);
    switch (kind) {
      case DW_RLE.base_addressx:
        list.push({ kind, first: reader.uleb(), second: 0 });
        break;
      case DW_RLE.startx_endx:
      case DW_RLE.startx_length:
      case DW_RLE.offset_pair:
        list.push({ kind, first: reader.uleb(), second: reader.uleb() });
        break;
      case DW_RLE.base_address:
        list.push({ kind, first: reader.address(addressSize), second: 0 });
        break;
      case DW_RLE.start_end:
        list.push({ kind, first: reader.address(addressSize), second: reader.address(addressSize) });
        break;
      case DW_RLE.start_length:
        list.push({ kind, first: reader.address(addressSize), second: reader.uleb() });
        break;
      default:
        throw new DecodeError(at, `range list entry of the unknown kind ${kind}`);
    }
  }
}
