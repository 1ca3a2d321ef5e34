import { rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { zipOf } from '../app/intake/zip-file';
import { fixture } from '../fixture';
import { App } from './app';
import { expectAccessible } from './axe';
import { dump, made } from './files';
import { RangeServer } from './range-server';
import { expect, type Locator, type Page, test } from './test';

const C = 'wasmtime/c-divide-O0';
const NAME = 'c-divide-O0.coredump';
const files = ['c-divide-O0.coredump', 'c-divide-O0.wasm', 'crash.c'] as const;
/** The three files of the program, in a folder of the test's own. */
const program = (folder: string) =>
  files.map((name) => made(`recent/${folder}/${name}`, fixture(`${C}/${name}`)));

const listed = (page: Page): Locator => page.getByRole('region', { name: 'Opened before' });
const rows = (page: Page): Locator => listed(page).getByRole('listitem');
const row = (page: Page, name: string): Locator => rows(page).filter({ hasText: name });
const nameOf = (page: Page, name: string): Locator => listed(page).getByRole('button', { name, exact: true });
const keep = (page: Page): Locator => page.getByRole('button', { name: 'Keep a copy', exact: true });

/** What is in the browser's storage for the page: entries, files of its own file system, keys of the list. */
function stored(page: Page) {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    let entries = 0;
    for (const name of names) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of database.objectStoreNames)
        entries += await new Promise<number>((resolve, reject) => {
          const request = database.transaction(store).objectStore(store).count();
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      database.close();
    }
    const paths: string[] = [];
    const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const child of folder.values()) {
        paths.push(path + child.name);
        if (child.kind === 'directory')
          await walk(child as FileSystemDirectoryHandle, `${path}${child.name}/`);
      }
    };
    try {
      await walk(await navigator.storage.getDirectory(), '');
    } catch (error) {
      // Removed while it is gone through: who waits for the end of it asks again.
      paths.push(String(error));
    }
    return { entries, paths, rows: localStorage.getItem('wasmortem.recent') };
  });
}

const NOTHING = { entries: 0, paths: [], rows: null };

/** Drops files on the page, and goes back to the start page when the dump is in the list. */
async function openAndClose(app: App, paths: readonly string[], headline: RegExp): Promise<void> {
  const { page } = app;
  await app.drop(paths);
  await recorded(page, new RegExp(`^${basename(paths[0] ?? '')}: ${headline.source}`));
  await page.getByRole('button', { name: 'Wasmortem: close this dump' }).click();
  await expect(listed(page)).toBeVisible();
}

/** Waits until the list in the browser's storage has such an entry first: `name: headline`. */
async function recorded(page: Page, headline: RegExp): Promise<void> {
  const headlines = () =>
    page.evaluate(async () => {
      // To open it before the page did would make it, without what is in it.
      const names = (await indexedDB.databases()).map(({ name }) => name);
      if (!names.includes('wasmortem')) return '';
      return new Promise<string>((resolve) => {
        const request = indexedDB.open('wasmortem');
        request.onsuccess = () => {
          const database = request.result;
          const done = (text: string) => {
            database.close();
            resolve(text);
          };
          if (!database.objectStoreNames.contains('recent')) {
            done('');
            return;
          }
          const get = database.transaction('recent').objectStore('recent').get('entries');
          get.onsuccess = () =>
            done(
              ((get.result ?? []) as { name: string; headline: string }[])
                .map((one) => `${one.name}: ${one.headline}`)
                .join('\n'),
            );
        };
      });
    });
  await expect.poll(headlines).toMatch(headline);
}

async function keepCopy(page: Page): Promise<void> {
  await keep(page).click();
  await page.getByRole('button', { name: /^Keep a copy, / }).click();
  await expect(page.getByText(/^Copy kept, [\d.]+ KiB, in/)).toBeVisible();
  await page.keyboard.press('Escape');
}

test('lists what was opened: name, why it died, size, modules, when; a click opens all of it after a reload', async ({
  page,
}) => {
  const app = new App(page);
  await app.start();
  await expect(listed(page)).toHaveCount(0);
  await openAndClose(app, program('list'), /Integer divide by zero/);
  const entry = row(page, NAME);
  await expect(entry).toContainText('Integer divide by zero in divide crash.c:13');
  await expect(entry).toContainText(/4\.76 KiB, 1 module, today \d\d:\d\d/);
  await page.reload();
  await nameOf(page, NAME).click();
  await expect(app.frames().first()).toContainText('divide crash.c:13');
  await page.getByRole('tab', { name: 'Source' }).click();
  await expect(page.getByRole('grid', { name: 'Source of crash.c' })).toBeVisible();
  await page.getByRole('button', { name: 'Wasmortem: close this dump' }).click();
  await expect(rows(page)).toHaveCount(1);
});

