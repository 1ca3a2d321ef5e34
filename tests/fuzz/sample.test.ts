import { describe, expect, it } from 'vitest';
import { fixture, fixtureFile, fixtureFolders } from '../fixture';
import { check } from './check';
import { sampled } from './mutations';

const SEED = 20260801;
/** Over all fixtures: what runs in some seconds. `npm run fuzz` does them all. */
const IN_ALL = 1500;

describe('damaged files', () => {
  const folders = fixtureFolders();

  it.each(folders)('%s opens with a sample of its damages', async (folder) => {
    const file = fixtureFile(folder);
    const bytes = fixture(file);
    // Large files take longer to open: fewer of them.
    const share = Math.ceil(IN_ALL / folders.length / (bytes.length > 65536 ? 4 : 1));
    const findings: string[] = [];
    for (const mutation of sampled(bytes, share, SEED)) {
      const wrong = await check(file, mutation.bytes);
      if (wrong !== null) findings.push(`${mutation.name}: ${wrong}`);
    }
    expect(findings).toEqual([]);
  });
});
