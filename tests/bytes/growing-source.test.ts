import { describe, expect, it } from 'vitest';
import { BlobSpool } from '../../src/bytes/blob-spool';
import { GrowingSource } from '../../src/bytes/growing-source';
import { SourceError, sizeOf } from '../../src/bytes/source';
import { noise } from '../helpers/sources';

/** Whether the promise is settled once all that can run has run. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  const later = new Promise<'later'>((resolve) => setTimeout(() => resolve('later'), 5));
  const outcome = await Promise.race([
    promise.then(
      () => 'done',
      () => 'done',
    ),
    later,
  ]);
  return outcome === 'done';
}

describe('GrowingSource', () => {
  it('answers a read as soon as its last byte has arrived, and no earlier', async () => {
    const bytes = noise(100);
    const source = new GrowingSource(new BlobSpool());
    const near = source.read(0, 10);
    const far = source.read(40, 20);
    await source.append(bytes.slice(0, 10));
    expect(await near).toEqual(bytes.slice(0, 10));
    expect(await settled(far)).toBe(false);
    await source.append(bytes.slice(10, 59));
    expect(await settled(far)).toBe(false);
    await source.append(bytes.slice(59));
    expect(await far).toEqual(bytes.slice(40, 60));
    expect(source.size).toBeNull();
  });

  it('answers what waits with what there is when it ends, and knows its size then', async () => {
    const source = new GrowingSource(new BlobSpool());
    const size = sizeOf(source);
    const read = source.read(5, 100);
    await source.append(noise(10));
    source.end();
    expect((await read).length).toBe(5);
    expect(await size).toBe(10);
  });

  it('fails reads into what cannot be had, and those only', async () => {
    const source = new GrowingSource(new BlobSpool());
    const waiting = source.read(5, 100);
    await source.append(noise(10));
    source.fail(new SourceError('The download broke off.'));
    await expect(waiting).rejects.toThrow('The download broke off.');
    await expect(source.read(9, 2)).rejects.toThrow('The download broke off.');
    expect((await source.read(0, 10)).length).toBe(10);
  });

  it('lets go of a read that is aborted', async () => {
    const source = new GrowingSource(new BlobSpool());
    const stop = new AbortController();
    const read = source.read(0, 10, stop.signal);
    stop.abort(new Error('another file was dropped'));
    await expect(read).rejects.toThrow('another file was dropped');
  });
});