test('a reload offers to open what was open', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop(program('reload'));
  await recorded(page, /Integer divide by zero/);
  await page.reload();
  await expect(page.getByText('was open before the reload.')).toBeVisible();
  await page.getByRole('button', { name: 'Open it again' }).click();
  await expect(app.frames().first()).toContainText('divide crash.c:13');
});

test('samples are not listed', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await page.getByRole('button', { name: 'A bare backtrace' }).click();
  await expect(app.frames()).toHaveCount(8);
  await page.waitForTimeout(800);
  expect(await stored(page)).toEqual(NOTHING);
});

test('a file that has changed opens and is said to have, with both sizes; one that is gone is said to be', async ({
  page,
}) => {
  const app = new App(page);
  await app.start();
  const [path = '', module = ''] = program('changed');
  await openAndClose(app, [path, module], /Integer divide by zero/);
  writeFileSync(path, Buffer.concat([fixture(`${C}/${NAME}`), Buffer.from([0, 2, 1, 0x61])]));
  await nameOf(page, NAME).click();
  await expect(page.getByRole('alert')).toContainText(
    `${NAME} has changed since it was opened: 4,876 bytes then, 4,880 now, written today`,
  );
  await recorded(page, /Integer divide by zero/);
  await page.getByRole('button', { name: 'Wasmortem: close this dump' }).click();
  // Still one entry: it is the same file.
  await expect(rows(page)).toHaveCount(1);

  rmSync(module);
  await nameOf(page, NAME).click();
  await expect(page.getByRole('alert')).toContainText('c-divide-O0.wasm was moved or deleted.');
  await expect(app.frames()).toHaveCount(8);
  await page.getByRole('button', { name: 'Wasmortem: close this dump' }).click();

  rmSync(path);
  await nameOf(page, NAME).click();
  await expect(row(page, NAME).getByRole('alert')).toHaveText(`${NAME} was moved or deleted.`);
});

test('a file of the same size that was written since is said to be', async ({ page }) => {
  const app = new App(page);
  await app.start();
  const [path = ''] = program('touched');
  await openAndClose(app, [path], /Stopped in/);
  const later = new Date(Date.now() - 86_400_000);
  utimesSync(path, later, later);
  await nameOf(page, NAME).click();
  await expect(page.getByRole('alert')).toContainText(
    /has changed since it was opened: still 4,876 bytes, written yesterday/,
  );
});

test('without permission nothing opens, and the entry says so; the next click asks again', async ({
  page,
}) => {
  const app = new App(page);
  await app.start();
  await openAndClose(app, [dump(C)], /Stopped in/);
  await page.evaluate(() => {
    let asked = 0;
    const prototype = FileSystemHandle.prototype as unknown as Record<string, unknown>;
    prototype['requestPermission'] = async () => (asked++ === 0 ? 'denied' : 'granted');
  });
  await nameOf(page, NAME).click();
  await expect(row(page, NAME).getByRole('alert')).toHaveText(
    `${NAME} may not be read: the browser was not given permission.`,
  );
  await nameOf(page, NAME).click();
  await expect(app.frames()).toHaveCount(8);
});

test('a zip of several dumps opens again with the one that was chosen', async ({ page }) => {
  const app = new App(page);
  await app.start();
  const zip = zipOf([
    { name: 'a/first.coredump', bytes: fixture(`${C}/${NAME}`) },
    { name: 'b/second.coredump', bytes: fixture('wasmer/crash-7/crash-7.coredump') },
  ]);
  await app.drop([made('recent/two.zip', zip)]);
  await page.getByRole('button', { name: 'b/second.coredump' }).click();
  await expect(page).toHaveTitle(/second\.coredump/);
  await recorded(page, /Stopped in/);
  await page.reload();
  await nameOf(page, 'second.coredump').click();
  await expect(page).toHaveTitle(/second\.coredump/);
  await expect(app.frames()).toHaveCount(8);
});

