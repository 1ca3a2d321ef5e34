import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { DW_FORM } from './constants';
import type { Reader } from './reader';

/** What the sizes of forms depend on: a unit's header. */
export interface FormSizes {
  readonly version: number;
  /** 4 in the 32-bit format, 8 in the 64-bit one (DWARF 5, 7.4). */
  readonly offsetSize: 4 | 8;
  readonly addressSize: number;
}

/** An attribute's value by its class (DWARF 5, 7.5.5), before anything it refers to has been read. */
export type FormValue =
  | { readonly kind: 'address'; readonly value: number }
  /** An index into .debug_addr. */
  | { readonly kind: 'addrx'; readonly index: number }
  /** Also an offset into a section, in DWARF 2 and 3. */
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'id'; readonly value: bigint }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'strp'; readonly section: '.debug_str' | '.debug_line_str'; readonly offset: Bytes }
  /** An index into .debug_str_offsets. */
  | { readonly kind: 'strx'; readonly index: number }
  /** Counted from the unit's first byte. */
  | { readonly kind: 'unit-reference'; readonly offset: Bytes }
  /** Counted from the first byte of .debug_info. */
  | { readonly kind: 'info-reference'; readonly offset: Bytes }
  | { readonly kind: 'section-offset'; readonly offset: Bytes }
  | { readonly kind: 'rnglistx'; readonly index: number }
  /** Nothing here uses it: blocks, expressions, flags, what stands in a supplementary file. */
  | { readonly kind: 'other' };

const OTHER: FormValue = { kind: 'other' };

/** More than one DW_FORM_indirect after another is no producer's. */
const MOST_INDIRECT = 4;

/** Bytes of a form that always has as many; -1 where they have to be read. */
export function fixedSize(form: number, { version, offsetSize, addressSize }: FormSizes): Bytes {
  switch (form) {
    case DW_FORM.flag_present:
    case DW_FORM.implicit_const:
      return 0;
    case DW_FORM.data1:
    case DW_FORM.ref1:
    case DW_FORM.flag:
    case DW_FORM.strx1:
    case DW_FORM.addrx1:
      return 1;
    case DW_FORM.data2:
    case DW_FORM.ref2:
    case DW_FORM.strx2:
    case DW_FORM.addrx2:
      return 2;
    case DW_FORM.strx3:
    case DW_FORM.addrx3:
      return 3;
    case DW_FORM.data4:
    case DW_FORM.ref4:
    case DW_FORM.ref_sup4:
    case DW_FORM.strx4:
    case DW_FORM.addrx4:
      return 4;
    case DW_FORM.data8:
    case DW_FORM.ref8:
    case DW_FORM.ref_sig8:
    case DW_FORM.ref_sup8:
      return 8;
    case DW_FORM.data16:
      return 16;
    case DW_FORM.addr:
      return addressSize;
    case DW_FORM.ref_addr:
      // DWARF 2 gave it the size of an address (DWARF 3, 7.5.4, says so).
      return version === 2 ? addressSize : offsetSize;
    case DW_FORM.strp:
    case DW_FORM.line_strp:
    case DW_FORM.sec_offset:
    case DW_FORM.strp_sup:
    case DW_FORM.GNU_ref_alt:
    case DW_FORM.GNU_strp_alt:
      return offsetSize;
    default:
      return -1;
  }
}

/** Goes past a value. @throws DecodeError on a form that no version has. */
export function skipForm(reader: Reader, form: number, sizes: FormSizes): void {
  const size = fixedSize(form, sizes);
  if (size >= 0) {
    reader.skip(size);
    return;
  }
  switch (form) {
    case DW_FORM.sdata:
    case DW_FORM.udata:
    case DW_FORM.ref_udata:
    case DW_FORM.strx:
    case DW_FORM.addrx:
    case DW_FORM.loclistx:
    case DW_FORM.rnglistx:
    case DW_FORM.GNU_addr_index:
    case DW_FORM.GNU_str_index:
      reader.skipLeb();
      return;
    case DW_FORM.string:
      reader.skipString();
      return;
    case DW_FORM.block:
    case DW_FORM.exprloc:
      reader.skip(reader.uleb());
      return;
    case DW_FORM.block1:
      reader.skip(reader.u8());
      return;
    case DW_FORM.block2:
      reader.skip(reader.u16());
      return;
    case DW_FORM.block4:
      reader.skip(reader.u32());
      return;
    case DW_FORM.indirect:
      skipForm(reader, indirectForm(reader), sizes);
      return;
    default:
      throw unknownForm(reader, form);
  }
}

/**
 * Reads a value.
 * @param constant of DW_FORM_implicit_const: it stands in the abbreviation.
 * @throws DecodeError on a form that no version has.
 */
