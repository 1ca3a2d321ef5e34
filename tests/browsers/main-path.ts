import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { zipOf } from '../app/intake/zip-file';
import { type Host, host } from '../e2e/host';
import { RangeServer } from '../e2e/range-server';
import { fixture, fixtureFile } from '../fixture';
import type { Driver } from './driver';
import type { Query } from './in-page';
import { Page } from './page';

const CACHE = fileURLToPath(new URL('../../.cache/browsers/', import.meta.url));
const RESULTS = fileURLToPath(new URL('../../test-results/browsers/', import.meta.url));
const WATCH = readFileSync(new URL('./watch.js', import.meta.url), 'utf8');
const ONE_FILE = new URL('../../dist/wasmortem.html', import.meta.url);
const C = 'wasmtime/c-divide-O0';
const GZIPPED = 'wasm-encoder/many-segments/many-segments.coredump.gz';

/** The names of the inflated files in the browser's own file system; null where it has none. */
const SPOOLED = `
  if (navigator.storage?.getDirectory === undefined) return null;
  const root = await navigator.storage.getDirectory();
  const names = [];
  for await (const name of (await root.getDirectoryHandle('wasmortem-spool')).keys()) names.push(name);
  return names;`;
const FILES = 'input[aria-label="Open files"]';
const TREE: Query = { role: 'tree', name: 'Threads' };
const MEMORY: Query = { role: 'grid', name: 'Memory' };
const GO_TO: Query = { role: 'textbox', name: 'Go to' };
const STATUS: Query = { role: 'status' };
const frame = (name: string): Query => ({ role: 'treeitem', name: `/${name}/`, within: TREE });
const tab = (name: string): Query => ({ role: 'tab', name: `/^${name}/` });

/**
 * The way from a file to why its program died, and to a link for somebody else: the same in every browser.
 * @param start starts the browser; called once.
 */