test('a folder opens again', async ({ page }) => {
  const app = new App(page);
  await app.start();
  const [path = ''] = program('folder');
  await app.drop([dirname(path)]);
  await recorded(page, /Integer divide by zero/);
  await page.reload();
  await nameOf(page, NAME).click();
  await expect(app.frames().first()).toContainText('divide crash.c:13');
});

test('what the dialog for files gives can be opened again', async ({ page }) => {
  const app = new App(page);
  await page.addInitScript(() => {
    Object.assign(window, {
      showOpenFilePicker: async () => {
        const root = await navigator.storage.getDirectory();
        return [await root.getFileHandle('chosen.coredump')];
      },
    });
  });
  await app.start();
  await page.evaluate(
    async (bytes) => {
      const root = await navigator.storage.getDirectory();
      const file = await (await root.getFileHandle('chosen.coredump', { create: true })).createWritable();
      await file.write(new Uint8Array(bytes));
      await file.close();
    },
    Array.from(fixture(`${C}/${NAME}`)),
  );
  await page.getByRole('button', { name: 'Open a file' }).click();
  await expect(app.frames()).toHaveCount(8);
  await recorded(page, /Stopped in/);
  await page.reload();
  await nameOf(page, 'chosen.coredump').click();
  await expect(app.frames()).toHaveCount(8);
});

test('where the browser has no handles, the entry says what to do and is no button', async ({ page }) => {
  const app = new App(page);
  await page.addInitScript(() => Reflect.deleteProperty(DataTransferItem.prototype, 'getAsFileSystemHandle'));
  await app.start();
  await openAndClose(app, [dump(C)], /Stopped in/);
  await expect(row(page, NAME)).toContainText('drop it again to open it');
  await expect(nameOf(page, NAME)).toHaveCount(0);
  // The same file again is the same entry.
  await openAndClose(app, [dump(C)], /Stopped in/);
  await expect(rows(page)).toHaveCount(1);
});

test('a link is listed as it was written, and opens again', async ({ page }) => {
  const app = new App(page);
  await page.goto('/#url=samples/c-divide-O0.coredump&module=samples/c-divide-O0.wasm.gz');
  await expect(app.frames().first()).toContainText('divide');
  await recorded(page, /Integer divide by zero/);
  await page.goto('about:blank');
  await app.start();
  await expect(row(page, NAME)).toContainText('from samples/c-divide-O0.coredump');
  await nameOf(page, NAME).click();
  await expect(app.frames().first()).toContainText('divide');
  await expect(page).toHaveURL(/url=samples/);
});

test('a copy opens after a reload, without the files; its size is said before and after', async ({
  page,
}) => {
  const app = new App(page);
  await app.start();
  const paths = program('copy');
  await app.drop(paths);
  await expect(app.frames().first()).toContainText('divide crash.c:13');
  await keep(page).click();
  await expect(page.getByRole('dialog', { name: 'Keep a copy' })).toContainText(
    /Of the dump, 1 module and 1 source text, in this browser's storage for this page; the browser says that it has room for/,
  );
  await expectAccessible(page, 'keep a copy', 'without-cells');
  await page.getByRole('button', { name: 'Keep a copy, 145 KiB' }).click();
  await expect(page.getByText(/^Copy kept, 145 KiB, in 3 files/)).toBeVisible();
  expect((await stored(page)).paths.filter((path) => /\/\d$/.test(path))).toHaveLength(3);
  for (const path of paths) rmSync(path);
  await page.reload();
  await expect(row(page, NAME)).toContainText('copy kept, 145 KiB');
  await nameOf(page, NAME).click();
  await expect(app.frames().first()).toContainText('divide crash.c:13');
  await page.getByRole('tab', { name: 'Source' }).click();
  await expect(page.getByRole('grid', { name: 'Source of crash.c' })).toBeVisible();
  await recorded(page, /Integer divide by zero/);
  await keep(page).click();
  await page.getByRole('button', { name: 'Forget the copy' }).click();
  await expect(page.getByRole('button', { name: 'Keep a copy, 145 KiB' })).toBeVisible();
  await expect.poll(async () => (await stored(page)).paths).toEqual(['wasmortem-copies']);
});

