import { encodeDump } from '../../src/coredump/encode';
import { App } from './app';
import { dump, made } from './files';
import { expect, type Page, test } from './test';

const PAGE = 65_536;
/** The last whole page below 2^53, up to which addresses are exact. */
const LIMIT = 2 ** 53 - PAGE;
const MIDDLE = 2 ** 52;

/** A memory64 as large as addresses are exact in, with a few bytes at each end and in the middle. */
function largest(): string {
  const at = (address: number, text: string) =>
    ({
      mode: 'active',
      memory: 0,
      explicit: false,
      offset: { type: 'i64', value: BigInt(address) },
      bytes: new TextEncoder().encode(text),
    }) as const;
  const bytes = encodeDump([
    { kind: 'core', name: 'largest.wasm' },
    {
      kind: 'memory',
      memories: [
        {
          minimumPages: BigInt(LIMIT / PAGE),
          maximumPages: null,
          pageSize: PAGE,
          customPageSize: false,
          memory64: true,
          shared: false,
        },
      ],
    },
    { kind: 'data', segments: [at(0, 'first'), at(MIDDLE, 'middle'), at(LIMIT - 4, 'last')] },
  ]);
  return made('largest.coredump', bytes);
}

async function opened(page: Page, path: string): Promise<App> {
  const app = new App(page);
  await app.start();
  await app.files.setInputFiles(path);
  await expect(app.gapDecision(/zero|missing/)).toBeVisible();
  await expect(app.memory.locator('[role=row]').first()).toBeVisible();
  return app;
}

/** The cell of an address by what a screen reader is told: address, byte, state. */
const cell = (app: App, name: string | RegExp) =>
  app.memory.getByRole('gridcell', { name, exact: typeof name === 'string' });

test('a memory64 past 4 GiB: go to, End, the wheel and the thumb', async ({ page }) => {
  const app = await opened(page, dump('wasmtime/v25-memory64'));
  const { memory } = app;

  await test.step('go to an address that 32 bits cannot say', async () => {
    await app.go(0x100000010);
    await expect(cell(app, /^100000010, [\da-f]{2}, captured$/)).toBeInViewport();
  });
  await test.step('the last byte, and the row behind it', async () => {
    await memory.focus();
    await page.keyboard.press('Control+End');
    await expect(page.locator('#memory-cursor')).toHaveAttribute('aria-label', /^10000ffff, /);
    await expect(page.getByText('End of memory: 4,295,032,832 bytes')).toBeVisible();
  });
  await test.step('the wheel, by exactly what it turned, amid a fold of 2 GiB that the jump opened', async () => {
    await app.go(0xc0000000);
    const row = memory.locator(`[data-address="${0xc0000000}"]`);
    await expect(row).toBeInViewport();
    const before = (await row.boundingBox())?.y ?? Number.NaN;
    await memory.hover();
    await page.mouse.wheel(0, 60);
    await expect.poll(async () => (await row.boundingBox())?.y).toBe(before - 60);
  });
  await test.step('the thumb', async () => {
    await memory.evaluate((grid) => {
      grid.scrollTop = 0;
    });
    await expect(memory.getByRole('rowheader', { name: '000000000', exact: true })).toBeInViewport();
  });
});

test('a memory64 up to 2^53 is exact to its last byte', async ({ page }) => {
  const app = await opened(page, largest());
  const { memory } = app;
  const digits = 14;
  const named = (address: number) => address.toString(16).padStart(digits, '0');

  await app.go('end-1');
  await expect(cell(app, `${named(LIMIT - 1)}, 74, captured`)).toBeInViewport();
  await expect(page.getByText(`End of memory: ${LIMIT.toLocaleString('en-US')} bytes`)).toBeVisible();
  await app.go(MIDDLE);
  await expect(cell(app, `${named(MIDDLE)}, 6d, captured`)).toBeInViewport();
  await app.go(MIDDLE / 2 + 3);
  await expect(memory.locator(`[data-address="${MIDDLE / 2}"]`)).toBeInViewport();

  await memory.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('#memory-cursor')).toHaveAttribute(
    'aria-label',
    new RegExp(`^${named(MIDDLE / 2 + 19)}, `),
  );
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageUp');
  await expect(page.locator('#memory-cursor')).toHaveAttribute(
    'aria-label',
    new RegExp(`^${named(MIDDLE / 2 + 19)}, `),
  );
  await page.keyboard.press('Control+Home');
  await expect(page.locator('#memory-cursor')).toHaveAttribute('aria-label', `${named(0)}, 66, captured`);
});

test('each memory is found again where it was left', async ({ page }) => {
  const app = await opened(page, dump('wasmtime/v25-memory64'));
  const shown = page.getByRole('combobox', { name: 'Memory shown' });
  await app.go(0x80000000);
  const place = app.memory.locator(`[data-address="${0x80000000}"]`);
  await expect(place).toBeInViewport();
  const top = async () => (await place.boundingBox())?.y;
  const before = await top();

  await shown.selectOption({ index: 1 });
  await expect(app.memory.getByRole('rowheader', { name: '00000000', exact: true })).toBeInViewport();
  await app.go(0x8000);
  await expect(app.memory.locator(`[data-address="${0x8000}"]`)).toBeInViewport();

  await shown.selectOption({ index: 0 });
  await expect(place).toBeInViewport();
  expect(await top()).toBe(before);
  await shown.selectOption({ index: 1 });
  await expect(app.memory.locator(`[data-address="${0x8000}"]`)).toBeInViewport();
});
