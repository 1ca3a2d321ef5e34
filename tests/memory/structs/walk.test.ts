import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileStructs } from '../../../src/memory/structs/compile';
import type { Layouts, RecordType } from '../../../src/memory/structs/layout';
import { type KnownBytes, readValue, type Value } from '../../../src/memory/structs/values';
import { linkMembers, type Walk, walkList } from '../../../src/memory/structs/walk';
import { fixture } from '../../fixture';
import { openBytes } from '../../helpers/open';

function structOf(text: string, memory64 = false): { readonly type: RecordType; readonly layouts: Layouts } {
  const compiled = compileStructs(text, memory64);
  if (compiled.kind === 'problem') throw new Error(compiled.problem.expected);
  const root = compiled.layouts.roots.at(-1);
  if (root === undefined) throw new Error('no struct');
  return { type: root.type, layouts: compiled.layouts };
}

/** A memory of words by address; the rest of it is zero but for what is missing. */
function walkOver(
  words: ReadonlyMap<number, number>,
  limit = 100,
  missing: readonly number[] = [],
): Promise<Walk> {
  const size = 0x10000;
  const memory = new DataView(new ArrayBuffer(size));
  for (const [address, word] of words) memory.setUint32(address, word, true);
  const read = async (address: number, length: number): Promise<KnownBytes> => {
    const states = Array.from({ length }, (_, at) => ({
      start: address + at,
      end: address + at + 1,
      state: missing.includes(address + at)
        ? ('missing' as const)
        : address + at < size
          ? ('captured' as const)
          : ('out-of-bounds' as const),
    }));
    const bytes = new Uint8Array(length);
    bytes.set(new Uint8Array(memory.buffer).subarray(address, address + length));
    return { address, bytes, states };
  };
  return walkList({ start: 0x100, offset: 8, pointerSize: 4, memorySize: size, limit, read });
}