test('a copy of what a link opened holds the bytes that the session has', async ({ page }) => {
  const app = new App(page);
  await page.goto('/#url=samples/c-divide-O0.coredump&module=samples/c-divide-O0.wasm.gz');
  await expect(app.frames().first()).toContainText('divide');
  await keepCopy(page);
  await page.goto('about:blank');
  await app.start();
  await page.route('**/samples/**', (route) => route.abort());
  await nameOf(page, NAME).click();
  await expect(app.frames().first()).toContainText('divide crash.c:13');
});

test('a large copy shows how far it is and can be stopped; then nothing of it is left', async ({ page }) => {
  const app = new App(page);
  await app.start();
  // A custom section of 600 MiB behind the others: its size as LEB128, a name of one letter, and a hole in the disk.
  const head = Buffer.from([0, 0x80, 0x80, 0x80, 0xac, 0x02, 1, 0x78]);
  const path = made('recent/large.coredump', Buffer.concat([fixture(`${C}/${NAME}`), head]));
  truncateSync(path, statSync(path).size - 2 + 600 * 2 ** 20);
  await app.drop([path]);
  await recorded(page, /^large\.coredump/);
  await keep(page).click();
  await page.getByRole('button', { name: 'Keep a copy, 600 MiB' }).click();
  const bar = page.getByRole('progressbar', { name: /^Copying [\d.]+ of 600 MiB/ });
  await expect(bar).toBeVisible();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Keep a copy, 600 MiB' })).toBeVisible();
  // The focus was on a button that is gone.
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  await expect.poll(async () => (await stored(page)).paths).toEqual(['wasmortem-copies']);
  rmSync(path);
});

test('a copy is refused before anything is written where there is no room', async ({ page }) => {
  const app = new App(page);
  await app.start();
  const session = await page.context().newCDPSession(page);
  await app.drop([dump(C)]);
  await expect(app.frames()).toHaveCount(8);
  await recorded(page, /Stopped in/);
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
  await keep(page).click();
  await page.getByRole('button', { name: /^Keep a copy, / }).click();
  await expect(page.getByRole('alert')).toHaveText(
    /^No copy was kept: (it needs 4,876 bytes, and|the storage was full after 0 of 4,876 bytes)/,
  );
  expect((await stored(page)).paths).toEqual([]);
});

test('forget all leaves nothing in the browser; so does turning it off, and then nothing is written', async ({
  page,
}) => {
  const app = new App(page);
  await app.start();
  await openAndClose(app, [dump('wasmer/crash-7')], /Stopped in/);
  await app.drop([dump(C)]);
  await expect(app.frames()).toHaveCount(8);
  await keepCopy(page);
  await page.getByRole('button', { name: 'Wasmortem: close this dump' }).click();
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Forget all: 2 dumps and 1 copy, 4.76 KiB' }).click();
  await expect(rows(page)).toHaveCount(0);
  await expect.poll(() => stored(page)).toEqual(NOTHING);

  await app.drop([dump(C)]);
  await expect(app.frames()).toHaveCount(8);
  await keepCopy(page);
  await page.getByRole('button', { name: 'Wasmortem: close this dump' }).click();
  await page.getByRole('checkbox', { name: 'Remember opened dumps' }).click();
  // A copy may be all that is left of a dump: it is asked for.
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Forget them' }).click();
  await expect(page.getByRole('checkbox', { name: 'Remember opened dumps' })).not.toBeChecked();
  await expect.poll(() => stored(page)).toEqual({ ...NOTHING, rows: 'off' });
  await app.drop([dump(C)]);
  await expect(app.frames()).toHaveCount(8);
  await page.waitForTimeout(800);
  await keep(page).click();
  await expect(page.getByText('Nothing is kept: “Remember opened dumps” is off')).toBeVisible();
  expect(await stored(page)).toEqual({ ...NOTHING, rows: 'off' });
});

test('two tabs: what one opens, keeps and forgets, the other shows; neither sweeps what the other keeps', async ({
  page,
  context,
}) => {
  const app = new App(page);
  await app.start();
  const other = new App(await context.newPage());
  await other.start();
  await app.drop([dump(C)]);
  await expect(app.frames()).toHaveCount(8);
  await expect(nameOf(other.page, NAME)).toBeVisible();
  await keepCopy(page);
  await expect(row(other.page, NAME)).toContainText('copy kept');
  await other.page.reload();
  await expect(row(other.page, NAME)).toContainText('copy kept');
  expect((await stored(page)).paths.length).toBe(3);
  await other.page.getByRole('button', { name: `Forget ${NAME}` }).click();
  await expect.poll(() => stored(other.page)).toEqual(NOTHING);
  // Forgotten while it is open: it stays forgotten, whatever more becomes known of it.
  await app.drop(program('tabs').slice(1, 2), `Add to ${NAME}`);
  await expect(app.frames().first()).toContainText('divide');
  await page.waitForTimeout(800);
  expect(await stored(page)).toEqual(NOTHING);
});

