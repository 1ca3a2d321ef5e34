import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BlobSource } from '../../src/bytes/blob-source';
import { BlobSpool } from '../../src/bytes/blob-spool';
import { type GzipProgress, GzipSource } from '../../src/bytes/gzip-source';
import { type ByteSource, sizeOf } from '../../src/bytes/source';
import { fixture } from '../fixture';
import { chunkedSource, countingSource, failingSource, noise, plainSource } from '../helpers/sources';

const MIB = 1024 * 1024;

function open(compressed: Uint8Array | ByteSource, limit?: number) {
  const reports: GzipProgress[] = [];
  const source = new GzipSource(
    compressed instanceof Uint8Array ? plainSource(compressed) : compressed,
    new BlobSpool(),
    { onProgress: (progress) => reports.push(progress), ...(limit === undefined ? {} : { limit }) },
  );
  return { source, reports };
}

async function inflate(compressed: Uint8Array | ByteSource) {
  const { source } = open(compressed);
  source.resume();
  const size = await sizeOf(source);
  return { bytes: await source.read(0, size), source };
}

/** Words and numbers: neither noise nor one byte. */
function prose(length: number): Uint8Array<ArrayBuffer> {
  const words = noise(length / 4).reduce((text, byte) => `${text}${byte % 50} `, '');
  return new TextEncoder().encode(words.repeat(3)).slice(0, length);
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

describe('GzipSource', () => {
  it.each([1, 7, 100, 65536])('inflates what arrives in pieces of %i bytes', async (piece) => {
    const plain = prose(50_000);
    const { bytes, source } = await inflate(chunkedSource(gzipSync(plain), piece));
    expect(bytes).toEqual(plain);
    expect(source.damage).toBeNull();
    expect(source.trailing).toBeNull();
  });

  it('inflates the fixture that came gzipped', async () => {
    const { bytes, source } = await inflate(fixture('notdumps/gzip/all-types.coredump.gz'));
    expect(bytes).toEqual(fixture('wasm-encoder/all-types/all-types.coredump'));
    expect(source.damage).toBeNull();
  });

  it('keeps what decompresses of data that is cut off', async () => {
    const cut = fixture('notdumps/gzip-cut/all-types.coredump.gz');
    const { bytes, source } = await inflate(cut);
    expect(bytes).toEqual(fixture('wasm-encoder/all-types/all-types.coredump').slice(0, 200));
    expect(source.damage).toBe(
      'The gzip data is cut off: 200 bytes were inflated from 180, and its end is missing.',
    );
  });

  it('keeps a prefix, and says that it is one, wherever the data is cut', async () => {
    const plain = prose(3000);
    const whole = gzipSync(plain);
    let last = 0;
    for (let length = 2; length < whole.length; length += 3) {
      const { bytes, source } = await inflate(whole.subarray(0, length));
      expect(bytes).toEqual(plain.slice(0, bytes.length));
      expect(bytes.length).toBeGreaterThanOrEqual(last);
      expect(source.damage).toContain('cut off');
      last = bytes.length;
    }
    expect(last).toBe(plain.length);
  });

  it('keeps what stands before the damage, and says where that is', async () => {
    const plain = prose(200_000);
    const compressed = Uint8Array.from(gzipSync(plain));
    const middle = Math.floor(compressed.length / 2);
    compressed.fill(0xff, middle, middle + 200);
    const { bytes, source } = await inflate(compressed);
    const same = bytes.findIndex((byte, index) => byte !== plain[index]);
    expect(same === -1 ? bytes.length : same).toBeGreaterThan(plain.length * 0.4);
    expect(source.damage).toMatch(
      /^The gzip data is damaged near byte [\d,]+ \(.+\): [\d,]+ bytes were inflated/,
    );
  });

  it('says that the checksum does not fit', async () => {
    const compressed = Uint8Array.from(gzipSync(prose(1000)));
    compressed[compressed.length - 6] = (compressed[compressed.length - 6] ?? 0) ^ 1;
    const { bytes, source } = await inflate(compressed);
    expect(bytes.length).toBe(1000);
    expect(source.damage).toContain('incorrect data check');
  });

  it.each([1, 7, 65536])('inflates several members, read in pieces of %i', async (piece) => {
    const plain = prose(30_000);
    const members = [plain.slice(0, 10), plain.slice(10, 9000), plain.slice(9000)].map((part) =>
      gzipSync(part),
    );
    const { bytes, source } = await inflate(chunkedSource(concat(...members), piece));
    expect(bytes).toEqual(plain);
    expect(source.damage).toBeNull();
  });

  it('takes zeros behind it as padding', async () => {
    const { bytes, source } = await inflate(concat(gzipSync(prose(100)), new Uint8Array(5000)));
    expect(bytes.length).toBe(100);
    expect([source.damage, source.trailing]).toEqual([null, null]);
  });

  it('leaves text behind it out, and says where that begins', async () => {
    const compressed = gzipSync(prose(100));
    const { bytes, source } = await inflate(concat(compressed, new TextEncoder().encode('uploaded by ci\n')));
    expect(bytes.length).toBe(100);
    expect([source.damage, source.trailing]).toEqual([null, compressed.length]);
  });

  it('answers a read before the rest is inflated, and reports progress', async () => {
    const plain = noise(20 * MIB);
    const { source, reports } = open(gzipSync(plain, { level: 1 }));
    source.resume();
    const head = await source.read(0, 1000);
    expect(source.size).toBeNull();
    expect(source.arrived).toBeLessThan(20 * MIB);
    expect(head).toEqual(plain.slice(0, 1000));
    await sizeOf(source);
    expect(reports.at(-1)).toMatchObject({ state: 'done', inflated: 20 * MIB, message: null });
    expect(reports.length).toBeGreaterThan(1);
    const done = reports.map((report) => report.compressed);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(reports.at(-1)?.compressed).toBe(reports.at(-1)?.total);
  });

  it('stops at the limit with a sentence, and goes on when told to', async () => {
    const plain = prose(250_000);
    const { source, reports } = open(gzipSync(plain), 100_000);
    source.resume();
    expect((await source.read(0, 100_000)).length).toBe(100_000);
    const rest = source.read(200_000, 50_000);
    await expect.poll(() => source.state).toBe('limit');
    expect(source.size).toBeNull();
    expect(reports.at(-1)?.message).toMatch(
      /^Stopped at 100,000 bytes, inflated from [\d,]+ of [\d,]+ bytes of gzip/,
    );
    source.resume();
    await expect.poll(() => source.state).toBe('limit');
    expect(source.arrived).toBe(200_000);
    source.resume();
    expect(await rest).toEqual(plain.slice(200_000));
    expect(source.size).toBe(250_000);
  });

  it('can be stopped by the user, goes on, or ends there', async () => {
    const plain = noise(30 * MIB);
    const compressed = gzipSync(plain, { level: 1 });
    const { source } = open(compressed);
    source.resume();
    await source.read(0, 1);
    source.stop();
    const [before] = [source.arrived, await source.read(0, 1)];
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(source.arrived - before).toBeLessThanOrEqual(MIB);
    source.resume();
    await source.read(10 * MIB, 1);
    const waiting = source.read(29 * MIB, 10);
    await source.endHere();
    expect(source.size).toBe(source.arrived);
    expect((await waiting).length).toBe(0);
    expect(source.damage).toMatch(/^Stopped at [\d,]+ inflated bytes/);
  });

  it('reads the compressed bytes once', async () => {
    const compressed = gzipSync(noise(5 * MIB));
    const counting = countingSource(new BlobSource(new Blob([compressed]), 'a.gz'));
    await inflate(counting);
    expect(counting.handedOut).toBe(compressed.length);
  });

  it('fails with the sentence of the file when that is gone, and keeps what it has', async () => {
    const { source, reports } = open(failingSource(gzipSync(noise(5 * MIB)), MIB));
    source.resume();
    await expect(source.read(4 * MIB, 10)).rejects.toThrow(
      'ingest.core was moved or deleted. Open it again.',
    );
    expect(reports.at(-1)).toMatchObject({ state: 'failed' });
    expect((await source.read(0, 1000)).length).toBe(1000);
  });

  it('lets go of what waits when it is discarded', async () => {
    const { source } = open(gzipSync(noise(MIB)), 1000);
    source.resume();
    const waiting = source.read(900_000, 10);
    await source.discard();
    await expect(waiting).rejects.toThrow('This file was closed.');
  });
});
