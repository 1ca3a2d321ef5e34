/** The value of a 16-bit float (IEEE 754 binary16) by its bits. Every one is exact as a double. */
export function halfValue(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** A 16-bit float with the fewest digits that no other one is nearer to; a NaN with its payload. */
export function halfText(bits: number): string {
  const value = halfValue(bits);
  const sign = (bits & 0x8000) === 0 ? '' : '-';
  if (Number.isNaN(value)) {
    const payload = bits & 0x3ff;
    return payload === 0x200 ? `${sign}nan` : `${sign}nan:0x${payload.toString(16)}`;
  }
  if (!Number.isFinite(value)) return `${sign}inf`;
  const size = Math.abs(value);
  if (size === 0) return `${sign}0`;
  const magnitude = bits & 0x7fff;
  const below = (halfValue(magnitude - 1) + size) / 2;
  const above = magnitude === 0x7bff ? size + 16 : (size + halfValue(magnitude + 1)) / 2;
  for (let digits = 1; digits < 6; digits += 1) {
    const shorter = Number(size.toPrecision(digits));
    if (shorter > below && shorter < above) return `${sign}${shorter}`;
  }
  return `${sign}${size}`;
}
