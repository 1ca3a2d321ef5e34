import { describe, expect, it } from 'vitest';
import { compileStructs, problemText } from '../../../src/memory/structs/compile';
import type { RecordType } from '../../../src/memory/structs/layout';
import { type KnownBytes, readValue, type Value } from '../../../src/memory/structs/values';

function structOf(text: string, memory64 = false): RecordType {
  const compiled = compileStructs(text, memory64);
  if (compiled.kind === 'problem') throw new Error(problemText(compiled.problem));
  const root = compiled.layouts.roots[0];
  if (root === undefined) throw new Error('no struct');
  return root.type;
}

const hexBytes = (text: string) =>
  Uint8Array.from(text.match(/[0-9a-f]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16));

const captured = (bytes: Uint8Array, address = 0x1000): KnownBytes => ({
  address,
  bytes,
  states: [{ start: address, end: address + bytes.length, state: 'captured' }],
});

/** Values of all members of one struct, by name. */
function valuesOf(text: string, window: KnownBytes, memory64 = false): Record<string, Value> {
  return Object.fromEntries(
    structOf(text, memory64).members.map(({ name, type, offset, bits }) => [
      name,
      readValue(window, window.address + offset, type, bits),
    ]),
  );
}

describe('readValue', () => {
  // Python: struct.pack('<BbHhIiQqfd?c', 200, -56, 60000, -5536, 4000000000, -294967296, 2**64-2, -2, 1.5, -0.1, True, b'A')
  it('reads scalars as Python packs them', () => {
    const bytes = hexBytes(
      'c8c860ea60ea00286bee00286beefefffffffffffffffeffffffffffffff0000c03f9a9999999999b9bf0141',
    );
    const text =
      'packed; u8 a; i8 b; u16 c; i16 d; u32 e; i32 f; u64 g; i64 h; f32 i; f64 j; bool k; char l;';
    expect(valuesOf(text, captured(bytes))).toEqual({
      a: { kind: 'integer', value: 200, size: 1 },
      b: { kind: 'integer', value: -56, size: 1 },
      c: { kind: 'integer', value: 60000, size: 2 },
      d: { kind: 'integer', value: -5536, size: 2 },
      e: { kind: 'integer', value: 4000000000, size: 4 },
      f: { kind: 'integer', value: -294967296, size: 4 },
      g: { kind: 'integer', value: 2n ** 64n - 2n, size: 8 },
      h: { kind: 'integer', value: -2n, size: 8 },
      i: { kind: 'f32', bits: 0x3fc00000 },
      j: { kind: 'f64', bits: 0xbfb999999999999an },
      k: { kind: 'bool', value: 1 },
      l: { kind: 'character', code: 0x41 },
    });
  });

  // gcc: struct { unsigned a : 3; int b : 5; unsigned long long c : 40; _Bool d : 1; } = { 5, -3, 0x123456789a, 1 }
  it('reads bit-fields as gcc writes them', () => {
    const bytes = hexBytes('ed9a785634120100');
    expect(valuesOf('u32 a : 3; int b : 5; u64 c : 40; bool d : 1;', captured(bytes))).toEqual({
      a: { kind: 'integer', value: 5, size: 4 },
      b: { kind: 'integer', value: -3, size: 4 },
      c: { kind: 'integer', value: 0x123456789an, size: 8 },
      d: { kind: 'bool', value: 1 },
    });
  });

  it('reads pointers of 4 and 8 bytes, and says when none reaches there', () => {
    const bytes = hexBytes('00111000ffffffffffffffffffffffff');
    expect(valuesOf('void *a, *b;', captured(bytes))).toEqual({
      a: { kind: 'pointer', bits: 0x101100n, target: 0x101100, size: 4 },
      b: { kind: 'pointer', bits: 0xffffffffn, target: 0xffffffff, size: 4 },
    });
    expect(valuesOf('void *a, *b;', captured(bytes), true)['b']).toEqual({
      kind: 'pointer',
      bits: 2n ** 64n - 1n,
      target: null,
      size: 8,
    });
  });

  it('reads arrays of char up to the first zero', () => {
    const bytes = new TextEncoder().encode('node-5\0\0rest');
    expect(valuesOf('char a[8]; char b[4];', captured(bytes))).toEqual({
      a: { kind: 'text', bytes: new TextEncoder().encode('node-5'), ended: true },
      b: { kind: 'text', bytes: new TextEncoder().encode('rest'), ended: true },
    });
    const long = valuesOf('char a[1000];', captured(new Uint8Array(256).fill(0x61)))['a'];
    expect(long).toMatchObject({ kind: 'text', ended: false });
  });

  it('has no value where any byte has none, and says how many', () => {
    const window: KnownBytes = {
      address: 0x100,
      // What the window holds outside of captured bytes means nothing: it must not show.
      bytes: new Uint8Array(16).fill(7),
      states: [
        { start: 0x100, end: 0x102, state: 'captured' },
        { start: 0x102, end: 0x104, state: 'missing' },
        { start: 0x104, end: 0x106, state: 'captured' },
        { start: 0x106, end: 0x108, state: 'zero-elided' },
        { start: 0x108, end: 0x10a, state: 'lost' },
        { start: 0x10a, end: 0x10c, state: 'pending' },
        { start: 0x10c, end: 0x110, state: 'out-of-bounds' },
      ],
    };
    expect(valuesOf('u32 a, b, c; void *d;', window)).toEqual({
      a: { kind: 'unknown', shortfalls: [{ state: 'missing', bytes: 2 }], size: 4 },
      b: { kind: 'integer', value: 0x0707, size: 4 },
      c: {
        kind: 'unknown',
        shortfalls: [
          { state: 'lost', bytes: 2 },
          { state: 'pending', bytes: 2 },
        ],
        size: 4,
      },
      d: { kind: 'unknown', shortfalls: [{ state: 'out-of-bounds', bytes: 4 }], size: 4 },
    });
  });

  it('has no value past what was read', () => {
    const value = valuesOf('u32 a; u32 b;', captured(new Uint8Array(6)))['b'];
    expect(value).toEqual({ kind: 'unknown', shortfalls: [{ state: 'out-of-bounds', bytes: 2 }], size: 4 });
  });
});
