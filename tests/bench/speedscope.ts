import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSION = '1.25.0';

/**
 * The folder of speedscope's built page, out of its npm package, which is fetched once into the temporary folder.
 * @throws a sentence where there is no network.
 */
export function speedscope(): string {
  const folder = join(tmpdir(), 'wasmortem-bench', `speedscope-${VERSION}`);
  const page = join(folder, 'package', 'dist', 'release');
  if (existsSync(join(page, 'index.html'))) return page;
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('npm', ['pack', `speedscope@${VERSION}`, '--silent', '--pack-destination', folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    throw new Error(
      `The first paint is measured against speedscope ${VERSION}, whose npm package could not be fetched: it needs a network the first time.`,
      { cause: error },
    );
  }
  execFileSync('tar', ['xzf', `speedscope-${VERSION}.tgz`], { cwd: folder });
  return page;
}
