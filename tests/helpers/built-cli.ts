import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the command as it is published, from the sources as they are now: one file. */
export function buildCli(folder: string): string {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [vite, 'build', '--mode', 'cli', '--outDir', folder], {
    cwd: ROOT,
    stdio: 'pipe',
  });
  return join(folder, 'cli.js');
}
