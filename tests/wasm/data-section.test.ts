import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../src/bytes/source';
import { WindowReader } from '../../src/bytes/windows';
import { type IndexOutcome, indexData, type SegmentVisit } from '../../src/wasm/data-section';
import { bytes } from '../helpers/dump-text';
import { chunkedSource, countingSource, plainSource } from '../helpers/sources';

interface Indexed {
  readonly outcome: IndexOutcome;
  readonly segments: readonly SegmentVisit[];
}

async function index(
  source: ByteSource,
  end: number,
  { offset = 0, scanZeros = false } = {},
): Promise<Indexed> {
  const segments: SegmentVisit[] = [];
  const outcome = await indexData({
    windows: new WindowReader(source, offset, end),
    section: { offset, end },
    globals: (at) => (at === 7 ? { type: 'i32', value: 0x700 } : { type: 'unknown' }),
    scanZeros,
    visit: (segment) => segments.push({ ...segment }),
    onProgress: () => undefined,
  });
  return { outcome, segments };
}

/** The section is the whole source; over every kind of source the same. `declared`: its size where that is more. */
async function indexed(text: string, declared?: number): Promise<Indexed> {
  const section = bytes(text);
  const end = declared ?? section.length;
  const whole = await index(plainSource(section), end);
  for (const piece of [1, 7, 100]) {
    expect(await index(chunkedSource(section, piece), end)).toEqual(whole);
  }
  return whole;
}

const brief = ({ segments }: Indexed) =>
  segments.map(
    ({ memory, passive, address, addressType, fileOffset, length, available, first, last }) =>
      `${passive ? 'passive' : `${memory}:${addressType} ${address}`} at ${fileOffset}, ${available} of ${length}, ${first}..${last}`,
  );

