import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url } from '../../../src/app/link/base64url';
import { EMBED_LIMIT, packed, unpacked } from '../../../src/app/link/embed';
import { withoutMemory } from '../../../src/app/link/without-memory';
import { encodeDump } from '../../../src/coredump/encode';
import { createLocalSession } from '../../../src/session/local';
import type { Update } from '../../../src/session/types';
import { fixture, fixtureFile } from '../../fixture';

describe('base64url', () => {
  it('is what Node writes, and is read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = toBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64url(text)).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it('of another alphabet or cut off is none', () => {
    for (const text of ['A', 'AAAAA', 'AA+A', 'AA==', 'AA A', 'ä']) expect(fromBase64url(text)).toBe(null);
  });
});

describe('a dump in a link', () => {
  it('comes out as it went in', async () => {
    const bytes = new Uint8Array(fixture(fixtureFile('wasmtime/c-divide-O0')));
    const data = await packed(bytes);
    expect(data?.length).toBeLessThan(EMBED_LIMIT);
    expect(await unpacked(data ?? '')).toEqual({ kind: 'bytes', bytes });
  });

  it('that is too long is none', async () => {
    const noise = Uint8Array.from({ length: 20_000 }, (_, at) => (at * at * 2654435761) >>> 13);
    expect(await packed(noise)).toBe(null);
  });

  it.each([
    ['AAAAA', /5 characters are no base64url: it is cut off\.$/],
    ['', /cut off after 0 characters/],
    ['____', /its byte 1 of 3 makes no sense \(invalid block type\)/],
    [deflateRawSync(new Uint8Array(9 * 2 ** 20)).toString('base64url'), /more than 8\.00 MiB/],
    [
      deflateRawSync(Buffer.from('a dump')).subarray(0, 4).toString('base64url'),
      /inflate to \d bytes? and more/,
    ],
  ])('damage is said: %.12s', async (data, said) => {
    expect(await unpacked(data)).toMatchObject({ kind: 'damaged', message: expect.stringMatching(said) });
  });
});

describe('a dump without its memory', () => {
  /** The snapshot after all is indexed, and the bytes of the file. */
  async function opened(bytes: Uint8Array<ArrayBuffer>) {
    const session = createLocalSession();
    const last = await new Promise<Update>((resolve, reject) => {
      const take = (update: Update) => {
        const done = update.kind === 'snapshot' && update.snapshot.indexing.state === 'done';
        if (done || update.kind === 'failed') resolve(update);
      };
      session.open([{ name: 'a.core', blob: new Blob([bytes]) }], 'replace', take).catch(reject);
    });
    if (last.kind !== 'snapshot') throw new Error('not opened');
    return { session, snapshot: last.snapshot };
  }

  it.each(['wasmtime/c-divide-O0', 'wasmtime/rust-orders', 'wasm-encoder/stack-only'])(
    'has all else, and invents no byte: %s',
    async (folder) => {
      const whole = await opened(new Uint8Array(fixture(fixtureFile(folder))));
      const { sections } = whole.snapshot.dump;
      const rest = await withoutMemory(sections, (offset, length) => whole.session.fileBytes(offset, length));
      if (rest === null) throw new Error('nothing was left out');
      const part = await opened(rest);
      const strip = ({ snapshot }: typeof part) => ({
        threads: snapshot.dump.threads.map(({ name, frames }) => ({
          name,
          frames: frames.map(({ offset: _, ...frame }) => frame),
        })),
        globals: snapshot.dump.globals,
        modules: snapshot.dump.modules,
        instances: snapshot.dump.instances,
        process: snapshot.dump.process,
        sizes: snapshot.memories.map(({ declaration }) => declaration.minimum),
      });
      expect(strip(part)).toEqual(strip(whole));
      expect(part.snapshot.problems).toEqual([]);
      expect(part.snapshot.memories.map(({ counts }) => [counts.captured, counts.zero])).toEqual(
        part.snapshot.memories.map(() => [0, 0]),
      );
    },
  );

  it('is none where there is no memory to leave out, or too much besides', async () => {
    const read = async () => new Uint8Array(0);
    const section = (id: number, size: number) => ({ id, name: null, offset: 0, size });
    expect(await withoutMemory([section(0, 10)], read)).toBe(null);
    expect(await withoutMemory([section(0, 2 ** 30), section(11, 10)], read)).toBe(null);
    expect(await withoutMemory([...Array(2000).fill(section(0, 1)), section(11, 10)], read)).toBe(null);
  });

  it('stays cut off where the dump was', async () => {
    const bytes = encodeDump([{ kind: 'core', name: 'a' }]);
    const sections = [
      { id: 11, name: null, offset: 8, size: 0 },
      { id: 0, name: 'core', offset: 10, size: 50 },
    ];
    const rest = await withoutMemory(sections, async (at, length) => bytes.slice(at, at + length));
    expect(rest?.[9]).toBe(50);
    expect(rest?.length).toBe(bytes.length);
  });
});
