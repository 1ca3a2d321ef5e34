import { App } from './app';
import { expectAccessible } from './axe';
import { dump, made } from './files';
import { expect, type Locator, type Page, test } from './test';

/** 64 MiB, 8,000 segments of 4 KiB and as much between: two million rows of bytes, five times what an element can hold. */
function striped(): string {
  const STRIDE = 8192;
  const COUNT = 8000;
  const leb = (value: number): number[] => {
    const bytes: number[] = [];
    do {
      bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
      value >>>= 7;
    } while (value > 0);
    return bytes;
  };
  const signed = (value: number): number[] => {
    const bytes: number[] = [];
    for (; value > 0x3f; value >>= 7) bytes.push((value & 0x7f) | 0x80);
    return [...bytes, value];
  };
  const section = (id: number, payload: Uint8Array): Buffer =>
    Buffer.concat([Uint8Array.of(id, ...leb(payload.length)), payload]);
  const segments: Uint8Array[] = [Uint8Array.from(leb(COUNT))];
  for (let index = 0; index < COUNT; index += 1) {
    const length = 4096;
    const bytes = Uint8Array.from({ length }, (_, at) => (at % 2 === 0 ? 1 + (at % 251) : index & 0xff || 1));
    segments.push(Uint8Array.of(0, 0x41, ...signed(index * STRIDE), 0x0b, ...leb(length)), bytes);
  }
  const stack = Uint8Array.of(
    9,
    ...Buffer.from('corestack'),
    0,
    4,
    ...Buffer.from('main'),
    1,
    0,
    0,
    8,
    0,
    0,
    0,
  );
  const core = Uint8Array.of(4, ...Buffer.from('core'), 0, 1, 0x78);
  const bytes = Buffer.concat([
    Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
    section(0, core),
    section(0, stack),
    section(5, Uint8Array.of(1, 0, ...leb(1024))),
    section(11, Buffer.concat(segments)),
  ]);
  return made('striped.coredump', bytes);
}

async function opened(page: Page): Promise<App> {
  const app = new App(page);
  await app.start();
  await app.files.setInputFiles(striped());
  await expect(app.gapDecision(/zero|missing/)).toBeVisible();
  await expect(app.memory.locator('[role=row]').first()).toBeVisible();
  return app;
}

/** What stands at the top of the grid: its address, and how many pixels of it are hidden. */
async function top(memory: Locator): Promise<{ address: number; hidden: number }> {
  return memory.evaluate((grid) => {
    const box = grid.getBoundingClientRect();
    const rows = [...grid.querySelectorAll<HTMLElement>('[data-address], [data-fold]')].map((row) => ({
      address: Number(row.dataset['address'] ?? row.dataset['fold']),
      top: row.getBoundingClientRect().top - box.top - grid.clientTop,
    }));
    const first = rows.filter((row) => row.top <= 0.5).sort((a, b) => b.top - a.top)[0];
    if (first === undefined) throw new Error('no row stands at the top');
    return { address: first.address, hidden: Math.round(Math.abs(first.top)) };
  });
}

const middleOf = async (locator: Locator) => {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('not shown');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, box };
};

test('a list past what an element can be high scrolls by wheel exactly and by thumb in proportion', async ({
  page,
}) => {
  const { memory } = await opened(page);
  const { x, y } = await middleOf(memory);
  await page.mouse.move(x, y);

  await test.step('the wheel, from the first row', async () => {
    for (let turn = 0; turn < 5; turn += 1) await page.mouse.wheel(0, 100);
    await expect.poll(() => top(memory)).toEqual({ address: 25 * 16, hidden: 0 });
  });

  await test.step('the thumb, to the middle', async () => {
    await memory.evaluate((grid) => {
      grid.scrollTop = (grid.scrollHeight - grid.clientHeight) / 2;
    });
    await expect.poll(async () => Math.round((await top(memory)).address / 2 ** 20)).toBe(31);
  });

  await test.step('the wheel moves by exactly as many rows there, and the thumb settling moves none', async () => {
    const from = await top(memory);
    for (let turn = 0; turn < 4; turn += 1) await page.mouse.wheel(0, 20);
    await page.waitForTimeout(500);
    const to = await top(memory);
    const rows = await between(memory, from.address, to.address);
    expect(rows * 20 + to.hidden - from.hidden).toBe(80);
  });

  await test.step('both ends', async () => {
    await memory.evaluate((grid) => {
      grid.scrollTop = grid.scrollHeight;
    });
    await expect
      .poll(() => standing(memory, page.getByText('End of memory: 67,108,864 bytes')))
      .toBe('in view');
    await memory.evaluate((grid) => {
      grid.scrollTop = 0;
    });
    await expect.poll(() => top(memory)).toEqual({ address: 0, hidden: 0 });
  });
});

/** Whether a row lies inside the grid's box; else where both stand, so that a failure tells by how much it is off. */
async function standing(grid: Locator, row: Locator): Promise<string> {
  const [inner, outer] = await Promise.all([row.boundingBox(), grid.boundingBox()]);
  if (inner === null || outer === null) return 'not drawn';
  const below = inner.y + inner.height - (outer.y + outer.height);
  if (inner.y >= outer.y && below <= 1) return 'in view';
  const bar = await grid.evaluate((element) => [
    element.scrollTop,
    element.scrollHeight,
    element.clientHeight,
  ]);
  return JSON.stringify({ inner, outer, bar });
}

