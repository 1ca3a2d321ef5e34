import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Matcher } from '../../../src/memory/search/matcher';
import { compileQuery, type SearchQuery } from '../../../src/memory/search/query';
import { scanMemory } from '../../../src/memory/search/scan';
import { flowingSource, noise } from '../../helpers/sources';
import { evenMemory, hitsOf, type MadeSegment, madeMemory, naive } from './made-memory';

const SIZE = 400;

/** Few different bytes, so that hits, near hits and hits across seams are many. */
const few = fc.constantFrom(0, 0, 1, 0x30, 0x40, 0x41, 0x61, 0xff);

/** Segments that touch, overlap, stand apart and out of order, in a memory of some hundred bytes. */
const segments: fc.Arbitrary<MadeSegment[]> = fc.oneof(
  fc.array(
    fc.record({
      at: fc.nat(SIZE - 40),
      bytes: fc.array(few, { minLength: 1, maxLength: 40 }).map((bytes) => Uint8Array.from(bytes)),
    }),
    { maxLength: 12 },
  ),
  // Touching or nearly so, ascending: one byte each at the worst.
  fc
    .array(
      fc.record({
        gap: fc.constantFrom(0, 0, 0, 1, 3),
        bytes: fc.array(few, { minLength: 1, maxLength: 9 }),
      }),
      {
        maxLength: 30,
      },
    )
    .map((parts) => {
      let at = 0;
      return parts.map(({ gap, bytes }) => {
        const start = at + gap;
        at = start + bytes.length;
        return { at: start, bytes: Uint8Array.from(bytes) };
      });
    }),
);
const gaps = fc.constantFrom('zero' as const, 'missing' as const);
const hexByte = few.map((byte) => byte.toString(16).padStart(2, '0'));

async function sameAsNaive(
  segs: MadeSegment[],
  gap: 'zero' | 'missing',
  zeros: boolean,
  query: SearchQuery,
  length: number,
  alignment: number,
  fits: (bytes: Uint8Array<ArrayBuffer>) => boolean,
) {
  const made = madeMemory(segs, SIZE, gap);
  const covered = madeMemory(segs, SIZE, 'missing').known;
  const known = zeros ? made.known : covered;
  expect(await hitsOf(made, matcherOf(query), zeros)).toEqual(naive(known, length, alignment, fits));
}

function matcherOf(query: SearchQuery): Matcher {
  const compiled = compileQuery(query);
  if (compiled.kind !== 'matcher') throw new Error(JSON.stringify(compiled));
  return compiled.matcher;
}

