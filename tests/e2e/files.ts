import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fixture, fixtureFile } from '../fixture';

const cache = fileURLToPath(new URL('../../.cache/e2e/', import.meta.url));

/** Where the files of a fixture's folder stand on disk for the tests. */
export const dropFolder = (folder: string): string => join(cache, folder);

/** Where a fixture's file stands on disk for the tests. */
export const dropFile = (file: string): string => join(cache, file);

/** The path of the file that the viewer is to open of a fixture, for example `wasmtime/c-heap`. */
export const dump = (folder: string): string => dropFile(fixtureFile(folder));

/** Another file of a fixture's folder, a module for example, as its producer wrote it. */
export function companion(folder: string, name: string): string {
  return made(`${folder}/${name}`, fixture(`${folder}/${name}`));
}

/**
 * Writes a file of the test's own. Each worker of Playwright has its own: two tests that write the same file at the same time
 * change it for each other while it is open, and the page then says so in a line that takes room from the memory ("both
 * ends" in scale.spec.ts missed the end by the 36 px of that line).
 */
export function made(name: string, bytes: Uint8Array): string {
  const path = join(cache, `worker-${process.env['TEST_PARALLEL_INDEX'] ?? 0}`, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}
