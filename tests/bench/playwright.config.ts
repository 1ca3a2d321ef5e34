import { defineConfig } from '@playwright/test';
import { browserArguments, browserPath } from '../e2e/browser';

/** Benches: one at a time, nothing beside them. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.bench.ts',
  outputDir: '../../test-results',
  workers: 1,
  timeout: 15 * 60_000,
  reporter: [['line']],
  globalSetup: './global-setup.ts',
  use: {
    launchOptions: { executablePath: browserPath(), args: [...browserArguments(), '--js-flags=--expose-gc'] },
  },
});
