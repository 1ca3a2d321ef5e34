import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WindowReader } from '../../src/bytes/windows';
import {
  chunkedSource,
  countingSource,
  failingSource,
  flowingSource,
  noise,
  plainSource,
} from '../helpers/sources';

const KIB = 1024;
const MIB = 1024 * 1024;

describe('WindowReader', () => {
  it('gives the same bytes whatever the steps and whatever the pieces of the source', async () => {
    const bytes = noise(700 * KIB);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(100 * KIB), fc.nat(150 * KIB)), { minLength: 1, maxLength: 30 }),
        fc.constantFrom(0, 7000, 100_001),
        async (steps, piece) => {
          const source = piece === 0 ? plainSource(bytes) : chunkedSource(bytes, piece);
          const reader = new WindowReader(source, 0, bytes.length);
          let offset = 0;
          for (const [skip, length] of steps) {
            offset += skip;
            const view = await reader.view(offset, length);
            const there = Math.max(0, Math.min(length, bytes.length - offset));
            expect(view.length).toBeGreaterThanOrEqual(there);
            expect(Buffer.compare(view, bytes.subarray(offset, offset + view.length))).toBe(0);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads no byte twice while it goes forward, in 64 KiB to 16 MiB, two windows under way', async () => {
    const source = countingSource(plainSource(new Uint8Array(64 * MIB)));
    const reader = new WindowReader(source, 0, 64 * MIB);
    for (let offset = 0; offset < 64 * MIB; ) offset += (await reader.view(offset, 1)).length;
    expect(source.handedOut).toBe(64 * MIB);
    expect(source.reads[0]?.length).toBe(64 * KIB);
    expect(source.reads[1]?.length).toBe(128 * KIB);
    expect(Math.max(...source.reads.map((read) => read.length))).toBe(16 * MIB);
    expect(source.inFlight).toBe(2);
  });

  it('gives the same bytes out of a flow', async () => {
    const bytes = noise(9 * MIB);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(0, 0, 0, 3, 70 * KIB, 2 * MIB), fc.nat(1500 * KIB)), {
          minLength: 20,
          maxLength: 60,
        }),
        async (steps) => {
          const reader = new WindowReader(flowingSource(bytes), 0, bytes.length);
          let offset = 0;
          for (const [skip, length] of steps) {
            offset += skip;
            const view = await reader.view(offset, length);
            const there = Math.max(0, Math.min(length, bytes.length - offset));
            expect(view.length).toBeGreaterThanOrEqual(there);
            expect(Buffer.compare(view, bytes.subarray(offset, offset + view.length))).toBe(0);
            offset += Math.floor(view.length * 0.9);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('fills a handful of buffers again and again, however much flows', async () => {
    const lent: number[] = [];
    const reader = new WindowReader(
      flowingSource(new Uint8Array(64 * MIB), (size) => lent.push(size)),
      0,
      64 * MIB,
    );
    for (let offset = 0; offset < 64 * MIB; ) offset += (await reader.view(offset, 1)).length;
    expect(lent.length).toBeGreaterThan(1);
    expect(lent.length).toBeLessThanOrEqual(4);
    expect(new Set(lent)).toEqual(new Set([MIB]));
  });

  it('ends its flow where it jumps, and where it is closed', async () => {
    let open = 0;
    const source = flowingSource(noise(32 * MIB));
    const counted = {
      ...source,
      flow: (from: number, to: number, signal?: AbortSignal) => {
        const flow = source.flow(from, to, signal);
        open += 1;
        return flow === null
          ? null
          : {
              read: flow.read,
              close: () => {
                open -= 1;
                flow.close();
              },
            };
      },
    };
    const reader = new WindowReader(counted, 0, 32 * MIB);
    let offset = 0;
    while (offset < 8 * MIB) offset += (await reader.view(offset, 1)).length;
    expect(open).toBe(1);
    await reader.view(30 * MIB, 1);
    expect(open).toBe(0);
    for (offset = 0; offset < 8 * MIB; ) offset += (await reader.view(offset, 1)).length;
    expect(open).toBe(1);
    reader.close();
    expect(open).toBe(0);
  });

  it('jumps over what nobody asks for, and begins small again', async () => {
    const source = countingSource(plainSource(new Uint8Array(64 * MIB)));
    const reader = new WindowReader(source, 0, 64 * MIB);
    for (let offset = 0; offset < 64 * MIB; offset += 8 * MIB) await reader.view(offset, 10);
    expect(source.reads.map((read) => read.length)).toEqual(Array(8).fill(64 * KIB));
  });

  it('peeks without a promise inside of what is loaded, also over the seam of two windows', async () => {
    const bytes = noise(300 * KIB);
    const reader = new WindowReader(plainSource(bytes), 0, bytes.length);
    await reader.view(0, 1);
    expect(reader.peek(64 * KIB - 8, 8)).toEqual(bytes.slice(64 * KIB - 8, 64 * KIB));
    expect(reader.peek(64 * KIB - 8, 9)).toBeNull();
    const seam = await reader.view(64 * KIB - 8, 20);
    expect(seam.slice(0, 20)).toEqual(bytes.slice(64 * KIB - 8, 64 * KIB + 12));
    expect(reader.peek(64 * KIB - 4, 8)?.slice(0, 8)).toEqual(bytes.slice(64 * KIB - 4, 64 * KIB + 4));
    // The rest of the second window, past the stitched piece.
    expect(reader.peek(190 * KIB, 8)?.slice(0, 8)).toEqual(bytes.slice(190 * KIB, 190 * KIB + 8));
  });

  it('gives a thing that is larger than any window whole', async () => {
    const bytes = noise(3 * MIB);
    const reader = new WindowReader(plainSource(bytes), 0, bytes.length);
    await reader.view(0, 1);
    const view = await reader.view(10 * KIB, 2 * MIB);
    expect(Buffer.compare(view.subarray(0, 2 * MIB), bytes.subarray(10 * KIB, 10 * KIB + 2 * MIB))).toBe(0);
  });

  it('ends where its range ends, though the source goes on', async () => {
    const reader = new WindowReader(plainSource(noise(1000)), 100, 200);
    expect((await reader.view(100, 500)).length).toBe(100);
    expect((await reader.view(190, 500)).length).toBe(10);
    expect((await reader.view(200, 1)).length).toBe(0);
    expect((await reader.view(900, 1)).length).toBe(0);
    await expect(reader.view(99, 1)).rejects.toThrow(RangeError);
  });

  it('does not wait for a whole window of a source that grows', async () => {
    const source = countingSource(chunkedSource(noise(200 * KIB), 100));
    const reader = new WindowReader(source, 0, Number.MAX_SAFE_INTEGER);
    await reader.view(0, 8);
    expect(source.arrived).toBe(100);
    await reader.view(100, 8);
    expect(source.arrived).toBe(200);
  });

  it('passes on what the source throws, once it is asked for those bytes and not before', async () => {
    const reader = new WindowReader(failingSource(noise(MIB), 300 * KIB), 0, MIB);
    await reader.view(0, 1);
    await reader.view(64 * KIB, 1);
    await expect(reader.view(192 * KIB, 1)).rejects.toThrow(
      'ingest.core was moved or deleted. Open it again.',
    );
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const reader = new WindowReader(plainSource(noise(MIB)), 0, MIB, stop.signal);
    await reader.view(0, 1);
    stop.abort(new Error('replaced by another file'));
    await expect(reader.view(64 * KIB, 1)).rejects.toThrow('replaced by another file');
  });
});