describe('indexData', () => {
  it('visits segments of every mode in file order', async () => {
    const found = await indexed(`05
      00 41 80 01 0b 03 aa bb cc
      02 03 41 00 0b 01 dd
      01 02 ee ff
      00 23 07 0b 00
      02 00 42 90 80 80 80 10 0b 01 11`);
    expect(found.outcome).toEqual({ declared: 5, cut: false, problem: null });
    expect(brief(found)).toEqual([
      '0:i32 128 at 7, 3 of 3, 170..204',
      '3:i32 0 at 16, 1 of 1, 221..221',
      'passive at 19, 2 of 2, 238..255',
      '0:i32 1792 at 26, 0 of 0, -1..-1',
      '0:i64 4294967312 at 36, 1 of 1, 17..17',
    ]);
    expect(found.segments.map(({ start, index: at }) => [at, start])).toEqual([
      [0, 1],
      [1, 10],
      [2, 17],
      [3, 21],
      [4, 26],
    ]);
  });

  it('reads offsets as unsigned: Wasmtime writes 2 GiB and more as negative numbers', async () => {
    const found = await indexed('02 00 41 80 80 80 80 78 0b 01 01  00 42 7f 0b 01 02');
    expect(found.segments.map(({ address }) => address)).toEqual([2 ** 31, 2 ** 64]);
  });

  it('gives NaN where the offset is not known', async () => {
    const found = await indexed('03 00 23 00 0b 01 01  00 0b 01 02  00 43 00 00 00 00 0b 01 03');
    expect(found.segments.map(({ address, addressType }) => [address, addressType])).toEqual([
      [Number.NaN, 'unknown'],
      [Number.NaN, 'unknown'],
      [Number.NaN, 'unknown'],
    ]);
    expect(found.outcome.problem).toBeNull();
  });

  it('takes padded LEB128 as every other', async () => {
    // Behind 32 bytes, so that the short way is taken where there is one.
    const found = await indexed(
      '02 02 80 80 00 41 85 80 80 80 00 0b 81 80 80 80 00 aa  00 41 ff ff ff ff 7f 0b 01 bb 00*1',
    );
    expect(found.segments.map(({ memory, address, length }) => [memory, address, length])).toEqual([
      [0, 5, 1],
      [0, 0xffff_ffff, 1],
    ]);
    expect(found.outcome.problem).toEqual({
      offset: 28,
      message: "1 bytes left over, expected the section's end",
    });
  });

  it('refuses overflowing numbers in the short way too', async () => {
    const tail = ' aa*64';
    expect((await indexed(`01 00 41 80 80 80 80 08 0b 01${tail}`)).outcome.problem).toEqual({
      offset: 3,
      message: 'i32.const overflows 32 bits',
    });
    expect((await indexed(`01 00 41 00 0b 80 80 80 80 10${tail}`)).outcome.problem).toEqual({
      offset: 5,
      message: 'segment length overflows 32 bits',
    });
    expect((await indexed(`01 03 41 00 0b 01${tail}`)).outcome.problem).toEqual({
      offset: 1,
      message: 'segment mode 3, expected 0, 1 or 2',
    });
  });

  it.each([
    ['in the count', '80', 20],
    ['before a segment', '02 00 41 00 0b 01 aa', 20],
    ['in a segment header', '02 00 41 00 0b 01 aa 00 41', 20],
    ['in the length', '01 00 41 00 0b 80', 20],
  ])('a file that is cut %s is cut, and that is all', async (_where, text, declared) => {
    const found = await indexed(text, declared);
    expect(found.outcome).toMatchObject({ cut: true, problem: null });
  });

  it('a cut inside a segment leaves what the file holds of it', async () => {
    const found = await indexed('01 00 41 00 0b 10 aa bb cc', 22);
    expect(found.outcome).toEqual({ declared: 1, cut: true, problem: null });
    expect(brief(found)).toEqual(['0:i32 0 at 6, 3 of 16, 170..-1']);
  });

  it('a cut before the first byte of a segment leaves none of it', async () => {
    expect(brief(await indexed('01 00 41 00 0b 10', 22))).toEqual(['0:i32 0 at 6, 0 of 16, -1..-1']);
  });

  it('a cut in a segment of gigabytes is found without a search', async () => {
    const section = new Uint8Array(3_000_000).fill(7);
    section.set(bytes('01 00 41 00 0b f0 ff ff ff 0f'));
    const source = countingSource(plainSource(section));
    const found = await index(source, 4_000_000_000);
    expect(found.segments[0]).toMatchObject({ available: 2_999_990, length: 0xffff_fff0 });
    expect(source.handedOut).toBeLessThan(200_000);
    expect(source.reads.length).toBeLessThan(6);
  });

  it('what is wrong in the bytes that are there is said, though the file ends soon after', async () => {
    const found = await indexed('02 00 41 00 0b 01 aa 07 00', 5000);
    expect(found.outcome).toEqual({
      declared: 2,
      cut: false,
      problem: { offset: 7, message: 'segment mode 7, expected 0, 1 or 2' },
    });
  });

  it('what the section claims behind its last segment is cut where the file ends, else left over', async () => {
    expect((await indexed('01 00 41 00 0b 01 aa', 50)).outcome).toEqual({
      declared: 1,
      cut: true,
      problem: null,
    });
    expect((await indexed('01 00 41 00 0b 01 aa ee ee')).outcome).toEqual({
      declared: 1,
      cut: false,
      problem: { offset: 7, message: "2 bytes left over, expected the section's end" },
    });
  });

  it('a segment that runs over the section is kept as far as the section goes', async () => {
    // The file goes on behind the section: those bytes are another section's.
    const file = bytes('01 00 41 00 0b 05 aa bb  cc cc cc cc');
    const found = await index(plainSource(file), 8);
    expect(found.outcome).toEqual({
      declared: 1,
      cut: false,
      problem: { offset: 8, message: 'segment 0 of 5 bytes, 2 remain' },
    });
    expect(brief(found)).toEqual(['0:i32 0 at 6, 2 of 5, 170..-1']);
  });

  it('does not believe a count', async () => {
    const found = await indexed('ff ff ff ff 0f 01 00 01 00');
    expect(found.segments).toHaveLength(2);
    expect(found.outcome).toEqual({
      declared: 0xffff_ffff,
      cut: false,
      problem: { offset: 9, message: 'segment 2 of 4294967295 expected, no byte remains' },
    });
    expect((await indexed('')).outcome.problem?.message).toBe('segment count is cut off after 0 bytes');
    expect((await indexed('00')).outcome).toEqual({ declared: 0, cut: false, problem: null });
  });

  it('an expression without an end in sight is refused', async () => {
    const long = `01 00 ${'41 01 '.repeat(3000)} 0b 00`;
    expect((await indexed(long)).outcome.problem).toEqual({
      offset: 1,
      message: 'segment header longer than 4096 bytes',
    });
  });
});

