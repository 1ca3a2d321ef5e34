import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fixture, fixtureFile, fixtureFolders, fixtureJson } from '../fixture';
import { compareSummaries } from '../helpers/compare-summary';
import { openBytes, summaryOf } from '../helpers/open';
import { chunkedSource } from '../helpers/sources';

const root = fileURLToPath(new URL('../fixtures/', import.meta.url));
const has = (path: string): boolean => existsSync(`${root}${path}`) || existsSync(`${root}${path}.gz`);
const folders = fixtureFolders().filter((folder) => has(`${folder}/expected.json`));

/** Pieces of one byte: each is a turn of the loop, so only for files that are quick. */
const LARGEST_IN_PIECES = { 1: 6000, 7: 30_000, 100: 200_000 } as const;

async function differences(folder: string, piece: number | null): Promise<string[]> {
  const file = fixtureFile(folder);
  const bytes = fixture(file);
  const opened = await openBytes(piece === null ? bytes : chunkedSource(bytes, piece), {}, file);
  const found = compareSummaries(summaryOf(opened), fixtureJson(`${folder}/expected.json`));
  await opened.session.close();
  return found;
}

describe('every fixture gives what docs/json.md asks for', () => {
  it('there are fixtures of every producer', () => {
    expect(folders.length).toBeGreaterThan(100);
    expect(new Set(folders.map((folder) => folder.split('/')[0]))).toEqual(
      new Set([
        'coredump-builder',
        'damaged',
        'notdumps',
        'rewriter',
        'wasm-encoder',
        'wasmedge',
        'wasmer',
        'wasmtime',
        'wizer',
      ]),
    );
  });

  it.each(folders)('%s', async (folder) => {
    expect(await differences(folder, null)).toEqual([]);
  });
});

describe.each([1, 7, 100] as const)('the same in pieces of %i bytes', (piece) => {
  const quick = folders.filter((folder) => fixture(fixtureFile(folder)).length <= LARGEST_IN_PIECES[piece]);

  it.each(quick)('%s', async (folder) => {
    expect(await differences(folder, piece)).toEqual([]);
  });
});
