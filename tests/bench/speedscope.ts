import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSION = '1.25.0';

/** Said where it cannot be fetched. */
export const NO_SPEEDSCOPE = `speedscope ${VERSION} could not be fetched: npm needs a network the first time.`;

/** The folder of speedscope's built page, out of its npm package, which is fetched once; null: it cannot be had. */
export function speedscope(): string | null {
  const folder = join(tmpdir(), 'wasmortem-bench', `speedscope-${VERSION}`);
  const page = join(folder, 'package', 'dist', 'release');
  if (existsSync(join(page, 'index.html'))) return page;
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('npm', ['pack', `speedscope@${VERSION}`, '--silent', '--pack-destination', folder], {
      stdio: 'ignore',
    });
  } catch {
    return null;
  }
  execFileSync('tar', ['xzf', `speedscope-${VERSION}.tgz`], { cwd: folder });
  return page;
}