describe('indexData over windows', () => {
  /** Segments of `length` bytes each, at 0, `length`, ...; the first byte is its index, the last its complement. */
  function many(count: number, length: number): Uint8Array<ArrayBuffer> {
    const parts = [bytes(`${leb(count)}`)];
    for (let at = 0; at < count; at += 1) {
      const body = new Uint8Array(length).fill(1);
      body[0] = at & 0xff;
      body[length - 1] = 255 - (at & 0xff);
      parts.push(bytes(`00 41 ${sleb(at * length)} 0b ${leb(length)}`), body);
    }
    return Uint8Array.from(Buffer.concat(parts));
  }

  it.each([
    ['headers across windows', 40_000, 5],
    ['segments longer than a window', 9, 200_001],
    ['segments of a window', 12, 65_536],
  ])('%s', async (_what, count, length) => {
    const section = many(count, length);
    const source = countingSource(plainSource(section));
    const { outcome, segments } = await index(source, section.length);
    expect(outcome).toEqual({ declared: count, cut: false, problem: null });
    expect(segments.map(({ address }) => address)).toEqual(
      Array.from({ length: count }, (_, at) => at * length),
    );
    expect(
      segments.every(({ first, last, index: at }) => first === (at & 0xff) && last === 255 - first),
    ).toBe(true);
    // Each byte is read at most once, and those in the middle of long segments not at all.
    expect(source.handedOut).toBeLessThan(section.length + 200_000);
  });

  it('jumps over what it does not need', async () => {
    const section = many(1, 20_000_000);
    const source = countingSource(plainSource(section));
    await index(source, section.length);
    expect(source.handedOut).toBeLessThan(300_000);
  });

  it('looks for five zeros in a row, also across windows, until there are some', async () => {
    const zeros = new Uint8Array(200_000).fill(1);
    zeros.set(bytes('01 00 41 00 0b b8 9a 0c'));
    const scan = async (...places: number[]) => {
      const section = zeros.slice();
      for (const place of places) section[place] = 0;
      const source = countingSource(plainSource(section));
      const { segments } = await index(source, section.length, { scanZeros: true });
      return segments[0]?.zeroRun;
    };
    expect(await scan(1000, 1001, 1002, 1003)).toBe(false);
    expect(await scan(1000, 1001, 1002, 1003, 1004)).toBe(true);
    // The first window ends at 65,536.
    expect(await scan(65_534, 65_535, 65_536, 65_537, 65_538)).toBe(true);
    expect(await scan(65_533, 65_534, 65_535, 65_537, 65_538)).toBe(false);
  });

  it('reads each byte once while it looks', async () => {
    const section = many(3, 3_000_000);
    const source = countingSource(plainSource(section));
    await index(source, section.length, { scanZeros: true });
    expect(source.handedOut).toBeLessThan(section.length + 100_000);
  });

  it('stops where the visitor throws', async () => {
    const section = many(10, 10);
    const visit = () => {
      throw new Error('enough');
    };
    const run = indexData({
      windows: new WindowReader(plainSource(section), 0, section.length),
      section: { offset: 0, end: section.length },
      globals: () => ({ type: 'unknown' }),
      scanZeros: false,
      visit,
      onProgress: () => undefined,
    });
    await expect(run).rejects.toThrow('enough');
  });
});

const hex = (values: readonly number[]) =>
  values.map((value) => value.toString(16).padStart(2, '0')).join(' ');

function leb(value: number): string {
  const out: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) out.push((value % 128) + 128);
  return hex([...out, value]);
}

/** Of a value below 2^31: one more byte where the sign bit would be set. */
function sleb(value: number): string {
  const out: number[] = [];
  for (; value >= 64; value = Math.floor(value / 128)) out.push((value % 128) + 128);
  return hex([...out, value]);
}
