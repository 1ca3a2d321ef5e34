import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { type Installed, installedBrowsers, MISSING } from './installed';

declare module 'vitest' {
  interface ProvidedContext {
    readonly browsers: Installed;
  }
}

const BUILT = ['site/index.html', 'wasmortem.html'];

/** Once before all tests: the page must be built, and the browsers are found or installed. */
export default function setup(project: TestProject): void {
  for (const file of BUILT)
    if (!existsSync(fileURLToPath(new URL(`../../dist/${file}`, import.meta.url))))
      throw new Error(`dist/${file} is missing. Run \`npm run test:browsers\`, which builds it first.`);
  // What a run that was killed left behind.
  rmSync(fileURLToPath(new URL('../../.cache/browsers', import.meta.url)), { recursive: true, force: true });
  const browsers = installedBrowsers();
  for (const name of ['firefox', 'webKit'] as const)
    if (browsers[name] === null) console.warn(`\n${MISSING[name]}\n`);
  project.provide('browsers', browsers);
}
