/**
 * What is said of DWARF in which no unit and no line table has an address of code. clang runs wasm-opt from -O1 on when
 * it is on the PATH, and without -g it keeps the sections and drops what they are about: every DW_AT_low_pc is 0.
 * @param units that the DWARF has.
 */
export function worthlessSentence(units: number): string {
  const count = units === 1 ? 'a unit' : `${units} units`;
  return `The DWARF has ${count} and no address of code: most likely wasm-opt ran without -g. Link with --no-wasm-opt, or give wasm-opt -g.`;
}
