import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classifyFile, HEAD_LENGTH, isGzip } from '../../../src/app/intake/classify-file';
import { inflatedHead } from '../../../src/app/intake/expand';
import { fixture, fixtureFile, fixtureFolders } from '../../fixture';

const text = (value: string) => new TextEncoder().encode(value);
const never = () => false;
const kind = (path: string, bytes: Uint8Array, isNamed: (name: string) => boolean = never) => {
  const is = classifyFile(path, bytes.subarray(0, HEAD_LENGTH), false, isNamed);
  return is.kind === 'wasm' ? is.role : is.kind;
};

describe('classifyFile', () => {
  it('knows source texts by name and content', () => {
    expect(kind('src/a.cpp', text('int a;'))).toBe('source');
    expect(kind('A.RS', text('fn main() {}'))).toBe('source');
    expect(kind('assembly/index.ts', text('let a: i32'))).toBe('source');
    expect(kind('log.txt', text('panicked'))).toBe('other');
    expect(kind('.c', text('a'))).toBe('other');
    expect(kind('a.c', Uint8Array.of(0x61, 0, 0x62))).toBe('other');
    expect(kind('wide.c', Uint8Array.of(0xff, 0xfe, 0x61, 0))).toBe('source');
  });

  it('takes a text that a frame names, whatever its ending', () => {
    expect(kind('include/vector', text('#pragma once'), (name) => name === 'vector')).toBe('source');
  });

  it('tells source maps, archives and objects', () => {
    expect(kind('a.wasm.map', text('{"version":3}'))).toBe('source-map');
    expect(kind('a.zip', text('PK\x03\x04'))).toBe('zip');
    expect(kind('artifact', text('PK\x05\x06'))).toBe('zip');
    expect(kind('a.o', text('\0asm\x01\0\0\0'))).toBe('other');
  });

  it('goes by the bytes before the name', () => {
    expect(kind('main.c', text('\0asm\x01\0\0\0'))).toBe('module');
  });

  it.each(fixtureFolders().filter((folder) => !/^(damaged|notdumps|wizer)\/|entry-trap-022/.test(folder)))(
    'tells the dump of %s from its modules',
    async (folder) => {
      const dump = fixtureFile(folder);
      const bytes = fixture(dump);
      const head = bytes.slice(0, HEAD_LENGTH);
      const gzip = isGzip(head);
      const is = classifyFile(dump, gzip ? await inflatedHead(head) : head, gzip, never);
      expect(is).toEqual({ kind: 'wasm', role: 'dump' });
      for (const file of readdirSync(new URL(`../../fixtures/${folder}`, import.meta.url)))
        if (file.endsWith('.wasm')) expect(kind(file, fixture(`${folder}/${file}`)), file).toBe('module');
    },
  );
});
