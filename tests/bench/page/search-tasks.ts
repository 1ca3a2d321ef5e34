import { BlobSource } from '../../../src/bytes/blob-source';
import { WindowReader } from '../../../src/bytes/windows';
import type { FindRequest } from '../../../src/session/find-types';
import { createLocalSession, INFLATE_LIMIT } from '../../../src/session/local';
import { createSpool } from '../../../src/session/opfs-spool';
import { createWorkerLineRunner } from '../../../src/session/worker-line-runner';
import { indexed } from './indexed';

/** Searches that meet nothing, or next to nothing, and so go to the end. */
const QUERIES = {
  text: { kind: 'text', text: 'arena_head', encoding: 'utf-8', ignoreCase: false },
  textAnyCase: { kind: 'text', text: 'arena_head', encoding: 'utf-8', ignoreCase: true },
  utf16: { kind: 'text', text: 'arena_head', encoding: 'utf-16le', ignoreCase: false },
  hex: { kind: 'hex', text: '48 65 6c 6c 6f' },
  hexWild: { kind: 'hex', text: '48 ?? 6c ?? 6f' },
  hexCommon: { kind: 'hex', text: '00 00 01 00 00 00 00 00 01' },
  pointers: { kind: 'pointers', text: '0x11130', width: 4, aligned: true },
  pointersAnywhere: { kind: 'pointers', text: '0x11130', width: 4, aligned: false },
  pointersRange: { kind: 'pointers', text: '0x11130..0x1117f', width: 4, aligned: true },
  pointersRangeAnywhere: { kind: 'pointers', text: '0x511130..0x51117f', width: 4, aligned: false },
  integer16: { kind: 'integer', text: '0x1234', width: 2, aligned: true, endian: 'little' },
  integer64: { kind: 'integer', text: '123456789012', width: 8, aligned: true, endian: 'little' },
  float32: { kind: 'float', text: '3.14 +- 0.01', width: 4, aligned: true, endian: 'little' },
  float64: { kind: 'float', text: '3.14 +- 0.01', width: 8, aligned: true, endian: 'little' },
  float64Anywhere: { kind: 'float', text: '3.14 +- 0.01', width: 8, aligned: false, endian: 'little' },
  expression: { kind: 'expression', text: 'key=\\d+', encoding: 'utf-8', ignoreCase: false },
  strings: { kind: 'strings', encoding: 'utf-8', minimum: 4, filter: 'arena_head' },
  strings16: { kind: 'strings', encoding: 'utf-16le', minimum: 4, filter: 'arena_head' },
} as const satisfies Record<string, FindRequest['query']>;

export type SearchName = keyof typeof QUERIES;

/** Reading all of a file as the search reads it, without looking at it. */
async function readAll(file: Blob): Promise<number> {
  const began = performance.now();
  const reader = new WindowReader(new BlobSource(file, 'bench'), 0, Number.MAX_SAFE_INTEGER);
  for (let at = 0; at < file.size; ) at += (await reader.view(at, 1)).length;
  return performance.now() - began;
}

/** The time of each search over all captured bytes, and of reading them before each, in milliseconds; the median of `rounds`. */
export async function timeSearches(file: Blob, names: readonly SearchName[], rounds: number) {
  const session = createLocalSession({
    createSpool,
    atLimit: 'wait',
    inflateLimit: INFLATE_LIMIT,
    lineRunner: createWorkerLineRunner,
  });
  await indexed(session, file);
  const times: { name: SearchName; read: number[]; search: number[] }[] = [];
  for (const name of names) {
    const entry = { name, read: [] as number[], search: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      entry.read.push(await readAll(file));
      const began = performance.now();
      await new Promise<void>((resolve, reject) => {
        const request = { memory: 0, query: QUERIES[name], zeros: false, limit: 1e6 };
        void session.find('bench', request, (update) => {
          if (update.state === 'done') resolve();
          else if (update.state !== 'running')
            reject(new Error(`${name}: ${update.state} ${update.message}`));
        });
      });
      entry.search.push(performance.now() - began);
    }
    times.push(entry);
  }
  await session.close();
  return times;
}
