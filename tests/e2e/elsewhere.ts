import { test as base, expect } from '@playwright/test';
import { App } from './app';
import { RangeServer } from './range-server';

/** These pages do ask another host; each test says what of it. What nobody caught still fails them, and so does a script of a file. */
export const test = base.extend<{ app: App; server: RangeServer }>({
  app: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('dialog', (dialog) => {
      errors.push(`a script ran: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await use(new App(page));
    expect(errors, 'errors that nobody caught').toEqual([]);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from the pattern
  server: async ({}, use) => {
    const server = await RangeServer.start();
    await use(server);
    await server.stop();
  },
});
