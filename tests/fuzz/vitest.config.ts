import { defineConfig } from 'vitest/config';

/** All mutations of all fixtures: one file for each producer, so that they run beside each other. */
export default defineConfig({
  define: { __VERSION__: JSON.stringify('fuzz') },
  test: {
    include: ['tests/fuzz/**/*.fuzz.ts'],
    pool: 'threads',
    testTimeout: 30 * 60_000,
    reporters: ['verbose'],
  },
});
