import { describe, expect, it } from 'vitest';
import { type MemoryLayout, type RegionFacts, regionsOf } from '../../src/memory/region';
import { fixture } from '../fixture';
import { openBytes } from '../helpers/open';

/** As LLVM's linker lays a memory out: names of the regions at an address. */
const at = (facts: RegionFacts) => (address: number) =>
  regionsOf(address, facts).map(({ what, certainty }) => `${what}, ${certainty}`);

const layout = (changes: Partial<MemoryLayout>): MemoryLayout => ({
  module: 'a.wasm',
  segments: [
    { name: '.rodata', index: 0, start: 0x10000, end: 0x10c00 },
    { name: null, index: 1, start: 0x10c00, end: 0x11000 },
  ],
  names: [],
  stackTop: 0x10000,
  ...changes,
});

const STACK_FIRST: RegionFacts = {
  size: 0x40000,
  stackPointer: 0xffa0,
  names: [{ name: '__stack_pointer', address: 0xffa0 }],
  layouts: [layout({})],
};

describe('regions', () => {
  it('the stack below the data', () => {
    const regions = at(STACK_FIRST);
    expect(regions(0x10000)).toEqual(['data segment .rodata, known']);
    expect(regions(0x10bff)).toEqual(['data segment .rodata, known']);
    expect(regions(0x10c00)).toEqual(['data segment 1, known']);
    expect(regions(0xffff)).toEqual(['shadow stack, known']);
    expect(regions(0xffa0)).toEqual(['shadow stack, known']);
    expect(regions(0xff9f)).toEqual(['shadow stack, free: below __stack_pointer, probably']);
    expect(regions(8)).toEqual([
      'shadow stack, free: below __stack_pointer, probably',
      'null guard, probably',
    ]);
    expect(regions(0x11000)).toEqual(['zero-initialised data or heap, probably']);
    expect(regions(0x40000)).toEqual([]);
  });

  it('the stack above the data, with the names that the linker exports', () => {
    const regions = at({
      ...STACK_FIRST,
      stackPointer: 0x20000,
      layouts: [
        layout({
          segments: [{ name: '.data', index: 0, start: 0x400, end: 0x800 }],
          stackTop: 0x21000,
          names: [
            { name: '__global_base', address: 0x400 },
            { name: '__data_end', address: 0x1000 },
            { name: '__heap_base', address: 0x21000 },
            { name: '__heap_end', address: 0x30000 },
          ],
        }),
      ],
    });
    expect(regions(0x3ff)).toEqual(['below the data, known']);
    expect(regions(0x400)).toEqual(['data segment .data, known']);
    expect(regions(0x800)).toEqual(['static data, zero at the start, known']);
    expect(regions(0x1000)).toEqual(['shadow stack, free: below __stack_pointer, probably']);
    expect(regions(0x20000)).toEqual(['shadow stack, known']);
    expect(regions(0x21000)).toEqual(['heap, known']);
    expect(regions(0x30000)).toEqual(['above the first heap, known']);
  });

  it('the stack above the data, without names: only what follows from where it began', () => {
    const regions = at({
      ...STACK_FIRST,
      stackPointer: 0x20000,
      layouts: [
        layout({ segments: [{ name: '.data', index: 0, start: 0x400, end: 0x800 }], stackTop: 0x21000 }),
      ],
    });
    expect(regions(0x20500)).toEqual(['shadow stack, known']);
    // Zero-initialised data or free stack: nothing says where one ends.
    expect(regions(0x10000)).toEqual([]);
    expect(regions(0x21000)).toEqual(['heap, probably']);
  });

  it('says nothing without evidence', () => {
    const none = at({ size: 0x40000, stackPointer: null, names: [], layouts: [] });
    expect(none(0x20000)).toEqual([]);
    expect(none(0)).toEqual(['null guard, probably']);
    // A pointer alone: neither where the stack began nor where it ends.
    expect(at({ ...STACK_FIRST, layouts: [] })(0xffa0)).toEqual([]);
    // A pointer above its own beginning is no stack pointer of this module.
    expect(at({ ...STACK_FIRST, stackPointer: 0x30000 })(0xffff)).toEqual([]);
  });
});

it('a real module says where its data and its stack are', async () => {
  const dump = fixture('wasmtime/c-divide-O0/c-divide-O0.coredump');
  const module = fixture('wasmtime/c-divide-O0/c-divide-O0.wasm');
  const { session } = await openBytes(dump, { 'c-divide-O0.wasm': module });
  const [found] = await session.layouts(0);
  // By a reader of the section's bytes in Python: 65536, 2416 bytes; 67952, 244 bytes.
  expect(found).toMatchObject({ module: 'c-divide-O0.wasm', stackTop: 0x10000 });
  expect(found?.segments.map(({ name, start, end }) => [name, start, end - start])).toEqual([
    ['.rodata', 65536, 2416],
    ['.data', 67952, 244],
  ]);
  expect(await session.layouts(1)).toEqual([]);
});