/** List rows from one address to another, at most four rows on: so many are kept above the view. */
async function between(memory: Locator, from: number, to: number): Promise<number> {
  const seen = await memory.evaluate((grid) =>
    [...grid.querySelectorAll<HTMLElement>('[data-address], [data-fold]')].map((row) =>
      Number(row.dataset['address'] ?? row.dataset['fold']),
    ),
  );
  return seen.filter((address) => address >= from && address < to).length;
}

test('keys walk by rows, pages and to the ends, and the rows say which they are', async ({ page }) => {
  const app = await opened(page);
  const { memory } = app;
  await app.go(0x1f00000);
  await memory.focus();
  await page.keyboard.press('ArrowDown');
  const current = page.locator('#memory-cursor');
  await expect(current).toHaveAttribute('aria-label', /^01f00010, /);
  await expect(memory.locator('[role=row]', { has: current })).toHaveAttribute(
    'aria-rowindex',
    String(0x1f00010 / 16 + 1),
  );
  await page.keyboard.press('Control+End');
  await expect(page.getByText('End of memory: 67,108,864 bytes')).toBeVisible();
  await page.keyboard.press('Control+Home');
  await expect(current).toHaveAttribute('aria-label', /^00000000, /);
  await page.keyboard.press('PageDown');
  await expect(current).not.toHaveAttribute('aria-label', /^00000000, /);
  await page.keyboard.press('PageUp');
  await expect(current).toHaveAttribute('aria-label', /^00000000, /);
  await expect(memory).toHaveAttribute('aria-rowcount', String(2 ** 26 / 16));
});

test('the coverage strip is clicked, dragged, hovered, and used with keys', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasmtime/c-divide-O0')]);
  const strip = page.getByRole('slider', { name: /^Coverage of memory 0: / });
  await expect(strip).toHaveAttribute('aria-valuetext', /^0x00000000 to 0x/);
  const { x, box } = await middleOf(strip);

  await page.mouse.move(box.x + 8, box.y + box.height - 4);
  await expect(page.locator('.mem-strip-tip')).toContainText(/0x[\da-f]{8} to 0x[\da-f]{8}/);
  await page.mouse.click(box.x + 8, box.y + box.height - 2);
  await expect(strip).not.toHaveAttribute('aria-valuenow', '0');
  await page.mouse.down();
  await page.mouse.move(x, box.y + 1, { steps: 5 });
  await page.mouse.up();
  await expect(strip).toHaveAttribute('aria-valuenow', '0');

  await strip.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/0x[\da-f]{8} [\da-f]{2} captured/i).first()).toBeVisible();
  const first = await page
    .getByText(/0x[\da-f]{8} [\da-f]{2} captured/i)
    .first()
    .innerText();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByText(first)).toBeHidden();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByText(first).first()).toBeVisible();
});

test('rows are read as numbers, as chosen with mouse or keys, and stay so after a reload', async ({
  page,
}) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasmtime/c-divide-O0')]);
  await app.go(0xff9c);
  const chip = page.getByRole('button', { name: /^View: / });
  await expect(chip).toHaveAccessibleName('View: hex 8, 16 bytes a row');
  await chip.click();
  await page.getByRole('radiogroup', { name: 'Bytes a group' }).getByText('4', { exact: true }).click();
  await page.getByRole('radiogroup', { name: 'Read as' }).getByText('Signed', { exact: true }).click();
  await expect(chip).toHaveAccessibleName('View: i32, 16 bytes a row');
  await expect(app.memory.getByRole('gridcell', { name: /^0000ff9c, i32 11, captured/ })).toHaveText('11');
  await expectAccessible(page, 'view menu', 'without-cells');
  await page.keyboard.press('Escape');

  await chip.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Escape');
  await expect(chip).toHaveAccessibleName('View: i32, 8 bytes a row');

  await page.reload();
  await app.drop([dump('wasmtime/c-divide-O0')]);
  await expect(chip).toHaveAccessibleName('View: i32, 8 bytes a row');
});

test('it holds at 900 px, at 200 % and in forced colours', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 700 });
  const app = new App(page);
  await app.start();
  await app.drop([dump('wasm-encoder/two-regions')]);
  await app.go(100_000);
  const missing = app.memory.getByRole('gridcell', { name: /^000186a0, \?\?, missing/ });
  await expect(missing).toBeInViewport();
  // 200 % of a window of 1,440 by 900 leaves 720 by 450 CSS pixels.
  await page.setViewportSize({ width: 720, height: 450 });
  await app.go(99_000);
  await app.go(100_000);
  await expect(missing).toBeInViewport();
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
  await page.emulateMedia({ forcedColors: 'active' });
  await expect(missing).toHaveText('??');
  const strip = page.getByRole('slider', { name: /^Coverage of memory 0: / });
  const colours = await strip.locator('canvas').evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) return 0;
    const context = canvas.getContext('2d');
    const data = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    return new Set(Array.from({ length: data.length / 4 }, (_, at) => data.slice(at * 4, at * 4 + 3).join()))
      .size;
  });
  expect(colours, 'patterns are drawn').toBeGreaterThan(1);
});
