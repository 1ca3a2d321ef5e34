import { afterEach, expect, test, vi } from 'vitest';
import { BlobSource } from '../../src/bytes/blob-source';
import { BlobSpool } from '../../src/bytes/blob-spool';
import { readBlob, readBlobsElsewhere } from '../../src/bytes/read-blob';

const refusal = (name: string) => new DOMException('The I/O read operation failed.', name);

afterEach(() => {
  readBlobsElsewhere(null);
  vi.restoreAllMocks();
});

/** This thread is let read no Blob, as a worker on file:// in WebKit; the other thread is. */
function refused(name = 'NotReadableError') {
  const own = Blob.prototype.arrayBuffer;
  vi.spyOn(Blob.prototype, 'arrayBuffer').mockRejectedValue(refusal(name));
  return vi.fn((blob: Blob) => own.call(blob));
}

test('a Blob that this thread can read is not handed to another', async () => {
  const reader = vi.fn();
  readBlobsElsewhere(reader);
  expect(new Uint8Array(await readBlob(new Blob(['ab'])))).toEqual(new Uint8Array([0x61, 0x62]));
  expect(reader).not.toHaveBeenCalled();
});

test('files and spools are read where Blobs can be read', async () => {
  readBlobsElsewhere(refused());
  const source = new BlobSource(new Blob(['0123456789']), 'a.coredump');
  expect(new TextDecoder().decode(await source.read(3, 4))).toBe('3456');
  const spool = new BlobSpool(4);
  await spool.append(new TextEncoder().encode('abcdefghij'));
  expect(new TextDecoder().decode(await spool.read(2, 7))).toBe('cdefghi');
});

test('a thread that was refused once is not asked again', async () => {
  readBlobsElsewhere(refused());
  await readBlob(new Blob(['ab']));
  const own = vi.mocked(Blob.prototype.arrayBuffer);
  expect(own).toHaveBeenCalledTimes(1);
  await readBlob(new Blob(['cd']));
  expect(own).toHaveBeenCalledTimes(1);
});

test('without another reader the refusal stays, as a sentence', async () => {
  refused();
  const source = new BlobSource(new Blob(['0123']), 'a.coredump');
  await expect(source.read(0, 4)).rejects.toThrow('a.coredump has changed since it was opened');
});

test('a file that is gone is gone for every reader: it is not asked', async () => {
  const reader = refused('NotFoundError');
  readBlobsElsewhere(reader);
  const source = new BlobSource(new Blob(['0123']), 'a.coredump');
  await expect(source.read(0, 4)).rejects.toThrow('a.coredump was moved or deleted');
  expect(reader).not.toHaveBeenCalled();
});

test('a file that both are refused has changed', async () => {
  refused();
  readBlobsElsewhere(async () => {
    throw refusal('NotReadableError');
  });
  const source = new BlobSource(new Blob(['0123']), 'a.coredump');
  await expect(source.read(0, 4)).rejects.toThrow('a.coredump has changed since it was opened');
});
