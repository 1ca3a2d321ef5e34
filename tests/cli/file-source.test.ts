import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileSource } from '../../src/cli/file-source';
import { noise } from '../helpers/sources';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wasmortem-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('FileSource', () => {
  it('reads anywhere, shorter at the end', async () => {
    const bytes = noise(100_000);
    const path = join(folder, 'a');
    writeFileSync(path, bytes);
    const source = await FileSource.open(path);
    expect(source.size).toBe(100_000);
    expect(await source.read(99_000, 500)).toEqual(bytes.slice(99_000, 99_500));
    expect(await source.read(99_990, 500)).toEqual(bytes.slice(99_990));
    expect(await source.read(Number.MAX_SAFE_INTEGER - 1, 1)).toEqual(new Uint8Array(0));
    await source.close();
  });

  it('reads past 4 GiB', async () => {
    const path = join(folder, 'large');
    const place = 5 * 2 ** 30;
    const handle = await open(path, 'w');
    await handle.write(Buffer.from('behind'), 0, 6, place);
    await handle.close();
    const source = await FileSource.open(path);
    expect(source.size).toBe(place + 6);
    expect(new TextDecoder().decode(await source.read(place, 100))).toBe('behind');
    await source.close();
  });

  it('says why a path cannot be read', async () => {
    const missing = join(folder, 'missing');
    await expect(FileSource.open(missing)).rejects.toThrow(`${missing}: no such file.`);
    await expect(FileSource.open(folder)).rejects.toThrow(`${folder} is not a file.`);
  });

  it('says that the file has become shorter instead of giving zeros', async () => {
    const path = join(folder, 'shrinking');
    writeFileSync(path, noise(1000));
    const source = await FileSource.open(path);
    truncateSync(path, 500);
    await expect(source.read(400, 200)).rejects.toThrow('1000 bytes at first, now 500');
    await source.close();
  });
});
