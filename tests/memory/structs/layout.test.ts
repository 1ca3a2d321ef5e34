import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileStructs, problemText } from '../../../src/memory/structs/compile';
import type { RecordType } from '../../../src/memory/structs/layout';

interface Measured {
  readonly size: number;
  readonly align: number;
  /** By member: the bit at which it begins. */
  readonly bits: Readonly<Record<string, number>>;
}

/**
 * What gcc 12 laid out: random declarations, `sizeof`, `_Alignof`, `offsetof`, and for bit-fields the bits that are set
 * where only the field is. wasm32 as `gcc -m32 -malign-double`, wasm64 as `gcc -m64`: the same sizes and alignments as
 * clang's Wasm targets (WebAssembly/tool-conventions, BasicCABI.md), for all types used here.
 */
const measured = JSON.parse(
  readFileSync(new URL('./gcc-layouts.json', import.meta.url), 'utf8'),
) as readonly { readonly text: string; readonly wasm32: Measured; readonly wasm64: Measured }[];

function rootOf(text: string, memory64 = false, name?: string): RecordType {
  const compiled = compileStructs(text, memory64);
  if (compiled.kind === 'problem') throw new Error(problemText(compiled.problem));
  const { roots } = compiled.layouts;
  const root = name === undefined ? roots.at(-1) : roots.find((own) => own.name === name);
  if (root === undefined) throw new Error(`no struct ${name}`);
  return root.type;
}

const problemOf = (text: string): string => {
  const compiled = compileStructs(text, false);
  return compiled.kind === 'problem' ? problemText(compiled.problem) : 'no problem';
};

const offsets = (type: RecordType) => type.members.map(({ name, offset }) => `${name} ${offset}`).join(', ');

function measure({ size, align, members }: RecordType): Measured {
  const bits = members.map(({ name, offset, bits }) => [name, offset * 8 + (bits?.shift ?? 0)]);
  return { size, align, bits: Object.fromEntries(bits) };
}

describe('layOut', () => {
  it('has a table worth the name', () => {
    expect(measured.length).toBeGreaterThan(100);
    expect(measured.filter(({ text }) => / : \d/.test(text)).length).toBeGreaterThan(50);
  });

  it.each(measured)('lays out as gcc does: $text', ({ text, wasm32, wasm64 }) => {
    expect(measure(rootOf(text))).toEqual(wasm32);
    expect(measure(rootOf(text, true))).toEqual(wasm64);
  });

  it('reads members without a struct', () => {
    const type = rootOf('u32 next; i32 x, y; char name[16]; f64 w;');
    expect(offsets(type)).toBe('next 0, x 4, y 8, name 12, w 32');
    expect([type.size, type.align]).toEqual([40, 8]);
  });

  it('packs by either word and keeps what is inside as it is', () => {
    const inner = 'struct In { char a; int b; };';
    for (const text of [
      `${inner} packed struct S { char c; In in; short s; };`,
      `${inner} struct packed S { char c; In in; short s; };`,
      `${inner} struct S { char c; In in; short s; } __attribute__((packed));`,
      `${inner} packed; char c; In in; short s;`,
    ]) {
      const type = rootOf(text);
      expect([offsets(type), type.size, type.align]).toEqual(['c 0, in 1, s 9', 11, 1]);
    }
  });

  it('places by hand, and goes on from there', () => {
    const type = rootOf('u8 kind; u32 length @ 0x9; u16 tail; u8 again @ 0;');
    expect(offsets(type)).toBe('kind 0, length 9, tail 14, again 0');
    expect(type.size).toBe(16);
  });

  it('pointers are as wide as an address, and may lead to what comes later or to themselves', () => {
    const text = 'struct A { struct B *b; A **a; struct Nowhere *n; void *v; }; struct B { long l; A a; };';
    expect([rootOf(text, false, 'B').size, rootOf(text, true, 'B').size]).toEqual([20, 40]);
  });

  it('knows typedefs, in either order and as C programs write them', () => {
    const text = `typedef struct Node Node;
      typedef Node *NodePtr, Unused;
      struct Node { NodePtr next; Node *other; };`;
    expect(problemOf(text)).toBe('Line 2, column 28: `;` expected, `,` found.');
    expect(rootOf(text.replace(', Unused', '')).size).toBe(8);
    const anonymous = 'typedef struct { float x, y; } Point; struct Box { Point a, b[2]; };';
    expect(rootOf(anonymous, false, 'Box').size).toBe(24);
    expect(rootOf(anonymous, false, 'Point').size).toBe(8);
    expect(
      rootOf('typedef struct N N; typedef N Row[3]; struct N { Row *rows; int i; };', false, 'N').size,
    ).toBe(8);
  });

  it('members of a record without a name belong to the one around it', () => {
    const type = rootOf('struct S { char tag; union { int i; double d; }; struct { char a; } in; };');
    expect(type.members.map(({ name, offset }) => [name, offset])).toEqual([
      ['tag', 0],
      [null, 8],
      ['in', 16],
    ]);
  });
});

