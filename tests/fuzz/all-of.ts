import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fixture, fixtureFile, fixtureFolders } from '../fixture';
import { check } from './check';
import { mutations } from './mutations';

/** Every mutation of every fixture of one producer. Fails with the first ten findings of each. */
export function fuzzAllOf(producer: string): void {
  const folders = fixtureFolders().filter((folder) => folder.startsWith(`${producer}/`));
  describe(producer, () => {
    it.each(folders)('%s opens however it is damaged', async (folder) => {
      const file = fixtureFile(folder);
      const findings: string[] = [];
      for (const mutation of mutations(unwrapped(fixture(file)))) {
        const wrong = await check(file, mutation.bytes);
        if (wrong !== null) findings.push(`${mutation.name}: ${wrong}`);
        if (findings.length >= 10) break;
      }
      expect(findings).toEqual([]);
    });
  });
}

/** A large dump that came gzipped is damaged inside; a small one as it is, so that damaged gzip is opened too. */
function unwrapped(bytes: Uint8Array): Uint8Array {
  return bytes.length > 8192 && bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}
