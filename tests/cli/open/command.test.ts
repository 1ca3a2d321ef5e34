import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildCli } from '../../helpers/built-cli';
import { noise } from '../../helpers/sources';

let folder = '';
let cli = '';
/** Where the command finds programs and temporary files. */
let programs = '';
let temporary = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wasmortem-cli-'));
  cli = buildCli(folder);
  for (const name of ['site', 'programs', 'temporary']) mkdirSync(join(folder, name));
  programs = join(folder, 'programs');
  temporary = join(folder, 'temporary');
  writeFileSync(join(folder, 'site', 'index.html'), 'the page');
  writeFileSync(join(folder, 'site', '_headers'), '/*\n  X-Policy: yes\n');
  writeFileSync(join(folder, 'app.core'), 'the dump');
  writeFileSync(join(folder, 'app.wasm'), 'the module');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  rmSync(join(programs, 'xdg-open'), { force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly address: string;
  readonly out: () => string;
  readonly err: () => string;
  readonly ended: Promise<[number | null, string | null]>;
}

const ENVIRONMENT = () => ({ PATH: programs, TMPDIR: temporary });

/** Starts the command and waits for its address. */
async function start(args: readonly string[], input?: Uint8Array): Promise<Started> {
  const child = spawn(process.execPath, [cli, 'open', ...args], { cwd: folder, env: ENVIRONMENT() });
  running.add(child);
  let out = '';
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += String(chunk);
  });
  const ended = once(child, 'close') as Promise<[number | null, string | null]>;
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += String(chunk);
      if (out.endsWith('\n')) resolve(out.trim());
    });
    ended.then(() => reject(new Error(`it ended: ${err}`)), reject);
  });
  child.stdin.end(input);
  return { child, address: await address, out: () => out, err: () => err, ended };
}

function fails(args: readonly string[], input = ''): unknown {
  const { status, stderr, stdout } = spawnSync(process.execPath, [cli, 'open', ...args], {
    cwd: folder,
    env: ENVIRONMENT(),
    encoding: 'utf8',
    input,
  });
  return { status, out: stdout, err: stderr };
}

const text = async (url: string | URL) => (await fetch(url)).text();

describe('wasmortem open', () => {
  it('prints an address under which page and files are, and nothing else', async () => {
    const { address, err, out } = await start(['app.core', 'app.wasm', '--no-browser']);
    expect(out()).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/open-[\w-]{22}\/#url=files\/0\/app\.core&module=files\/1\/app\.wasm\n$/,
    );
    expect(err()).toBe('');
    const page = await fetch(address);
    expect([await page.text(), page.headers.get('x-policy')]).toEqual(['the page', 'yes']);
    expect(await text(new URL('files/0/app.core', address))).toBe('the dump');
    expect(await text(new URL('files/1/app.wasm', address))).toBe('the module');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends with %s at once, with status 0', async (signal) => {
    writeFileSync(join(folder, 'big.core'), new Uint8Array(64 * 2 ** 20));
    const { address, child, ended } = await start(['big.core', '--no-browser']);
    // A client that has begun to read and does not go on.
    const response = await fetch(new URL('files/0/big.core', address));
    const began = performance.now();
    child.kill(signal);
    expect(await ended).toEqual([0, null]);
    expect(performance.now() - began).toBeLessThan(5000);
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  it('serves standard input, whole, and leaves nothing of it behind', async () => {
    const bytes = noise(3_000_000);
    const { address, child, ended } = await start(['app.core', '-', '--no-browser'], bytes);
    expect(address).toContain('&module=files/1/standard%2520input');
    const response = await fetch(new URL('files/1/standard%20input', address));
    expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), bytes)).toBe(0);
    child.kill('SIGKILL');
    await ended;
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('takes the port that is asked for', async () => {
    const { address, child, ended } = await start(['app.core', '--no-browser']);
    const { port } = new URL(address);
    expect(fails(['app.core', '--no-browser', '--port', port])).toEqual({
      status: 2,
      out: '',
      err: `wasmortem: Port ${port} is in use. Without --port, a free one is taken.\n`,
    });
    child.kill('SIGINT');
    await ended;
    const again = await start(['app.core', '--no-browser', '--port', port]);
    expect(new URL(again.address).port).toBe(port);
    expect(new URL(again.address).pathname).not.toBe(new URL(address).pathname);
  });

  it.each([
    [['nowhere.core'], 'nowhere.core: no such file.'],
    [['app.core', 'nowhere.wasm'], 'nowhere.wasm: no such file.'],
    [['site'], 'site is not a file.'],
    [['-'], 'Standard input is empty.'],
  ])('%j is wrong', (args, message) => {
    expect(fails(args)).toEqual({ status: 2, out: '', err: `wasmortem: ${message}\n` });
  });

  it('says how to build the page where it is not', () => {
    const alone = join(folder, 'alone');
    mkdirSync(alone);
    writeFileSync(join(alone, 'cli.js'), readFileSync(cli));
    writeFileSync(join(alone, 'package.json'), '{"type":"module"}');
    const { status, stderr } = spawnSync(process.execPath, [join(alone, 'cli.js'), 'open', cli], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([
      2,
      'wasmortem: The page is not built: dist/site is not beside the command. npm run build:site makes it.\n',
    ]);
  });
});

describe.skipIf(process.platform !== 'linux')('the browser', () => {
  /** What opens addresses on Linux desktops. */
  function launcher(script: string): void {
    const path = join(programs, 'xdg-open');
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  }

  it('that fails when nobody reads what is said does not end the command', async () => {
    const failed = join(folder, 'failed');
    launcher(`/bin/sleep 0.3; echo > '${failed}'; exit 3`);
    const { address, child } = await start(['app.core']);
    child.stderr?.destroy();
    await expect.poll(() => existsSync(failed)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await text(address)).toBe('the page');
  });

  it('gets the address', async () => {
    const told = join(folder, 'told');
    launcher(`echo "$#:$1" > '${told}.part' && /bin/mv '${told}.part' '${told}'`);
    const { address, err } = await start(['app.core']);
    await expect.poll(() => existsSync(told)).toBe(true);
    expect(readFileSync(told, 'utf8')).toBe(`1:${address}\n`);
    expect(err()).toBe('');
  });

  it.each([
    ['that fails', 'exit 3', 'xdg-open ended with status 3'],
    ['that is not there', null, 'xdg-open is not installed'],
  ])('%s is no error, and said', async (_, script, why) => {
    if (script !== null) launcher(script);
    const { address, child, ended, err } = await start(['app.core']);
    await expect.poll(err).toBe(`The browser was not opened: ${why}. Open the address yourself.\n`);
    expect(await text(address)).toBe('the page');
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });
});
