import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sizeOf } from '../../src/bytes/source';
import { FileSpool } from '../../src/cli/file-spool';
import { streamSource } from '../../src/cli/stdin-source';
import { noise } from '../helpers/sources';

let folder = '';
let before: string | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wasmortem-test-'));
  before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
});
afterEach(() => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  rmSync(folder, { recursive: true });
});

describe('FileSpool', () => {
  it('gives back what was appended, and leaves nothing behind', async () => {
    const bytes = noise(10_000);
    const spool = await FileSpool.create();
    await spool.append(bytes.slice(0, 3000));
    await spool.append(bytes.slice(3000));
    expect(spool.size).toBe(10_000);
    expect(await spool.read(2990, 20)).toEqual(bytes.slice(2990, 3010));
    expect(await spool.read(9990, 100)).toEqual(bytes.slice(9990));
    expect(await spool.read(20_000, 1)).toEqual(new Uint8Array(0));
    await spool.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves nothing behind when the process is killed', () => {
    const spool = new URL('../../src/cli/file-spool.ts', import.meta.url).href;
    const script = `import { createServer } from 'vite';
      const server = await createServer({ configFile: false, logLevel: 'error', appType: 'custom', server: { middlewareMode: true, ws: false } });
      const { FileSpool } = await server.ssrLoadModule(new URL('${spool}').pathname);
      const spool = await FileSpool.create();
      await spool.append(new Uint8Array(10).fill(7));
      console.log((await spool.read(8, 9)).join());
      process.kill(process.pid, 'SIGKILL');`;
    const { signal, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect([signal, stdout]).toEqual(['SIGKILL', '7,7\n']);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('streamSource', () => {
  it('can be read at random while it arrives', async () => {
    const bytes = noise(50_000);
    const spool = await FileSpool.create();
    const pieces = Array.from({ length: 50 }, (_, index) =>
      Buffer.from(bytes.slice(index * 1000, (index + 1) * 1000)),
    );
    const source = streamSource(Readable.from(pieces), spool);
    expect(await source.read(40_500, 10)).toEqual(bytes.slice(40_500, 40_510));
    expect(await source.read(5, 10)).toEqual(bytes.slice(5, 15));
    expect(await sizeOf(source)).toBe(50_000);
    await source.discard();
  });

  it('fails with a sentence when the stream breaks off, and keeps what came', async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from(noise(100));
        throw new Error('connection reset');
      })(),
    );
    const source = streamSource(broken, await FileSpool.create());
    await expect(source.read(50, 100)).rejects.toThrow(
      'Standard input broke off at 100 bytes (connection reset).',
    );
    expect((await source.read(0, 100)).length).toBe(100);
    await source.discard();
  });
});