describe('problems', () => {
  it.each([
    ['u32 x', 'Line 1, column 6: `;` or `,` expected, the end found.'],
    ['u32 x;\n  u33 y;', 'Line 2, column 3: a type expected, `u33` found.'],
    ['struct A {\n int x;', 'Line 2, column 8: a member or `}` expected, the end found.'],
    ['i32 x, x;', 'Line 1, column 8: a name that is not taken expected, `x` (also in line 1) found.'],
    [
      'struct A {}; struct A {};',
      'Line 1, column 21: a name that is not taken expected, `A` (also in line 1) found.',
    ],
    ['char name[16;', 'Line 1, column 13: `]` expected, `;` found.'],
    ['char name[n];', 'Line 1, column 11: a length expected, `n` found.'],
    ['char name[010];', 'Line 1, column 11: a length without a leading 0 expected, `010` found.'],
    [
      'u8 a[99999999999999999999999];',
      'Line 1, column 6: a length below 2^53 expected, `99999999999999999999999` found.',
    ],
    [
      'u8 a[2000000][2000000];',
      'Line 1, column 4: at most 1099511627776 bytes expected, 4000000000000 bytes found.',
    ],
    ['float f : 3;', 'Line 1, column 7: an integer with a width in bits expected, another type found.'],
    ['int f : 33;', 'Line 1, column 5: a width of 1 to 32 bits expected, 33 found.'],
    ['void v;', 'Line 1, column 1: a type with a size expected, `void` found.'],
    ['struct B b;', 'Line 1, column 8: a struct with a body expected, `B` found.'],
    [
      'int (*f)(int);',
      'Line 1, column 5: a name (a pointer to a function is written `void *name`) expected, `(` found.',
    ],
    [
      'enum { A, B } e;',
      'Line 1, column 1: a type (an enum is written as its integer: `u32`) expected, `enum` found.',
    ],
    ['#pragma pack(1)\nint x;', 'Line 1, column 1: a type expected, `#` found.'],
    ['/* open', 'Line 1, column 1: `*/` after this `/*` expected, the end found.'],
    ['u8 a[12ab];', 'Line 1, column 6: a number expected, `12ab` found.'],
    ['long double d;', 'Line 1, column 1: a type expected, `long double` found.'],
    [
      'struct A { B b; }; struct B { A a; };',
      'Line 1, column 31: a type that does not hold itself expected, `A` found.',
    ],
    ['typedef T U; typedef U T;', 'Line 1, column 22: a type that does not hold itself expected, `U` found.'],
    [
      'struct A { int x; } __attribute__((aligned(8)));',
      'Line 1, column 36: `packed` expected, `aligned` found.',
    ],
    ['\u202eint x;', 'Line 1, column 1: a type expected, `\u202e` found.'],
  ])('%j', (text, message) => {
    expect(problemOf(text)).toBe(message);
  });

  it('an empty text has no struct and no problem', () => {
    const compiled = compileStructs(' // nothing\n/* at all */ ;', false);
    expect(compiled.kind === 'layouts' && compiled.layouts.roots).toEqual([]);
  });
});