export function mainPath(start: () => Promise<Driver>): void {
  const folder = `${CACHE}${process.pid}/`;
  let driver: Driver;
  let page: Page;
  let site: Host;
  let server: RangeServer;

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    site = await host('/tools/wasmortem/');
    site.scripts.set('watch.js', WATCH);
    site.inject = '<script src="watch.js"></script>';
    server = await RangeServer.start();
    driver = await start();
    console.log(`${driver.title}, driven by tests/browsers`);
    await driver.resize(1440, 900);
  });
  beforeEach(() => {
    page = new Page(driver);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPicture(driver, task.name);
    await page.expectNoErrors();
  });
  afterAll(async () => {
    await driver?.close();
    await Promise.all([site?.close(), server?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  /** A fixture's file on the disk, as its producer wrote it. */
  const onDisk = (file: string): string => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, fixture(file));
    return path;
  };
  const dumpOf = (name: string) => onDisk(fixtureFile(name));
  const ALL = () => [dumpOf(C), onDisk(`${C}/c-divide-O0.wasm`), onDisk(`${C}/crash.c`)];
  /** The page is not only drawn: its script runs. */
  const ready = () =>
    expect
      .poll(() => driver.run(`return document.querySelector('${FILES}') !== null`), { timeout: 15_000 })
      .toBe(true);
  const begin = async () => {
    await page.open(site.url);
    await ready();
  };
  const openAll = async () => {
    await begin();
    await page.drop(ALL());
    await page.shows(frame('divide'), 'crash.c:13');
  };
  const goTo = async (text: string) => {
    await page.click(GO_TO);
    await driver.press('Control+a');
    await driver.type(text);
    await driver.press('Enter');
  };

  test('a dump, its module and its source are dropped: why it died, where, and from where it was called', async () => {
    await openAll();
    await page.shows({ role: 'heading', name: '/Integer divide by zero/' }, 'Integer divide by zero');
    expect((await page.find({ role: 'treeitem', within: TREE })).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^main/),
      expect.stringMatching(/^0 divide crash\.c:13$/),
      expect.stringMatching(/^1 helper crash\.c:18$/),
      expect.stringMatching(/^2 walk crash\.c:22$/),
      expect.stringMatching(/^3 main crash\.c:30$/),
      expect.stringMatching(/^Run-time start-up, 4 frames$/),
    ]);
    await page.shows({ role: 'region', name: 'Frame' }, '13 int q = a / b;');
    const place: Query = { role: 'button', name: 'crash.c:13:13', within: { role: 'region', name: 'Frame' } };
    expect((await page.one(place)).underline).toBe('solid');
    await page.click(frame('walk'));
    await page.is(frame('walk'), 'selected');
    await page.shows({ role: 'region', name: 'Frame' }, 'crash.c:22');
    await page.click(tab('Source'));
    await page.shows({ role: 'grid', name: 'Source of crash.c' }, 'walk');
    await page.click(tab('Disassembly'));
    await page.says('call');
    await page.click(frame('divide'));
    await page.says('i32.div_s');
  });

  test('the file input takes them too, and the memory shows bytes, their states and any address', async () => {
    await begin();
    await driver.choose(FILES, ALL());
    await page.shows(frame('divide'), 'crash.c:13');
    await goTo('0xff9c');
    await page.shows(STATUS, /0x0000ff9c 0b captured, segment 0, file offset 0x/);
    await page.is(MEMORY, 'ringed');
    await page.one({ role: 'gridcell', name: '0000ff9c, 0b, captured', within: MEMORY });
    await goTo('8');
    await page.shows(STATUS, /0x00000008 .*zero/);
    await goTo('0x20000');
    await page.shows(STATUS, /0x00020000 .*out of bounds/);
    await page.click(tab('Globals'));
    await page.shows({ role: 'grid', name: 'Globals' }, /65,?440/);
  });

  test('a pointer into bytes that are not there is marked before it is followed', async () => {
    await begin();
    await page.click({ role: 'button', name: '/^A pointer into nowhere/' });
    await goTo('0xff00');
    const missing: Query = { role: 'button', name: '/^0x0*20010$/' };
    expect((await page.one(missing)).underline).toBe('dashed');
    await goTo('0xff04');
    expect((await page.one({ role: 'button', name: '/^0x0*ffdc$/' })).underline).toBe('solid');
  });

  test('4 GiB scroll to the last byte by address, keys, wheel and scroll bar', async () => {
    await begin();
    await page.click({ role: 'button', name: '/^A 4 GiB memory/' });
    await page.one(MEMORY);
    await goTo('end-1');
    await page.shows(STATUS, '0xffffffff');
    const last: Query = { role: 'row', name: '/^fffffff0/', within: MEMORY };
    const { x, y } = await page.one(last);
    expect(y).toBeLessThan(900);
    await page.click({ role: 'gridcell', name: '/^fffffff0/', within: last });
    await driver.press('Control+Home');
    await page.shows(STATUS, '0x00000000');
    await page.one({ role: 'row', name: '/^00000000/', within: MEMORY });
    await driver.press('Control+End');
    await page.shows(STATUS, '0xffffffff');
    await page.one(last);
    await driver.wheel({ x, y: 400 }, -2000);
    await expect.poll(async () => (await page.find(last)).length).toBe(0);
    await driver.wheel({ x, y: 400 }, 4000);
    await page.one(last);
    // With the gap open there are more rows than an element may be high in any browser: the scroll bar goes in proportion.
    await goTo('0x80000000');
    await page.one({ role: 'row', name: '/^80000000/', within: MEMORY });
    const drag = (to: string) =>
      driver.run(
        `const bar = document.querySelector('[role=grid][aria-label=Memory]'); bar.scrollTop = ${to};`,
      );
    await drag('0');
    await page.one({ role: 'row', name: '/^00000000/', within: MEMORY });
    await drag('bar.scrollHeight / 2');
    await page.one({ role: 'row', name: '/^[678]/', within: MEMORY });
    await drag('bar.scrollHeight');
    await page.one(last);
  });

  test('a selection is in the address; Back undoes it, and the link shows it to somebody else', async () => {
    await page.open(`${site.url}#dump=${embedded(C)}`);
    await page.one(frame('2'));
    await page.click(frame('^2 '));
    await page.hashBecomes(/&f=2/);
    await goTo('0x1004c');
    await page.hashBecomes(/&f=2&a=1004c/);
    const link = String(await driver.run('return location.href'));
    await page.back();
    await page.hashBecomes(/&f=2&dump/);
    await page.back();
    await page.hashBecomes(/^#dump|^#v=1&dump/);
    await page.is(frame('^0 '), 'selected');
    await page.open(link);
    await page.is(frame('^2 '), 'selected');
    await page.shows(STATUS, '0x0001004c 0a captured');
  });

  test('Copy link puts the dump into a link that opens', async () => {
    await begin();
    await page.drop([dumpOf(C)]);
    await page.click(frame('^1 '));
    await page.click({ role: 'button', name: 'Copy link' });
    await page.click({ role: 'button', name: '/^Copy link with the dump inside/' });
    await page.one({ role: 'button', name: 'Copied' });
    await driver.press('Escape');
    const link = await page.pasted();
    expect(link).toMatch(/#v=1&f=1&name=c-divide-O0.coredump&dump=/);
    await page.open(link);
    await page.is(frame('^1 '), 'selected');
  });

  test('a gzipped dump is inflated', async () => {
    await begin();
    await page.drop([onDisk(GZIPPED)]);
    await page.one(TREE);
    await page.says('150,000 of 2,424,832 bytes captured');
    await goTo('2399984');
    await page.shows(STATUS, '0x00249ef0 3c captured');
    // In the browser's own file system where there is one (Firefox), else in Blobs (WebKitGTK has none).
    const spooled = (await driver.run(SPOOLED)) as readonly string[] | null;
    expect(spooled === null || spooled.length === 1, `spooled: ${spooled}`).toBe(true);
  });

  test('a zip is looked into', async () => {
    await begin();
    const names = ['cpp-shapes-O1.coredump', 'cpp-shapes-O1.wasm'];
    const files = names.map((name) => ({ name, bytes: fixture(`wasmtime/cpp-shapes-O1/${name}`) }));
    const zip = join(folder, 'shapes.zip');
    writeFileSync(zip, zipOf(files));
    await page.drop([zip]);
    await page.shows(TREE, /::/);
  });

  test('a dump on another host is asked for, in parts, after consent', async () => {
    const url = server.serve('/a.coredump', { bytes: fixture(fixtureFile(C)) });
    const module = server.serve('/a.wasm', { bytes: fixture(`${C}/c-divide-O0.wasm`) });
    await page.open(`${site.url}#url=${encodeURIComponent(url)}&module=${encodeURIComponent(module)}`);
    await page.one({ role: 'heading', name: `Contact ${new URL(url).origin}?` });
    expect(server.seen).toEqual([]);
    // The question is not armed at once.
    await expect
      .poll(() => driver.run(`return document.querySelectorAll('button[aria-disabled="true"]').length`))
      .toBe(0);
    await page.click({ role: 'button', name: '/^Contact .* and open$/' });
    await page.shows(frame('divide'), 'crash.c:13');
    expect(server.seen.every(({ range }) => range !== null)).toBe(true);
  });

  test('the theme follows the system, then the user', async () => {
    await openAll();
    const ground = () => driver.run('return getComputedStyle(document.documentElement).backgroundColor');
    const [system, light, dark] = [await ground(), 'rgb(236, 238, 242)', 'rgb(18, 19, 23)'];
    expect([light, dark]).toContain(system);
    await page.click({ role: 'button', name: 'Theme: system' });
    await expect.poll(ground).toBe(light);
    await page.click({ role: 'button', name: 'Theme: light' });
    await expect.poll(ground).toBe(dark);
    await page.reload();
    await ready();
    expect(await ground()).toBe(dark);
    await driver.run('localStorage.clear()');
  });

  test('with keys alone', async () => {
    await begin();
    await page.tabTo({ role: 'button', name: '/^Integer divide by zero/' });
    await driver.press('Enter');
    await page.one(frame('divide'));
    await page.tabTo(TREE);
    await driver.press('ArrowDown');
    await page.is(frame('helper'), 'selected');
    await driver.press('Control+g');
    await page.is(GO_TO, 'focused');
    await driver.type('0xff9c');
    await driver.press('Enter');
    await page.is(MEMORY, 'focused');
    await page.shows(STATUS, '0x0000ff9c 0b captured');
    await driver.press('ArrowRight');
    await page.shows(STATUS, '0x0000ff9d');
    await driver.press('ArrowDown');
    await page.shows(STATUS, '0x0000ffad');
    await driver.press('F6');
    expect((await page.find(MEMORY))[0]?.focused).toBe(false);
    await page.tabTo(tab('Globals'));
    await driver.press('Escape');
  });

  test('the one file opens from the disk, and all of it works there', async () => {
    const copy = join(folder, 'wasmortem.html');
    writeFileSync(copy, watched(readFileSync(ONE_FILE, 'utf8')));
    await page.open(pathToFileURL(copy).href);
    await ready();
    await page.drop(ALL());
    await page.shows(frame('divide'), 'crash.c:13');
    await goTo('0xff9c');
    await page.shows(STATUS, '0x0000ff9c 0b captured');
    await page.click(tab('Disassembly'));
    await page.says('i32.div_s');
    await page.open(pathToFileURL(copy).href);
    await ready();
    await page.drop([onDisk(GZIPPED)]);
    await page.says('150,000 of 2,424,832 bytes captured');
    await page.open(`${pathToFileURL(copy).href}#dump=${embedded(C)}`);
    await page.one(frame('^0 '));
  });

  test('after a visit the page is there without its network', async () => {
    await page.open(site.url);
    await driver.run('await navigator.serviceWorker.ready');
    await expect.poll(() => driver.run('return navigator.serviceWorker.controller !== null')).toBe(true);
    await site.close();
    await page.reload();
    await ready();
    await page.click({ role: 'button', name: '/^Integer divide by zero/' });
    await page.shows(frame('divide'), 'crash.c:13');
    await page.click(tab('Disassembly'));
    await page.says('i32.div_s');
  });
}

/** What the page looked like when a test failed. */
async function keepPicture(driver: Driver, test: string): Promise<void> {
  const path = join(RESULTS, `${driver.title}-${test}`.replace(/[^\w.-]+/g, '-').slice(0, 100));
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(`${path}.png`, await driver.picture());
}

/** A dump as a link holds it, compressed by another program. */
const embedded = (name: string) => deflateRawSync(fixture(fixtureFile(name))).toString('base64url');

/** The single file with watch.js before its own scripts, and as one of the scripts that its policy allows. */
function watched(html: string): string {
  const hash = createHash('sha256').update(WATCH).digest('base64');
  return html
    .replace('script-src ', () => `script-src 'sha256-${hash}' `)
    .replace('<script>', () => `<script>${WATCH}</script><script>`);
}
