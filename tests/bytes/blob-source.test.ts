import { describe, expect, it } from 'vitest';
import { BlobSource, blobFailure } from '../../src/bytes/blob-source';
import { SourceError } from '../../src/bytes/source';
import { noise } from '../helpers/sources';

/** A Blob whose slices cannot be read, as those of a file that is gone. */
function goneBlob(name: string): Blob {
  const gone = { arrayBuffer: () => Promise.reject(new DOMException('gone', name)) };
  return Object.assign(new Blob(['abcdef']), { slice: () => gone });
}

describe('BlobSource', () => {
  it('reads slices, shorter at the end, empty behind it', async () => {
    const bytes = noise(1000);
    const source = new BlobSource(new Blob([bytes]), 'a.core');
    expect(source.size).toBe(1000);
    expect(await source.read(10, 20)).toEqual(bytes.slice(10, 30));
    expect(await source.read(990, 20)).toEqual(bytes.slice(990));
    expect(await source.read(5000, 20)).toEqual(new Uint8Array(0));
    expect(await source.read(Number.MAX_SAFE_INTEGER - 1, 1)).toEqual(new Uint8Array(0));
  });

  it('says in a sentence why a file cannot be read any more', async () => {
    const gone = new BlobSource(goneBlob('NotFoundError'), 'ingest.core.gz');
    await expect(gone.read(0, 4)).rejects.toThrow(SourceError);
    await expect(gone.read(0, 4)).rejects.toThrow('ingest.core.gz was moved or deleted. Open it again.');
    const changed = new BlobSource(goneBlob('NotReadableError'), 'ingest.core.gz');
    await expect(changed.read(0, 4)).rejects.toThrow('has changed since it was opened');
    expect(blobFailure('a.core', 'disk on fire')).toBe(
      'a.core cannot be read (disk on fire). Open it again.',
    );
  });

  it('throws the reason it was aborted with', async () => {
    const source = new BlobSource(new Blob(['abcdef']), 'a.core');
    await expect(source.read(0, 4, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});
