import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dumpText } from '../helpers/dump-text';
import { openBytes } from '../helpers/open';

const open = async (segments: string, memories = 'memory 1') =>
  (await openBytes(dumpText(`thread main L1\n ${memories}\n ${segments}`))).session;

const STATES = ['zero-elided', 'missing', 'lost', 'pending'] as const;

describe('folds', () => {
  const folds = async (segments: string, minimumRows: number, rowBytes = 16, memories = 'memory 1') => {
    const { rows, counts, states } = await (await open(segments, memories)).folds(0, rowBytes, minimumRows);
    return [...rows].map((row, at) => `${row}+${counts[at]} ${STATES[states[at] ?? 0]}`);
  };

  it('are runs of whole rows without a captured byte', async () => {
    // Row 0x10 is captured whole, rows 0x20 and 0x40 in part.
    expect(await folds('segment 0x100 aa*16\n segment 0x208 bb\n segment 0x400 cc', 4)).toEqual([
      '0+16 missing',
      '17+15 missing',
      '33+31 missing',
      '65+4031 missing',
    ]);
  });

  it('shorter than asked for are none', async () => {
    expect(await folds('segment 0x40 aa\n segment 0xc0 aa', 8)).toEqual(['13+4083 missing']);
    expect(await folds('segment 0x40 aa\n segment 0xc0 aa', 4)).toEqual([
      '0+4 missing',
      '5+7 missing',
      '13+4083 missing',
    ]);
  });

  it('take the last row for whole', async () => {
    // 100 bytes: the seventh row has four.
    expect(await folds('segment 0 aa', 1, 16, 'memory 100 page 1')).toEqual(['1+6 missing']);
    expect(await folds('segment 98 aa', 1, 16, 'memory 100 page 1')).toEqual(['0+6 missing']);
  });

  it('differ by state: what is lost is not folded with what is missing', async () => {
    const trimmed = Array.from({ length: 7 }, (_, at) => `segment ${at * 4096 + 16} aa`).join('\n');
    const dump = dumpText(`thread main L1\n memory 1\n ${trimmed}`);
    const { session } = await openBytes(dump.slice(0, dump.length - 1));
    const { states, rows } = await session.folds(0, 4096, 1);
    expect([...rows].map((row, at) => [row, STATES[states[at] ?? 0]])).toEqual([[6, 'lost']]);
  });

  it('of a memory that is not there are none', async () => {
    const { rows } = await (await open('segment 0 aa')).folds(5, 16, 1);
    expect(rows).toHaveLength(0);
  });
});

describe('the strip', () => {
  it('is exact where there are few runs', async () => {
    const session = await open('segment 0x100 aa*16');
    expect(await session.strip(0, 150)).toMatchObject({
      exact: true,
      runs: [
        { start: 0, end: 0x100, state: 'missing' },
        { start: 0x100, end: 0x110, state: 'captured' },
        { start: 0x110, end: 65_536, state: 'missing' },
      ],
    });
  });

  it('keeps what was captured visible where there are many', async () => {
    const scattered = Array.from({ length: 20 }, (_, at) => `segment ${at * 3000} aa`).join('\n');
    const session = await open(scattered, 'memory 16');
    const { exact, runs } = await session.strip(0, 16);
    expect(exact).toBe(false);
    // 1 MiB in 16 pieces of 64 KiB: segments stand in the first only.
    expect(runs).toEqual([
      { start: 0, end: 65_536, state: 'captured' },
      { start: 65_536, end: 1_048_576, state: 'missing' },
    ]);
  });

  it('covers the memory without a gap, in as many pieces as asked for or fewer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(60_000), { maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        async (starts, buckets) => {
          const session = await open(
            starts.map((start) => `segment ${start} aa bb`).join('\n') || 'none data',
          );
          const { runs } = await session.strip(0, buckets);
          expect(runs.length).toBeLessThanOrEqual(buckets);
          expect(runs[0]?.start).toBe(0);
          expect(runs.at(-1)?.end).toBe(65_536);
          for (const [index, run] of runs.slice(1).entries()) expect(run.start).toBe(runs[index]?.end);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of a memory without bytes is empty', async () => {
    expect(await (await open('none data', 'memory 0')).strip(0, 10)).toMatchObject({ runs: [], exact: true });
  });
});

describe('the next region', () => {
  it('is where captured bytes begin, touching pieces being one', async () => {
    const session = await open('segment 0x100 aa*16\n segment 0x110 bb*16\n segment 0x200 cc');
    const next = (address: number) => session.nextRegion(0, address, 1);
    const previous = (address: number) => session.nextRegion(0, address, -1);
    expect(await Promise.all([0, 0xff, 0x100, 0x118, 0x200].map(next))).toEqual([
      0x100,
      0x100,
      0x200,
      0x200,
      null,
    ]);
    expect(await Promise.all([0, 0x100, 0x101, 0x115, 0x200, 0x5000].map(previous))).toEqual([
      null,
      null,
      0x100,
      0x100,
      0x100,
      0x200,
    ]);
  });

  it('is found among segments that overlap out of order', async () => {
    const session = await open('segment 0x200 cc*32\n segment 0x100 aa*32\n segment 0x210 bb*64');
    expect(await session.nextRegion(0, 0, 1)).toBe(0x100);
    expect(await session.nextRegion(0, 0x100, 1)).toBe(0x200);
    expect(await session.nextRegion(0, 0x220, -1)).toBe(0x200);
    expect(await session.nextRegion(7, 0, 1)).toBeNull();
  });
});

describe('runs', () => {
  it('are merged, clipped and as many as asked for', async () => {
    const session = await open('segment 0x100 aa*16\n segment 0x110 bb*16');
    expect(await session.runs(0, 0x108, 0x130, 10)).toEqual([
      { start: 0x108, end: 0x120, state: 'captured' },
      { start: 0x120, end: 0x130, state: 'missing' },
    ]);
    expect(await session.runs(0, 0, 0x200, 2)).toHaveLength(2);
    expect(await session.runs(3, 0, 16, 2)).toEqual([]);
  });
});

describe('what an address is', () => {
  it('is said with its reason, its segment and its place in the file', async () => {
    const session = await open('segment 0x100 aa*16');
    const [captured, missing, outside, nowhere] = await session.classify([
      { memory: 0, address: 0x108 },
      { memory: 0, address: 0x110 },
      { memory: 0, address: 65_536 },
      { memory: 4, address: 0 },
    ]);
    const [row] = await session.segments(0, 1);
    expect(captured).toEqual({
      state: 'captured',
      segment: 0,
      fileOffset: (row?.fileOffset ?? 0) + 8,
      reason: 'captured, segment 0',
    });
    expect(missing).toEqual({
      state: 'missing',
      segment: null,
      fileOffset: null,
      reason: 'missing from the dump: no segment covers it',
    });
    expect(outside?.reason).toBe('out of bounds: memory 0 ends at 65,536');
    expect(nowhere?.reason).toBe('out of bounds: there is no memory 4');
    await session.setGaps(0, 'zero');
    expect((await session.classify([{ memory: 0, address: 0x110 }]))[0]?.reason).toBe(
      'known zero, set by you: no segment covers it',
    );
  });
});