test('a copy without an entry, left behind by a crash, is removed at the next start', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await app.drop([dump(C)]);
  await expect(app.frames()).toHaveCount(8);
  await keepCopy(page);
  await page.evaluate(async () => {
    const copies = await (await navigator.storage.getDirectory()).getDirectoryHandle('wasmortem-copies');
    await copies.getDirectoryHandle('left-behind', { create: true });
  });
  await page.reload();
  await expect(row(page, NAME)).toContainText('copy kept');
  await expect.poll(async () => (await stored(page)).paths.join(' ')).not.toContain('left-behind');
  expect((await stored(page)).paths.length).toBe(3);
});

test('by keyboard alone: open one, forget one; the focus stays in the list', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await openAndClose(app, [dump('wasmer/crash-7')], /Stopped in/);
  await openAndClose(app, [dump(C)], /Stopped in/);
  await page.getByRole('button', { name: /^Forget all/ }).focus();
  await page.keyboard.press('Tab');
  await expect(nameOf(page, NAME)).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Forget crash-7.coredump' })).toBeFocused();
  await expect(listed(page).getByRole('status')).toHaveText(`Forgotten: ${NAME}`);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveTitle(/crash-7\.coredump/);
});

test('accessible in both themes, with a note; nothing is cut off at 900 and 400 px', async ({ page }) => {
  const app = new App(page);
  await app.start();
  await openAndClose(app, program('axe'), /Integer divide by zero/);
  const [long = ''] = [made(`recent/${'long-name-'.repeat(16)}.coredump`, fixture(`${C}/${NAME}`))];
  await openAndClose(app, [long], /Stopped in/);
  rmSync(long);
  await nameOf(page, `${'long-name-'.repeat(8)}`)
    .or(rows(page).first().getByRole('button').first())
    .first()
    .click();
  await expect(rows(page).first().getByRole('alert')).toContainText('was moved or deleted');
  await expectAccessible(page, 'opened before');
  for (const width of [900, 400]) {
    await page.setViewportSize({ width, height: 700 });
    const wide = await page.evaluate(() => {
      const start = document.querySelector('main');
      return start === null ? -1 : start.scrollWidth - start.clientWidth;
    });
    expect(wide, `${width}`).toBe(0);
    await expect(page.getByRole('button', { name: /^Forget long-name/ })).toBeVisible();
  }
});

test('a browser that stores nothing opens dumps all the same, and lists none', async ({ page }) => {
  const app = new App(page);
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('forbidden', 'SecurityError');
    };
  });
  await app.start();
  await app.drop([dump(C)]);
  await expect(app.frames()).toHaveCount(8);
  await page.waitForTimeout(800);
  await page.getByRole('button', { name: 'Wasmortem: close this dump' }).click();
  await expect(page.getByRole('button', { name: 'Open a file' })).toBeVisible();
  await expect(listed(page)).toHaveCount(0);
});

test.describe('of another host', () => {
  test('an entry asks for consent before the host is asked for anything', async ({ page, context }) => {
    const server = await RangeServer.start();
    const url = server.serve('/far.coredump', { bytes: fixture(`${C}/${NAME}`) });
    const app = new App(page);
    await app.start();
    await openAndClose(app, [dump(C)], /Stopped in/);
    await page.evaluate(async (address) => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open('wasmortem');
        request.onsuccess = () => resolve(request.result);
      });
      const store = database.transaction('recent', 'readwrite').objectStore('recent');
      const read = store.get('entries');
      await new Promise((resolve) => {
        read.onsuccess = resolve;
      });
      const [entry] = read.result as object[];
      store.put([{ ...entry, name: 'far', from: { kind: 'link', dump: address, modules: [] } }], 'entries');
      database.close();
    }, url);
    await page.reload();
    await nameOf(page, 'far').click();
    await expect(page.getByRole('heading', { name: /^Contact http:/ })).toBeVisible();
    expect(server.seen).toEqual([]);
    await context.unrouteAll();
    await server.stop();
  });
});
