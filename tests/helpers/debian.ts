import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Installs packages with apt-get where the tests run as root on Debian, and says so; elsewhere it does nothing. */
export function installOnDebian(packages: readonly string[]): void {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  console.log(`Not found, so installed now with apt-get: ${packages.join(', ')}.`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const step of [['update'], ['install', '-y', '--no-install-recommends', ...packages]])
    execFileSync('apt-get', ['-q', ...step], { stdio: 'inherit', env: environment });
}
