import { describe, expect, it } from 'vitest';
import { blobFlow } from '../../src/bytes/blob-flow';
import { BlobSource } from '../../src/bytes/blob-source';
import { readBlobsElsewhere } from '../../src/bytes/read-blob';
import { noise } from '../helpers/sources';

const failure = (error: unknown): Error => new Error(`failed: ${String(error)}`);

/** A blob whose stream is this one. */
const streaming = (stream: unknown): Blob => Object.assign(new Blob([]), { stream: () => stream });

describe('blobFlow', () => {
  it('gives a part of a blob front to back, in the buffers that it is lent', async () => {
    const bytes = noise(300_000);
    const flow = new BlobSource(new Blob([bytes]), 'a.core').flow(1000, 250_000);
    let at = 1000;
    let buffer = new ArrayBuffer(70_000);
    for (;;) {
      const window = (await flow?.read(buffer, 60_000)) ?? new Uint8Array(0);
      if (window.length === 0) break;
      expect(Buffer.compare(window, bytes.subarray(at, at + window.length))).toBe(0);
      expect(window.length).toBe(Math.min(60_000, 250_000 - at));
      expect(window.buffer.byteLength).toBe(70_000);
      at += window.length;
      buffer = window.buffer;
    }
    expect(at).toBe(250_000);
  });

  it('answers calls that were made ahead in their order', async () => {
    const bytes = noise(200_000);
    const flow = blobFlow(new Blob([bytes]), failure);
    const windows = await Promise.all([1, 2, 3].map(() => flow?.read(new ArrayBuffer(50_000), 50_000)));
    expect(
      Buffer.compare(
        Buffer.concat(windows.map((one) => one ?? new Uint8Array(0))),
        bytes.subarray(0, 150_000),
      ),
    ).toBe(0);
  });

  it('fills a window from a platform that does not know `min`', async () => {
    const bytes = noise(1000);
    let at = 0;
    const reader = {
      read: async (room: Uint8Array<ArrayBuffer>) => {
        const { byteOffset, length } = room;
        const moved = structuredClone(room.buffer, { transfer: [room.buffer] });
        const value = new Uint8Array(moved, byteOffset, Math.min(7, length, bytes.length - at));
        value.set(bytes.subarray(at, at + value.length));
        at += value.length;
        return { value, done: value.length === 0 };
      },
      cancel: async () => undefined,
    };
    const flow = blobFlow(streaming({ getReader: () => reader }), failure);
    expect(await flow?.read(new ArrayBuffer(100), 100)).toEqual(bytes.slice(0, 100));
    expect(await flow?.read(new ArrayBuffer(2000), 2000)).toEqual(bytes.slice(100));
  });

  it('is not there where the platform lends no buffers to a stream', () => {
    const stream = {
      getReader: () => {
        throw new TypeError('not a byte stream');
      },
    };
    expect(blobFlow(streaming(stream), failure)).toBeNull();
  });

  it('is not there where another thread has to read Blobs', async () => {
    readBlobsElsewhere(async () => new ArrayBuffer(4));
    const refused = { arrayBuffer: () => Promise.reject(new DOMException('refused', 'NotReadableError')) };
    const source = new BlobSource(Object.assign(new Blob(['abcd']), { slice: () => refused }), 'a.core');
    expect(await source.read(0, 4)).toEqual(new Uint8Array(4));
    expect(source.flow(0, 4)).toBeNull();
    readBlobsElsewhere(null);
    expect(new BlobSource(new Blob(['abcd']), 'a.core').flow(0, 4)).not.toBeNull();
  });

  it('fails with the sentence for what the platform throws, and so does what was asked for behind it', async () => {
    const reader = {
      read: () => Promise.reject(new DOMException('gone', 'NotReadableError')),
      cancel: async () => undefined,
    };
    const flow = blobFlow(streaming({ getReader: () => reader }), failure);
    const reads = [1, 2].map(() => flow?.read(new ArrayBuffer(10), 10));
    await expect(reads[0]).rejects.toThrow('failed: NotReadableError');
    await expect(reads[1]).rejects.toThrow('The flow was closed.');
  });

  it('throws the reason it was aborted with, also while it waits', async () => {
    const stop = new AbortController();
    const waiting = new ReadableStream({ type: 'bytes' });
    const flow = blobFlow(streaming(waiting), failure, stop.signal);
    const read = flow?.read(new ArrayBuffer(10), 10);
    stop.abort(new Error('replaced by another file'));
    await expect(read).rejects.toThrow('replaced by another file');
  });
});
