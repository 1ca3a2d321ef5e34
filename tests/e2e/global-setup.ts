import { mkdirSync, writeFileSync } from 'node:fs';
import { fixture, fixtureFile, fixtureFolders } from '../fixture';
import { dropFile, dropFolder } from './files';

/** Large fixtures are kept gzipped here: written out as their producers wrote them, so that they can be dropped. */
export default function globalSetup(): void {
  for (const folder of fixtureFolders()) {
    const file = fixtureFile(folder);
    mkdirSync(dropFolder(folder), { recursive: true });
    writeFileSync(dropFile(file), fixture(file));
  }
}
