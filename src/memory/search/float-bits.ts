import type { WordRange } from './word-range';

/**
 * The bit patterns of all floats of `width` bytes in [low, high], both included; -0 and 0 are equal. The patterns of
 * positive floats ascend with their values, those of negative ones descend, so there are two ranges at most.
 */
export function floatRanges(width: 4 | 8, low: number, high: number): WordRange[] {
  if (!(low <= high)) return [];
  const sign = width === 4 ? 0x8000_0000n : 0x8000_0000_0000_0000n;
  const ranges: WordRange[] = [];
  if (high >= 0) ranges.push({ first: atLeast(width, Math.max(0, low)), last: atMost(width, high) });
  if (low <= 0)
    ranges.push({
      first: sign + atLeast(width, Math.max(0, -high)),
      last: sign + atMost(width, -low),
    });
  return ranges.filter(({ first, last }) => first <= last);
}

/** All bit patterns of NaN. */
export function nanRanges(width: 4 | 8): WordRange[] {
  return width === 4
    ? [
        { first: 0x7f80_0001n, last: 0x7fff_ffffn },
        { first: 0xff80_0001n, last: 0xffff_ffffn },
      ]
    : [
        { first: 0x7ff0_0000_0000_0001n, last: 0x7fff_ffff_ffff_ffffn },
        { first: 0xfff0_0000_0000_0001n, last: 0xffff_ffff_ffff_ffffn },
      ];
}

/** The pattern of the smallest float that is not below `value`, which is not negative. */
function atLeast(width: 4 | 8, value: number): bigint {
  if (width === 8) return bits64(value);
  const near = Math.fround(value);
  return bits32(near) + (near < value ? 1n : 0n);
}

/** The pattern of the largest float that is not above `value`, which is not negative. */
function atMost(width: 4 | 8, value: number): bigint {
  if (width === 8) return bits64(value);
  const near = Math.fround(value);
  return bits32(near) - (near > value ? 1n : 0n);
}

const view = new DataView(new ArrayBuffer(8));

function bits32(value: number): bigint {
  // -0 would set the sign, and the ranges say on which side they are.
  view.setFloat32(0, Math.abs(value));
  return BigInt(view.getUint32(0));
}

function bits64(value: number): bigint {
  view.setFloat64(0, Math.abs(value));
  return view.getBigUint64(0);
}
