import { test as base, expect, type Locator, type Page } from '@playwright/test';

/** Every test fails when its page asks for anything outside of its own origin, or throws an error that nobody caught. */
export const test = base.extend<{ guarded: undefined }>({
  guarded: [
    async ({ page, context, baseURL }, use) => {
      const outside: string[] = [];
      // The driver answers the dialog of a file input only; recent.spec.ts puts in an answer to this one.
      await context.addInitScript(() => {
        Reflect.deleteProperty(window, 'showOpenFilePicker');
        Reflect.deleteProperty(Window.prototype, 'showOpenFilePicker');
      });
      const errors: string[] = [];
      const origin = new URL(baseURL ?? 'http://localhost').origin;
      await context.route('**/*', async (route) => {
        const url = route.request().url();
        if (url.startsWith(`${origin}/`)) return route.fallback();
        outside.push(`${route.request().method()} ${url}`);
        return route.abort();
      });
      context.on('request', (request) => {
        const local = request.url().startsWith(`${origin}/`) || /^(data|blob):/.test(request.url());
        if (!local || request.method() !== 'GET') outside.push(`${request.method()} ${request.url()}`);
      });
      page.on('websocket', (socket) => outside.push(`websocket ${socket.url()}`));
      page.on('pageerror', (error) => errors.push(error.message));
      await use(undefined);
      expect(outside, 'requests that leave the page').toEqual([]);
      expect(errors, 'errors that nobody caught').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect, type Locator, type Page };
