import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { app } from './build/app.ts';
import { firstPage, styleFirst } from './build/first-page.ts';
import { policyTag } from './build/hosted.ts';
import { inlineWorkers, oneFile } from './build/one-file.ts';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The oldest browsers that the page runs in (public/early.js tells the others): style sheets are written so that they understand them. */
const OLDEST = ['chrome123', 'firefox128', 'safari17.5'];

const CLI = {
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
};

const ONE_FILE = {
  publicDir: false as const,
  plugins: [react(), firstPage(version), inlineWorkers(), oneFile('wasmortem.html')],
  worker: {
    format: 'iife' as const,
    plugins: () => [inlineWorkers()],
    rollupOptions: { output: { codeSplitting: false } },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    cssTarget: OLDEST,
    cssCodeSplit: false,
    modulePreload: false as const,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    rollupOptions: { output: { codeSplitting: false } },
  },
};

const SITE = {
  plugins: [react(), firstPage(version), styleFirst(), policyTag(), app()],
  worker: { format: 'es' as const },
  build: {
    outDir: 'dist/site',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: OLDEST,
    // One script for the first page: a request each for what others share with it costs more than it saves.
    rollupOptions: { output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial' as const] }] } } },
  },
};

/**
 * Three builds from one configuration: the static site; with `--mode file` the page as one file that opens from a disk;
 * with `--mode cli` the command line (one file, no node_modules).
 */
export default defineConfig(({ mode }) => ({
  base: './',
  define: { __VERSION__: JSON.stringify(version) },
  ...(mode === 'cli' ? CLI : mode === 'file' ? ONE_FILE : SITE),
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/e2e/**', 'tests/bench/**'],
    testTimeout: 30_000,
  },
}));
