import { describe, expect, it } from 'vitest';
import { Cursor } from '../../src/bytes/cursor';
import { ByteWriter } from '../../src/bytes/writer';
import { readGlobals } from '../../src/wasm/global-section';
import { readImports } from '../../src/wasm/import-section';
import { readMemoryType } from '../../src/wasm/memory-section';
import { isReference, readValueType } from '../../src/wasm/value-types';
import { writeValueType } from '../../src/wasm/write';
import { bytes } from '../helpers/dump-text';

const cursor = (text: string) => new Cursor(bytes(text), 0x40);

describe('value types', () => {
  const NAMED: readonly [string, string][] = [
    ['7f', 'i32'],
    ['7e', 'i64'],
    ['7d', 'f32'],
    ['7c', 'f64'],
    ['7b', 'v128'],
    ['70', 'funcref'],
    ['6f', 'externref'],
    ['6e', 'anyref'],
    ['6d', 'eqref'],
    ['6c', 'i31ref'],
    ['6b', 'structref'],
    ['6a', 'arrayref'],
    ['69', 'exnref'],
    ['71', 'nullref'],
    ['72', 'nullexternref'],
    ['73', 'nullfuncref'],
    ['74', 'nullexnref'],
    ['63 03', '(ref null 3)'],
    ['64 c8 01', '(ref 200)'],
    ['64 70', '(ref func)'],
  ];

  it.each(NAMED)('%s is %s, there and back', (text, name) => {
    const read = cursor(text);
    expect(readValueType(read)).toBe(name);
    expect(read.remaining).toBe(0);
    const writer = new ByteWriter();
    writeValueType(writer, name);
    expect(writer.bytes()).toEqual(bytes(text));
  });

  it('calls a nullable reference by its short name where there is one', () => {
    expect(readValueType(cursor('63 6f'))).toBe('externref');
  });

  it('tells references from numbers', () => {
    expect(['funcref', '(ref 3)', '(ref null 3)', 'i31ref'].every(isReference)).toBe(true);
    expect(['i32', 'v128'].some(isReference)).toBe(false);
  });

  it('says which byte is no type', () => {
    expect(() => readValueType(cursor('05'))).toThrow('value type 0x05 is not known');
    expect(() => readValueType(cursor('63 40'))).toThrow('heap type 0x40 is not known');
  });
});

describe('memory types', () => {
  it.each([
    [
      '00 01',
      {
        minimumPages: 1n,
        maximumPages: null,
        pageSize: 65536,
        customPageSize: false,
        memory64: false,
        shared: false,
      },
    ],
    [
      '01 01 04',
      {
        minimumPages: 1n,
        maximumPages: 4n,
        pageSize: 65536,
        customPageSize: false,
        memory64: false,
        shared: false,
      },
    ],
    [
      '03 00 80 80 04',
      {
        minimumPages: 0n,
        maximumPages: 65536n,
        pageSize: 65536,
        customPageSize: false,
        memory64: false,
        shared: true,
      },
    ],
    [
      '04 81 80 80 80 80 80 80 80 80 01',
      {
        minimumPages: 2n ** 63n + 1n,
        maximumPages: null,
        pageSize: 65536,
        customPageSize: false,
        memory64: true,
        shared: false,
      },
    ],
    [
      '08 64 00',
      {
        minimumPages: 100n,
        maximumPages: null,
        pageSize: 1,
        customPageSize: true,
        memory64: false,
        shared: false,
      },
    ],
    [
      '0d 01 02 10',
      {
        minimumPages: 1n,
        maximumPages: 2n,
        pageSize: 65536,
        customPageSize: true,
        memory64: true,
        shared: false,
      },
    ],
  ])('%s', (text, expected) => {
    expect(readMemoryType(cursor(text))).toEqual(expected);
  });

  it('refuses flags and page sizes that there are not', () => {
    expect(() => readMemoryType(cursor('10 01'))).toThrow('memory flags 0x10, expected at most 0x0f');
    expect(() => readMemoryType(cursor('08 01 11'))).toThrow('page size 2^17, expected at most 2^16');
  });
});

describe('imports', () => {
  it('keeps what the index spaces need', () => {
    const { items, stopped } = readImports(
      cursor(`06
        03 "env" 01 "f" 00 05
        03 "env" 01 "t" 01 70 01 01 02
        03 "env" 01 "m" 02 00 01
        03 "env" 01 "g" 03 7e 01
        03 "env" 01 "e" 04 00 02
        03 "env" 01 "u" 01 6f 04 81 80 80 80 80 20`),
    );
    expect(stopped).toBeNull();
    expect(items.map(({ kind }) => kind)).toEqual(['function', 'table', 'memory', 'global', 'tag', 'table']);
    expect(items[3]).toEqual({ kind: 'global', type: 'i64', mutable: true });
  });

  it('keeps what came before one that does not decode', () => {
    const { items, stopped } = readImports(cursor('02 00 01 "f" 00 05  00 01 "x" 09'));
    expect(items).toHaveLength(1);
    expect(stopped).toEqual({ offset: 0x49, message: 'import kind 9, expected 0 to 4', short: false });
  });

  it('does not believe a count', () => {
    const { items, stopped } = readImports(cursor('ff ff ff ff 0f'));
    expect(items).toEqual([]);
    expect(stopped).toEqual({
      offset: 0x45,
      message: 'import 0 of 4294967295 expected, no byte remains',
      short: true,
    });
  });
});

describe('globals', () => {
  it('are evaluated in order, so that a later one may use an earlier', () => {
    const { items, stopped } = readGlobals(
      cursor('03  7f 01 41 2a 0b  7f 00 23 01 41 01 6a 0b  7f 00 23 00 0b'),
      [{ type: 'unknown' }],
    );
    expect(stopped).toBeNull();
    expect(items.map(({ value }) => value)).toEqual([
      { type: 'i32', value: 42 },
      { type: 'i32', value: 43 },
      { type: 'unknown' },
    ]);
    expect(items.map(({ mutable }) => mutable)).toEqual([true, false, false]);
  });

  it('know when the initialiser has another type, and where it stands', () => {
    const { items } = readGlobals(cursor('04  7e 00 41 05 0b  70 00 d0 6f 0b  6f 00 41 00 0b  7b 00 0b'), []);
    expect(items.map(({ mismatch }) => mismatch)).toEqual([true, false, true, false]);
    expect(items[0]?.offset).toBe(0x43);
  });

  it('take the mutability of shared globals, and nothing else', () => {
    expect(readGlobals(cursor('01 7f 03 41 00 0b'), []).items[0]?.mutable).toBe(true);
    expect(readGlobals(cursor('01 7f 04 41 00 0b'), []).stopped?.message).toBe(
      'mutability 0x4, expected 0 or 1',
    );
  });

  it('say that bytes are left over', () => {
    expect(readGlobals(cursor('01 7f 00 41 00 0b aa bb'), []).stopped).toEqual({
      offset: 0x46,
      message: "2 bytes left over, expected the section's end",
      short: false,
    });
  });
});
