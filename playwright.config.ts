import { defineConfig } from '@playwright/test';
import { browserArguments, browserPath } from './tests/e2e/browser';

const port = Number(process.env['PORT'] ?? 4173);
const origin = `http://localhost:${port}`;

/** End to end, over the built site. Benches have a configuration of their own in tests/bench. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  // CI's machine is shared: what passes at the second try is listed as flaky, and what fails twice fails.
  retries: process.env['CI'] === undefined ? 0 : 1,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  globalSetup: './tests/e2e/global-setup.ts',
  use: {
    baseURL: origin,
    // Each test has a browser of its own and would fetch the whole page for it; offline.spec.ts allows it.
    serviceWorkers: 'block',
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: browserPath(), args: browserArguments() },
    trace: 'retain-on-failure',
  },
  webServer: {
    command: `npm run build && npx vite preview --outDir dist/site --port ${port} --strictPort`,
    url: origin,
    timeout: 180_000,
    reuseExistingServer: false,
  },
});
