/** Writes the fields of DWARF, little-endian, so that a test can lay out a section by hand. */

export const u8 = (...values: readonly number[]): number[] => values.map((value) => value & 0xff);

export const u16 = (value: number): number[] => [value & 0xff, (value >>> 8) & 0xff];

export const u32 = (value: number): number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];

export const u64 = (value: number): number[] => [
  ...u32(value % 2 ** 32),
  ...u32(Math.floor(value / 2 ** 32)),
];

export function uleb(value: number): number[] {
  const bytes: number[] = [];
  for (; value >= 0x80; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80);
  return [...bytes, value];
}

export function sleb(value: number): number[] {
  const bytes: number[] = [];
  for (;;) {
    const low = value & 0x7f;
    value >>= 7;
    if ((value === 0 && (low & 0x40) === 0) || (value === -1 && (low & 0x40) !== 0)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

export const text = (value: string): number[] => [...new TextEncoder().encode(value), 0];

/** A unit's length in front of what it counts; `size` 8 is the 64-bit format. */
export function counted(body: readonly number[], size: 4 | 8 = 4): number[] {
  return size === 4 ? [...u32(body.length), ...body] : [...u32(0xffff_ffff), ...u64(body.length), ...body];
}

export const bytes = (...parts: readonly (readonly number[])[]): Uint8Array => Uint8Array.from(parts.flat());
