import { App } from './app';
import { dump } from './files';
import { expect, test } from './test';
import { type TrueBytes, type TrueFrame, truthOf } from './truth';

/** One dump of every producer, and of every layout that it wrote. */
const DUMPS = [
  'wasmtime/c-divide-O0',
  'wasmtime/globals',
  'wasmtime/memory-2gib',
  'wasmtime/memory-4gib',
  'wasmtime/memory-edges',
  'wasmtime/v13-c-divide',
  'wasmtime/v9-c-divide',
  'wasmedge/crash',
  'wasmer/crash',
  'wasmer/crash-7',
  'rewriter/crash-022',
  'rewriter/crash-0111',
  'rewriter/crash-017',
  'coredump-builder/threads-0110',
  'coredump-builder/threads-022',
  'wasm-encoder/all-types',
  'wasm-encoder/multi-memory',
  'wasm-encoder/v026-frames',
  'wizer/small',
];

const FRAMES_CHECKED = 12;
const PLACES_CHECKED = 4;

for (const folder of DUMPS) {
  test(`${folder}: tree, globals and memory show what is true`, async ({ page }) => {
    const truth = truthOf(folder);
    const app = new App(page);
    await app.start();
    await app.drop([dump(folder)]);
    if (truth.threads.length > 0) await expect(app.threads).toBeVisible();

    await test.step('threads and frames', async () => {
      for (const { name, frames } of truth.threads) {
        await expect(app.threads.getByRole('treeitem').filter({ hasText: name }).first()).toBeVisible();
        for (const frame of frames.slice(0, FRAMES_CHECKED))
          await expect(app.threads.getByRole('treeitem', { name: frameName(frame) }).first()).toBeVisible();
      }
    });

    await test.step('globals', async () => {
      if (truth.globals.length === 0) return;
      const grid = await app.table('Globals');
      await expect(grid).toHaveAttribute('aria-rowcount', String(truth.globals.length + 1));
      for (const [index, global] of truth.globals.entries()) {
        const row = grid.locator(`[role=row][aria-rowindex="${index + 2}"]`);
        if ((await row.count()) === 0) break;
        await expect(row).toContainText(global.type);
        if (global.value === null) continue;
        const text = (await row.innerText()).replaceAll(',', '').replaceAll('−', '-');
        expect(text.split(/\s+/), `global ${index}`).toContain(global.value);
      }
    });

    await test.step('memory', async () => {
      for (const place of truth.bytes.filter(({ memory }) => memory === 0).slice(0, PLACES_CHECKED))
        await expectBytes(app, place);
    });
  });
}

/** A frame's name begins with its index and function; where it stands in it is in the name too. */
function frameName({ index, func, codeoffset }: TrueFrame): RegExp {
  const place = codeoffset === null ? '' : `.*\\+0x${codeoffset.toString(16)}\\b`;
  return new RegExp(`^${index}\\b.*func\\[${func}\\]${place}`);
}

async function expectBytes(app: App, { address, hex }: TrueBytes): Promise<void> {
  await app.go(address);
  for (let at = 0; at < Math.min(8, hex.length / 2); at++) {
    const byte = hex.slice(2 * at, 2 * at + 2);
    const place = (address + at).toString(16).padStart(8, '0');
    const row = app.memory.locator(`[role=row][aria-rowindex="${Math.floor((address + at) / 16) + 1}"]`);
    await expect(row.getByRole('gridcell', { name: `${place}, ${byte}, captured` })).toBeVisible();
  }
}