export function readForm(reader: Reader, form: number, constant: number, sizes: FormSizes): FormValue {
  switch (form) {
    case DW_FORM.addr:
      return { kind: 'address', value: reader.address(sizes.addressSize) };
    case DW_FORM.addrx:
    case DW_FORM.GNU_addr_index:
      return { kind: 'addrx', index: reader.uleb() };
    case DW_FORM.addrx1:
      return { kind: 'addrx', index: reader.u8() };
    case DW_FORM.addrx2:
      return { kind: 'addrx', index: reader.u16() };
    case DW_FORM.addrx3:
      return { kind: 'addrx', index: reader.u24() };
    case DW_FORM.addrx4:
      return { kind: 'addrx', index: reader.u32() };
    case DW_FORM.data1:
      return { kind: 'constant', value: reader.u8() };
    case DW_FORM.data2:
      return { kind: 'constant', value: reader.u16() };
    case DW_FORM.data4:
      return { kind: 'constant', value: reader.u32() };
    case DW_FORM.data8:
      return readData8(reader);
    case DW_FORM.udata:
      return { kind: 'constant', value: reader.uleb() };
    case DW_FORM.sdata:
      return { kind: 'constant', value: reader.sleb() };
    case DW_FORM.implicit_const:
      return { kind: 'constant', value: constant };
    case DW_FORM.string:
      return { kind: 'string', text: reader.string() };
    case DW_FORM.strp:
      return { kind: 'strp', section: '.debug_str', offset: reader.sized(sizes.offsetSize) };
    case DW_FORM.line_strp:
      return { kind: 'strp', section: '.debug_line_str', offset: reader.sized(sizes.offsetSize) };
    case DW_FORM.strx:
    case DW_FORM.GNU_str_index:
      return { kind: 'strx', index: reader.uleb() };
    case DW_FORM.strx1:
      return { kind: 'strx', index: reader.u8() };
    case DW_FORM.strx2:
      return { kind: 'strx', index: reader.u16() };
    case DW_FORM.strx3:
      return { kind: 'strx', index: reader.u24() };
    case DW_FORM.strx4:
      return { kind: 'strx', index: reader.u32() };
    case DW_FORM.ref1:
      return { kind: 'unit-reference', offset: reader.u8() };
    case DW_FORM.ref2:
      return { kind: 'unit-reference', offset: reader.u16() };
    case DW_FORM.ref4:
      return { kind: 'unit-reference', offset: reader.u32() };
    case DW_FORM.ref8:
      return { kind: 'unit-reference', offset: reader.sized(8) };
    case DW_FORM.ref_udata:
      return { kind: 'unit-reference', offset: reader.uleb() };
    case DW_FORM.ref_addr: {
      const size = fixedSize(form, sizes) === 8 ? 8 : 4;
      return { kind: 'info-reference', offset: reader.sized(size) };
    }
    case DW_FORM.sec_offset:
      return { kind: 'section-offset', offset: reader.sized(sizes.offsetSize) };
    case DW_FORM.rnglistx:
      return { kind: 'rnglistx', index: reader.uleb() };
    case DW_FORM.indirect:
      return readForm(reader, indirectForm(reader), constant, sizes);
    default:
      skipForm(reader, form, sizes);
      return OTHER;
  }
}

/** A string as the line table's header has it, or an attribute: not yet looked up. */
export type StringValue = Extract<FormValue, { readonly kind: 'string' | 'strp' | 'strx' }>;

export function isString(value: FormValue | undefined): value is StringValue {
  return value?.kind === 'string' || value?.kind === 'strp' || value?.kind === 'strx';
}

/** An offset into another section: DW_FORM_sec_offset, and before DWARF 4 a constant. */
export function sectionOffset(value: FormValue | undefined): Bytes | null {
  if (value?.kind === 'section-offset') return value.offset;
  return value?.kind === 'constant' ? value.value : null;
}

/** An 8-byte constant is a number unless it is above 2^53: then it is an id (GNU_dwo_id), and used as nothing else. */
function readData8(reader: Reader): FormValue {
  const low = reader.u32();
  const high = reader.u32();
  if (high < 2 ** 21) return { kind: 'constant', value: low + high * 2 ** 32 };
  return { kind: 'id', value: BigInt(low) | (BigInt(high) << 32n) };
}

function indirectForm(reader: Reader): number {
  for (let count = 0; count < MOST_INDIRECT; count += 1) {
    const form = reader.uleb();
    // The constant of implicit_const stands in the abbreviation, so it cannot be had indirectly (DWARF 5, 7.5.3).
    if (form === DW_FORM.implicit_const) throw unknownForm(reader, form);
    if (form !== DW_FORM.indirect) return form;
  }
  throw new DecodeError(reader.offset, `DW_FORM_indirect ${MOST_INDIRECT} times`);
}

function unknownForm(reader: Reader, form: number): DecodeError {
  return new DecodeError(reader.offset, `unknown form 0x${form.toString(16)}`);
}
