import { describe, expect, it } from 'vitest';
import { compileStructs } from '../../../src/memory/structs/compile';
import { readValue } from '../../../src/memory/structs/values';
import {
  shortfallText,
  summaryBytes,
  summaryText,
  typeText,
  valueText,
  walkText,
} from '../../../src/panels/structs/texts';

function rootOf(text: string) {
  const compiled = compileStructs(text, false);
  const root = compiled.kind === 'layouts' ? compiled.layouts.roots.at(-1) : undefined;
  if (root === undefined) throw new Error('no struct');
  return root.type;
}

const windowOf = (bytes: Uint8Array, captured = bytes.length) => ({
  address: 0,
  bytes,
  states: [
    { start: 0, end: captured, state: 'captured' as const },
    { start: captured, end: bytes.length, state: 'missing' as const },
  ],
});

describe('typeText', () => {
  it('writes types as C does', () => {
    const text = `struct Node { int x; unsigned long l; Node *next, **all[2]; struct Gone *g; void *v; char name[16];
      int m[2][3]; u32 bits : 3; struct { int a; } in; union { int b; } un; };`;
    expect(rootOf(text).members.map(({ type, bits }) => typeText(type, bits))).toEqual([
      'int',
      'unsigned long',
      'Node *',
      'Node **[2]',
      'struct Gone *',
      'void *',
      'char[16]',
      'int[2][3]',
      'u32 : 3',
      'struct',
      'union',
    ]);
  });
});

describe('valueText', () => {
  const values = (text: string, bytes: Uint8Array) =>
    rootOf(text).members.map(({ type, offset, bits }) => {
      const { text: written, aside } = valueText(readValue(windowOf(bytes), offset, type, bits));
      return aside === '' ? written : `${written} | ${aside}`;
    });

  it('writes integers with their bits, and small ones alone', () => {
    const bytes = new Uint8Array(16);
    new DataView(bytes.buffer).setInt32(0, -2_000_000, true);
    new DataView(bytes.buffer).setInt32(4, 7, true);
    new DataView(bytes.buffer).setBigInt64(8, -(2n ** 63n), true);
    expect(values('i32 a, b; i64 c;', bytes)).toEqual([
      '-2,000,000 | 0xffe17b80',
      '7',
      '-9,223,372,036,854,775,808 | 0x8000000000000000',
    ]);
  });

  it('writes characters, bools and pointers', () => {
    const bytes = Uint8Array.of(0x41, 0x0a, 0xff, 1, 2, 0, 0, 0, 0, 0, 0, 0);
    expect(values('char a, b, c; bool d, e; void *p;', bytes)).toEqual([
      "'A' | 65",
      "'\\n' | 10",
      "'\\xff' | 255",
      'true',
      '2, neither false nor true',
      'null',
    ]);
  });

  it('lets no text deceive: controls and bidirectional marks are seen, bytes that are no UTF-8 too', () => {
    const bytes = new Uint8Array(16);
    bytes.set(new TextEncoder().encode('a\u202eb\u0007'), 0);
    bytes.set([0x41, 0xff, 0x80, 0x0a], 8);
    expect(values('char a[8]; char b[8];', bytes)).toEqual(['"a\\u{202e}b\\u{7}"', '"A\\xff\\x80\\n"']);
    const long = valueText(
      readValue(
        windowOf(new Uint8Array(1000).fill(0x61)),
        0,
        rootOf('char a[1000];').members[0]?.type ?? rootOf('char a;'),
        null,
      ),
    );
    expect(long.text.length).toBeLessThan(160);
    expect(long.text.endsWith('…')).toBe(true);
  });

  it('has no number where bytes have none', () => {
    const text = valueText(
      readValue(
        windowOf(new Uint8Array(4), 2),
        0,
        rootOf('u32 a;').members[0]?.type ?? rootOf('u8 a;'),
        null,
      ),
    );
    expect(text).toEqual({ known: false, text: '2 of 4 bytes missing', aside: '' });
    const parts = [
      { state: 'lost', bytes: 1 },
      { state: 'out-of-bounds', bytes: 2000 },
    ] as const;
    expect(shortfallText(parts, 4096)).toBe('1 of 4,096 bytes lost, 2,000 past the end');
    expect(shortfallText([{ state: 'pending', bytes: 1 }], 1)).toBe('1 of 1 byte not indexed yet');
  });
});

describe('summaryText', () => {
  it('has the first values, and none where bytes have none', () => {
    const type = rootOf('u16 a; u16 b; char c[4]; struct { int x; } d; u8 e;');
    expect(summaryBytes(type)).toBe(8);
    const bytes = Uint8Array.of(1, 0, 2, 0, 0x68, 0x20, 0x20, 0x69, 9, 9, 9, 9, 9);
    expect(summaryText(windowOf(bytes), 0, type)).toBe('{1, 2, "h  i", {…}, …}');
    expect(summaryText(windowOf(bytes, 3), 0, type)).toBe('{1, ??, ??, {…}, …}');
    const array = rootOf('u8 a[300];').members[0]?.type;
    if (array === undefined) throw new Error('no array');
    expect(summaryText(windowOf(bytes), 0, array)).toBe('{1, 0, 2, 0, …}');
  });

  it('reads no more than its first bytes, however far apart the values are', () => {
    expect(summaryBytes(rootOf('u8 a[1000000]; u32 far;'))).toBe(0);
    expect(summaryText(windowOf(new Uint8Array(0)), 0, rootOf('struct Empty {};'))).toBe('{}');
  });
});

describe('walkText', () => {
  it.each([
    [{ kind: 'null' } as const, '3 nodes, then null'],
    [{ kind: 'cycle', to: 1 } as const, '3 nodes, then back to [1]'],
    [{ kind: 'outside', target: 0xfffffff0n } as const, '3 nodes, then 0xfffffff0, outside the memory'],
    [{ kind: 'limit' } as const, '3 nodes shown, there are more'],
    [
      { kind: 'unreadable', at: 0x100, shortfalls: [{ state: 'missing', bytes: 2 }] } as const,
      '3 nodes; the pointer at 0x00000100 has 2 of 4 bytes missing',
    ],
  ])('%o', (end, text) => {
    expect(walkText(3, end, 4)).toBe(text);
  });
});