test('hex with wildcards finds what a naive search finds', async () => {
  const digit = fc.constantFrom(...'0134f');
  const pattern = fc
    .array(
      fc.oneof(
        hexByte,
        hexByte,
        fc.constant('??'),
        digit.map((d) => `${d}?`),
        digit.map((d) => `?${d}`),
      ),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    .filter((words) => words.some((word) => word !== '??'));
  await fc.assert(
    fc.asyncProperty(segments, gaps, fc.boolean(), pattern, async (segs, gap, zeros, words) => {
      const fits = (bytes: Uint8Array) =>
        words.every((word, at) => {
          const byte = (bytes[at] ?? 0).toString(16).padStart(2, '0');
          return [...word].every((d, place) => d === '?' || d === byte[place]);
        });
      await sameAsNaive(segs, gap, zeros, { kind: 'hex', text: words.join(' ') }, words.length, 1, fits);
    }),
    { numRuns: 400 },
  );
});

test('text without regard to case finds what a naive search finds', async () => {
  const text = fc
    .array(fc.constantFrom('a', 'A', '0', '@'), { minLength: 1, maxLength: 4 })
    .map((t) => t.join(''));
  await fc.assert(
    fc.asyncProperty(
      segments,
      gaps,
      fc.boolean(),
      text,
      fc.boolean(),
      async (segs, gap, zeros, wanted, wide) => {
        const encoding = wide ? ('utf-16le' as const) : ('utf-8' as const);
        const fits = (bytes: Uint8Array) =>
          new TextDecoder(encoding).decode(bytes).toLowerCase() === wanted.toLowerCase();
        const length = wanted.length * (wide ? 2 : 1);
        await sameAsNaive(
          segs,
          gap,
          zeros,
          { kind: 'text', text: wanted, encoding, ignoreCase: true },
          length,
          1,
          fits,
        );
      },
    ),
    { numRuns: 300 },
  );
});

test('integers of every width, aligned or not, find what a DataView reads', async () => {
  const widths = fc.constantFrom(1 as const, 2 as const, 4 as const, 8 as const);
  const value = fc.constantFrom(0, 1, 255, -1, 0x41, 0x4141, 0x0161, 0x3000, 0x1_0000, 97);
  await fc.assert(
    fc.asyncProperty(
      segments,
      gaps,
      fc.boolean(),
      widths,
      value,
      fc.boolean(),
      fc.boolean(),
      async (segs, gap, zeros, width, n, aligned, little) => {
        fc.pre(n < 2 ** (8 * width));
        const read = (bytes: Uint8Array<ArrayBuffer>) => {
          const view = new DataView(bytes.buffer);
          if (width === 1) return [view.getUint8(0), view.getInt8(0)];
          if (width === 2) return [view.getUint16(0, little), view.getInt16(0, little)];
          if (width === 4) return [view.getUint32(0, little), view.getInt32(0, little)];
          return [Number(view.getBigUint64(0, little)), Number(view.getBigInt64(0, little))];
        };
        const query = {
          kind: 'integer',
          text: String(n),
          width,
          aligned,
          endian: little ? 'little' : 'big',
        } as const;
        await sameAsNaive(segs, gap, zeros, query, width, aligned ? width : 1, (bytes) =>
          read(bytes).includes(n),
        );
      },
    ),
    { numRuns: 400 },
  );
});

test('floats with a tolerance find what a DataView reads', async () => {
  const value = fc.constantFrom(0, 1e-41, 3.0, 12.07, -3, 2.0000001, 5e30, 1e-300, -2.5);
  const tolerance = fc.constantFrom(0, 1e-45, 0.5, 10, 1e35);
  const widths = fc.constantFrom(4 as const, 8 as const);
  await fc.assert(
    fc.asyncProperty(
      segments,
      fc.boolean(),
      widths,
      value,
      tolerance,
      fc.boolean(),
      fc.boolean(),
      async (segs, zeros, width, v, t, aligned, little) => {
        const near = width === 4 ? Math.fround(v) : v;
        const fits = (bytes: Uint8Array<ArrayBuffer>) => {
          const view = new DataView(bytes.buffer);
          const x = width === 4 ? view.getFloat32(0, little) : view.getFloat64(0, little);
          return (x >= v - t && x <= v + t) || x === near;
        };
        const query = {
          kind: 'float',
          text: `${v} ± ${t}`,
          width,
          aligned,
          endian: little ? 'little' : 'big',
        } as const;
        await sameAsNaive(segs, 'zero', zeros, query, width, aligned ? width : 1, fits);
      },
    ),
    { numRuns: 400 },
  );
});

test('pointers into a range find what a DataView reads', async () => {
  const first = fc.constantFrom(0, 1, 0x30, 0x4130, 0x30000000);
  const length = fc.constantFrom(1, 2, 0x100, 0x20000);
  const widths = fc.constantFrom(4 as const, 8 as const);
  await fc.assert(
    fc.asyncProperty(
      segments,
      fc.boolean(),
      widths,
      first,
      length,
      fc.boolean(),
      async (segs, zeros, width, from, span, aligned) => {
        const fits = (bytes: Uint8Array<ArrayBuffer>) => {
          const view = new DataView(bytes.buffer);
          const x = width === 4 ? view.getUint32(0, true) : Number(view.getBigUint64(0, true));
          return x >= from && x < from + span;
        };
        const text = `0x${from.toString(16)}+${span}`;
        await sameAsNaive(
          segs,
          'zero',
          zeros,
          { kind: 'pointers', text, width, aligned },
          width,
          aligned ? width : 1,
          fits,
        );
      },
    ),
    { numRuns: 400 },
  );
});

test('large segments: hits at the seams of what is read and looked at in one go', async () => {
  const size = 1_500_000;
  const bytes = new Uint8Array(size).fill(7);
  const places = [0, 1023, 1024, 16_383, 65_535, 262_140, 262_142, 262_144, 524_287, 983_039, size - 5];
  for (const at of places) bytes.set([1, 2, 3, 4, 5], at);
  const made = madeMemory([{ at: 3, bytes }], size + 10, 'missing');
  const found = await hitsOf(made, matcherOf({ kind: 'hex', text: '01 02 03 04 05' }), false);
  const overwritten = new Set([1023, 262_140, 262_142]);
  expect(found).toEqual(places.filter((at) => !overwritten.has(at)).map((at) => `${at + 3}+5`));
});

test('a terabyte of known zeros costs nothing where zeros hold no hit', async () => {
  const made = madeMemory([{ at: 2, bytes: Uint8Array.of(9) }], 10, 'zero');
  const memory = { ...made.memory, size: 2 ** 40 };
  expect(await hitsOf({ ...made, memory }, matcherOf({ kind: 'hex', text: '00 09 00' }), true)).toEqual([
    '1+3',
  ]);
});

test('zeros looked for in a terabyte of known zeros come in steps, and can be left', async () => {
  const made = madeMemory([{ at: 2, bytes: Uint8Array.of(9) }], 10, 'zero');
  const memory = { ...made.memory, size: 2 ** 40 };
  const matcher = matcherOf({ kind: 'integer', text: '0', width: 4, aligned: true, endian: 'little' });
  const signal = new AbortController().signal;
  for await (const { addresses } of scanMemory({ ...made, memory, matcher, zeros: true, signal })) {
    expect(addresses.length).toBeGreaterThan(1000);
    break;
  }
});

test('five million segments of one byte, touching or apart, take seconds', { timeout: 60_000 }, async () => {
  const count = 5_000_000;
  const bytes = new Uint8Array(count);
  bytes.set([5, 6, 7], 2_000_000);
  for (const step of [1, 2]) {
    const { table, memory } = madeMemory([], count * step, 'missing');
    for (let index = 0; index < count; index += 1) {
      table.push(0, false, index * step, 1, index);
      memory.coverage.add(index);
    }
    const source = {
      size: count,
      arrived: count,
      read: async (offset: number, length: number) => bytes.slice(offset, offset + length),
    };
    const began = performance.now();
    const hits = await hitsOf({ source, table, memory }, matcherOf({ kind: 'hex', text: '05 06 07' }), false);
    expect(hits).toEqual(step === 1 ? ['2000000+3'] : []);
    expect(performance.now() - began).toBeLessThan(15_000);
  }
});

test('what flows by in buffers that are filled again holds the same hits as its bytes in one piece', async () => {
  const [header, length] = [6, 4090];
  const file = noise(6 * 1024 * 1024 + 777);
  const source = flowingSource(file);
  const wanted = file.slice(4_000_000, 4_000_003);
  const query = {
    kind: 'hex',
    text: [...wanted].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
  } as const;
  const expected: string[] = [];
  for (let at = 0; at + 3 <= file.length; at += 1) {
    const within = (at % (header + length)) - header;
    const whole = at - (at % (header + length)) + header + length <= file.length;
    if (
      whole &&
      within >= 0 &&
      within + 3 <= length &&
      wanted.every((byte, index) => file[at + index] === byte)
    )
      expected.push(`${at}+3`);
  }
  expect(expected).toContain('4000000+3');
  expect(await hitsOf({ source, ...evenMemory(file, header, length) }, matcherOf(query), false)).toEqual(
    expected,
  );
});
