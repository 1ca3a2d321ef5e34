import { defineConfig } from 'vitest/config';

/** The main path in Firefox and in WebKit, over the built page: a file for each browser, beside each other. */
export default defineConfig({
  test: {
    include: ['tests/browsers/*.spec.ts'],
    globalSetup: ['tests/browsers/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // As in playwright.config.ts: CI's machine is shared.
    retry: process.env['CI'] === undefined ? 0 : 1,
    reporters: ['verbose'],
  },
});
