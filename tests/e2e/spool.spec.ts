import { App } from './app';
import { dump } from './files';
import { expect, type Page, test } from './test';

/** Names of the files in the origin's private file system that hold inflated data. */
function spools(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const names: string[] = [];
    try {
      for await (const name of (await root.getDirectoryHandle('wasmortem-spool')).keys()) names.push(name);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
    }
    return names;
  });
}

async function openGzip(app: App): Promise<void> {
  await app.start();
  await app.drop([dump('wasm-encoder/many-segments')]);
  await expect(app.threads).toBeVisible();
}

test('inflated data of tabs that are gone is removed, that of open ones is not', async ({
  page,
  context,
}) => {
  await openGzip(new App(page));
  const [mine] = await spools(page);
  expect(mine).toBeDefined();

  const other = await context.newPage();
  await openGzip(new App(other));
  const both = await spools(page);
  expect(both).toHaveLength(2);
  expect(both).toContain(mine);

  await other.close();
  const third = await context.newPage();
  await openGzip(new App(third));
  const left = await spools(page);
  expect(left).toHaveLength(2);
  expect(left).toContain(mine);
  expect(left.filter((name) => both.includes(name))).toEqual([mine]);
});
