/** The number that a float's bits stand for; of an f32 as a double. A NaN's payload is only in its bits. */
export function floatOf(
  value: { readonly type: 'f32'; readonly bits: number } | { readonly type: 'f64'; readonly bits: bigint },
): number {
  const view = new DataView(new ArrayBuffer(8));
  if (value.type === 'f32') {
    view.setUint32(0, value.bits);
    return view.getFloat32(0);
  }
  view.setBigUint64(0, value.bits);
  return view.getFloat64(0);
}

/** A float as JavaScript's String() gives it as a double, but `-0` for negative zero (docs/json.md). */
export function floatText(float: number): string {
  return Object.is(float, -0) ? '-0' : String(float);
}