describe('walkList', () => {
  it('follows to the end', async () => {
    const words = new Map([
      [0x108, 0x2000],
      [0x2008, 0x300],
    ]);
    expect(await walkOver(words)).toEqual({ addresses: [0x100, 0x2000, 0x300], end: { kind: 'null' } });
  });

  it('says where a circle closes', async () => {
    const words = new Map([
      [0x108, 0x2000],
      [0x2008, 0x300],
      [0x308, 0x2000],
    ]);
    expect(await walkOver(words)).toEqual({
      addresses: [0x100, 0x2000, 0x300],
      end: { kind: 'cycle', to: 1 },
    });
    expect((await walkOver(new Map([[0x108, 0x100]]))).end).toEqual({ kind: 'cycle', to: 0 });
  });

  it('stops at a pointer that is not whole, that leads outside, and at the limit', async () => {
    const words = new Map([[0x108, 0x2000]]);
    expect(await walkOver(words, 100, [0x2009, 0x200a])).toEqual({
      addresses: [0x100, 0x2000],
      end: { kind: 'unreadable', at: 0x2008, shortfalls: [{ state: 'missing', bytes: 2 }] },
    });
    expect((await walkOver(new Map([[0x108, 0x10000]]))).end).toEqual({ kind: 'outside', target: 0x10000n });
    // The node begins inside, its pointer lies across the end.
    expect((await walkOver(new Map([[0x108, 0xfff6]]))).end).toEqual({
      kind: 'unreadable',
      at: 0xfffe,
      shortfalls: [{ state: 'out-of-bounds', bytes: 2 }],
    });
    const chain = new Map(Array.from({ length: 50 }, (_, at) => [0x108 + at * 16, 0x110 + at * 16]));
    const walk = await walkOver(chain, 10);
    expect([walk.addresses.length, walk.end]).toEqual([10, { kind: 'limit' }]);
  });

  it('walks any graph as a naive walk does', async () => {
    const nodes = fc.array(fc.nat(19), { minLength: 20, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(nodes, async (next) => {
        const place = (node: number) => 0x100 + node * 0x400;
        const walk = await walkOver(new Map(next.map((to, node) => [place(node) + 8, place(to)])));
        const met: number[] = [];
        let node = 0;
        while (!met.includes(node)) {
          met.push(node);
          node = next[node] ?? 0;
        }
        expect(walk).toEqual({ addresses: met.map(place), end: { kind: 'cycle', to: met.indexOf(node) } });
      }),
    );
  });
});

describe('linkMembers', () => {
  it('are pointers to the struct itself or anything, and words', () => {
    const text = `struct Link { void *up; };
      struct A { u32 next; A *left; Link in; struct B *b; u16 small; i32 count; u32 bits : 32; A *many[2]; };
      struct B { int x; };`;
    const compiled = compileStructs(text, false);
    if (compiled.kind === 'problem') throw new Error(compiled.problem.expected);
    const type = compiled.layouts.records.get('A');
    if (type === undefined) throw new Error('no A');
    expect(linkMembers(type, compiled.layouts, 4)).toEqual([
      { name: 'next', offset: 0 },
      { name: 'left', offset: 4 },
      { name: 'in.up', offset: 8 },
    ]);
    const wide = structOf('u32 next; u64 far;', true);
    expect(linkMembers(wide.type, wide.layouts, 8)).toEqual([{ name: 'far', offset: 8 }]);
  });
});

describe('linkMembers of a hostile text', () => {
  it('ends soon where structs hold a hundred structs that hold a hundred', () => {
    const hundred = (inner: string) => Array.from({ length: 100 }, (_, at) => `${inner} m${at};`).join('');
    const text = `struct A { ${hundred('char')} }; struct B { ${hundred('A')} }; struct C { ${hundred('B')} };
      struct D { ${hundred('C')} }; struct E { ${hundred('D')} };`;
    const { type, layouts } = structOf(text);
    const start = performance.now();
    expect(linkMembers(type, layouts, 4)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(500);
  });
});

/** What tests/fixtures/wasmtime/c-divide-O0/truth.json says of `l`, `l->next` and `l->next->next`: crash.c built that list. */
const NODES = [
  { name: 'node-1', x: 1, y: 2, w: 1.5 },
  { name: 'node-3', x: 3, y: 4, w: 4.5 },
  { name: 'node-5', x: 5, y: 6, w: 7.5 },
];

describe('the list of a real program', () => {
  it('is walked from its first node to null, with the values that the program gave it', async () => {
    const dump = fixture('wasmtime/c-divide-O0/c-divide-O0.coredump');
    const { session, snapshot } = await openBytes(dump);
    const size = snapshot.memories[0]?.size ?? 0;
    const { type, layouts } = structOf(
      'struct Node { int x, y; struct Node *next; char name[16]; double w; };',
    );
    const whole = await session.read(0, 0, size);
    const text = new TextDecoder('latin1').decode(whole.bytes);
    // The first of them is the literal that it was copied from.
    const start = text.lastIndexOf('node-1\0') - 12;
    const [link] = linkMembers(type, layouts, 4);
    expect(link).toEqual({ name: 'next', offset: 8 });
    const read = (address: number, length: number) => session.read(0, address, length);
    const walk = await walkList({ start, offset: 8, pointerSize: 4, memorySize: size, limit: 100, read });
    expect(walk.end).toEqual({ kind: 'null' });
    const nodes = walk.addresses.map((address) => {
      const values = type.members.map(({ name, type: own, offset, bits }): [string, unknown] => [
        name ?? '',
        plain(readValue(whole, address + offset, own, bits)),
      ]);
      return Object.fromEntries(values);
    });
    expect(nodes.map(({ name, x, y, w }) => ({ name, x, y, w }))).toEqual(NODES);
    expect(nodes.map(({ next }) => next)).toEqual([...walk.addresses.slice(1), 0]);
    await session.close();
  });
});

function plain(value: Value): unknown {
  if (value.kind === 'integer') return value.value;
  if (value.kind === 'text') return new TextDecoder().decode(value.bytes);
  if (value.kind === 'pointer') return value.target;
  if (value.kind === 'f64') return new DataView(BigUint64Array.of(value.bits).buffer).getFloat64(0, true);
  return value.kind;
}
