import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeDump } from '../../src/coredump/encode';
import { PAGE } from '../../src/wasm/memory-section';
import { dumpText } from '../helpers/dump-text';
import { openBytes } from '../helpers/open';
import { chunkedSource, countingSource, plainSource } from '../helpers/sources';
import { arbitrarySegments, owners, type Small } from './naive';

const SIZE = 70;

/** A dump of one memory of SIZE bytes with these segments; byte i of segment s is (16 s + i) mod 256. */
function dumpOf(segments: readonly Small[]): Uint8Array<ArrayBuffer> {
  return encodeDump([
    { kind: 'corestack', thread: { name: 'main', layout: 'L1', frames: [] } },
    {
      kind: 'memory',
      memories: [
        {
          minimumPages: BigInt(SIZE),
          maximumPages: null,
          pageSize: 1,
          customPageSize: true,
          memory64: false,
          shared: false,
        },
      ],
    },
    {
      kind: 'data',
      segments: segments.map(({ start, length }, index) => ({
        mode: 'active',
        memory: 0,
        explicit: false,
        offset: { type: 'i32', value: start },
        bytes: Uint8Array.from({ length }, (_, at) => index * 16 + at),
      })),
    },
  ]);
}

describe('a read', () => {
  it('gives the bytes and states that a model of one entry a byte gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitrarySegments,
        fc.nat(SIZE + 5),
        fc.nat(40),
        fc.constantFrom(0, 1, 7),
        async (segments, address, length, piece) => {
          const dump = dumpOf(segments);
          const { session } = await openBytes(piece === 0 ? dump : chunkedSource(dump, piece));
          await session.setGaps(0, 'missing');
          const end = Math.max(SIZE, ...segments.map(({ start, length: bytes }) => start + bytes));
          const owner = owners(segments, end);
          const { bytes, states } = await session.read(0, address, length);
          const naive = Array.from({ length }, (_, at) => {
            const segment = owner[address + at];
            if (address + at >= end) return ['out-of-bounds', 0];
            if (segment === null || segment === undefined) return ['missing', 0];
            return ['captured', (segment * 16 + address + at - (segments[segment]?.start ?? 0)) & 0xff];
          });
          const told = states.flatMap((run) =>
            Array.from({ length: run.end - run.start }, (_, at) => [
              run.state,
              bytes[run.start + at - address],
            ]),
          );
          expect(told).toEqual(naive);
          // Merged: neighbours differ.
          expect(states.every((run, index) => run.state !== states[index + 1]?.state)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('across every state', async () => {
    const { session } = await openBytes(
      dumpText(`
        core a
        memory 1
        none global
        segment 0x1000 aa bb
        segment 0xfffe cc dd
        module m
        instance 0 memories 0
        thread main L1
      `),
    );
    const low = await session.read(0, 0xffe, 6);
    expect([...low.bytes]).toEqual([0, 0, 0xaa, 0xbb, 0, 0]);
    expect(low.states).toEqual([
      { start: 0xffe, end: 0x1000, state: 'zero-elided' },
      { start: 0x1000, end: 0x1002, state: 'captured' },
      { start: 0x1002, end: 0x1004, state: 'zero-elided' },
    ]);
    const high = await session.read(0, 0xfffd, 5);
    expect(high.states.map(({ state }) => state)).toEqual(['zero-elided', 'captured', 'out-of-bounds']);
  });

  it('of nothing, and of a memory that is not there', async () => {
    const { session } = await openBytes(dumpText('thread main L1\n memory 1'));
    expect(await session.read(0, 5, 0)).toMatchObject({ states: [] });
    expect((await session.read(9, 5, 3)).states).toEqual([{ start: 5, end: 8, state: 'out-of-bounds' }]);
    expect((await session.read(0, 2 ** 40, 3)).states).toEqual([
      { start: 2 ** 40, end: 2 ** 40 + 3, state: 'out-of-bounds' },
    ]);
    expect((await session.read(0, 0, 2 ** 40)).bytes).toHaveLength(64 * 1024 * 1024);
  });

  it('asks the file once for pieces that stand near each other', async () => {
    const segments = Array.from({ length: 200 }, (_, at) => `segment ${at * 16} ${'aa'.repeat(8)}`).join(
      '\n',
    );
    const source = countingSource(plainSource(dumpText(`thread main L1\n memory 1\n ${segments}`)));
    const { session } = await openBytes(source);
    const before = source.reads.length;
    const { bytes } = await session.read(0, 0, 3200);
    expect(source.reads.length - before).toBe(1);
    expect(bytes.filter((byte) => byte === 0xaa)).toHaveLength(1600);
  });

  it('asks for a mebibyte at most at a time', async () => {
    const source = countingSource(
      plainSource(dumpText(`thread main L1\n memory 100\n segment 0 ${'ab*3000000'}`)),
    );
    const { session } = await openBytes(source);
    const before = source.reads.length;
    const { bytes } = await session.read(0, 0, 3_000_000);
    const reads = source.reads.slice(before);
    expect(reads).toHaveLength(3);
    expect(Math.max(...reads.map(({ length }) => length))).toBe(2 ** 20);
    expect(bytes.every((byte) => byte === 0xab)).toBe(true);
  });

  it('of a page of a raw image gives the image', async () => {
    const image = Uint8Array.from({ length: PAGE }, (_, at) => (at * 7) & 0xff);
    const { session, snapshot } = await openBytes(image);
    expect(snapshot.dump.file.kind).toBe('memory-image');
    expect(Buffer.from((await session.read(0, 100, 1000)).bytes).equals(image.slice(100, 1100))).toBe(true);
  });
});
