import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Two builds from one configuration: the static site, and with `--mode cli` the command line (one file, no node_modules). */
export default defineConfig(({ mode }) => ({
  base: './',
  define: { __VERSION__: JSON.stringify(version) },
  plugins: mode === 'cli' ? [] : [react()],
  worker: { format: 'es' },
  ...(mode === 'cli'
    ? {
        publicDir: false as const,
        ssr: { noExternal: true as const },
        build: {
          ssr: 'src/cli/main.ts',
          outDir: 'dist',
          emptyOutDir: false,
          target: 'node20',
          // One file: what the page loads when it is needed (the demangler) stands in it.
          rollupOptions: {
            output: { entryFileNames: 'cli.js', codeSplitting: false, banner: '#!/usr/bin/env node' },
          },
        },
      }
    : { build: { outDir: 'dist/site', emptyOutDir: true, target: 'es2022' } }),
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/e2e/**', 'tests/bench/**'],
    testTimeout: 30_000,
  },
}));
