/** A float as its shortest decimal; a NaN with its payload, which the bits keep. */
export function f64Text(bits: bigint): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  const value = view.getFloat64(0);
  if (!Number.isNaN(value)) return floatText(value);
  return nanText(bits >> 63n === 1n, bits & 0xf_ffff_ffff_ffffn, 0x8_0000_0000_0000n);
}

/** As `f64Text`, with the fewest digits that give the same 32 bits: 0.1, not 0.10000000149011612. */
export function f32Text(bits: number): string {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits >>> 0);
  const value = view.getFloat32(0);
  if (Number.isNaN(value)) return nanText(bits >>> 31 === 1, BigInt(bits & 0x7f_ffff), 0x40_0000n);
  if (value === 0 || !Number.isFinite(value)) return floatText(value);
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return floatText(shorter);
  }
  return floatText(value);
}

function floatText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  if (value === Number.NEGATIVE_INFINITY) return '-inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

/** As the text format writes it: `nan`, `-nan`, `nan:0x1`. */
function nanText(negative: boolean, payload: bigint, canonical: bigint): string {
  const sign = negative ? '-' : '';
  return payload === canonical ? `${sign}nan` : `${sign}nan:0x${payload.toString(16)}`;
}
