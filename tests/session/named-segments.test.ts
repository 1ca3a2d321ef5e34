import { describe, expect, it } from 'vitest';
import { MemoryIndex } from '../../src/memory/memory-index';
import { namedSegments } from '../../src/session/named-segments';

const declaration = {
  minimumPages: 1,
  minimum: 65536,
  maximum: null,
  pageSize: 65536,
  customPageSize: false,
  memory64: false,
  shared: false,
  imported: false,
  tooLarge: false,
};

function index(): MemoryIndex {
  const made = new MemoryIndex([declaration, declaration]);
  made.table.push(0, false, 0x400, 100, 8);
  made.table.push(1, false, 0x10, 4, 200);
  made.table.push(0, true, null, 50, 300);
  made.table.push(0, false, 0x100, 0, 400);
  made.table.push(0, false, 0x80, 16, 500);
  return made;
}

describe('data segments with a name', () => {
  it('are those of the memory that are placed and hold bytes, by address', () => {
    const names = new Map([
      [0, '.rodata'],
      [1, 'other memory'],
      [2, 'passive'],
      [3, 'empty'],
      [4, '.init'],
      [99, 'not there'],
    ]);
    expect(namedSegments(index(), names, 0, [])).toEqual([
      { name: '.init', address: 0x80, length: 16 },
      { name: '.rodata', address: 0x400, length: 100 },
    ]);
  });

  it('are those of the modules that fit, too', () => {
    const segments = [
      { name: '.data', index: 0, start: 0x200, end: 0x210 },
      { name: null, index: 1, start: 0x300, end: 0x310 },
    ];
    const layout = { module: 'm.wasm', segments, names: [], stackTop: null };
    expect(namedSegments(index(), new Map([[0, '.rodata']]), 0, [layout])).toEqual([
      { name: '.data', address: 0x200, length: 16 },
      { name: '.rodata', address: 0x400, length: 100 },
    ]);
  });

  it('are bounded, whatever a name section holds', () => {
    const made = new MemoryIndex([declaration]);
    for (let at = 0; at < 3000; at += 1) made.table.push(0, false, at, 1, at);
    const names = new Map(Array.from({ length: 3000 }, (_, at) => [at, `s${at}`] as const));
    expect(namedSegments(made, names, 0, [])).toHaveLength(1000);
  });
});
