import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LONGEST_RUN, type RunEncoding, textRunMatcher } from '../../../src/memory/search/text-runs';
import { hitsOf, madeMemory } from './made-memory';

/** The lines of some bytes, found by an expression over the text of each stretch that decodes. */
function naiveLines(known: readonly (number | null)[], minimum: number): string[] {
  const found: string[] = [];
  const bytes = Uint8Array.from(known, (byte) => byte ?? 0);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const characterAt = (at: number): number => {
    for (let length = 1; length <= 4 && at + length <= bytes.length; length += 1) {
      if (known.slice(at, at + length).includes(null)) return 0;
      try {
        const text = decoder.decode(bytes.subarray(at, at + length));
        return /^[^\p{Cc}]$|^\t$/u.test(text) ? length : 0;
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
      }
    }
    return 0;
  };
  for (let at = 0; at < bytes.length; ) {
    let end = at;
    let characters = 0;
    for (let length = characterAt(end); length > 0; length = characterAt(end)) {
      end += length;
      characters += 1;
    }
    if (characters >= minimum) found.push(`${at}+${end - at}`);
    at = Math.max(at + 1, end);
  }
  return found;
}

const byte = fc.oneof(
  fc.constantFrom(0x20, 0x41, 0x7a, 0x09, 0x41, 0x42),
  fc.constantFrom(0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xa0),
  fc.constantFrom(0, 0x0a, 0x7f, 0xff, 0xc2, 0x85, 0xc0),
);

const text = (encoding: RunEncoding, minimum: number) =>
  textRunMatcher(encoding, minimum, (_bytes, _from, _to, _address, report) => report());

test('UTF-8 lines are those of a decoder that reads character by character, across seams and never across a gap', async () => {
  const whole = fc.array(fc.oneof({ weight: 6, arbitrary: byte }, fc.constant(null)), { maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(
      whole,
      fc.integer({ min: 1, max: 6 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
      async (known, minimum, cuts) => {
        const segments: { at: number; bytes: Uint8Array }[] = [];
        for (let at = 0; at < known.length; ) {
          const length = cuts.next().value ?? 1;
          const part = known.slice(at, at + length);
          const end = part.indexOf(null);
          const kept = end === -1 ? part : part.slice(0, end);
          if (kept.length > 0) segments.push({ at, bytes: Uint8Array.from(kept, (one) => one ?? 0) });
          at += end === -1 ? part.length : end + 1;
        }
        const made = madeMemory(segments, known.length, 'missing');
        expect(await hitsOf(made, text('utf-8', minimum), false)).toEqual(naiveLines(known, minimum));
      },
    ),
    { numRuns: 500 },
  );
});

test('UTF-16 stands at even addresses; what could be ASCII is left to that', async () => {
  const wide = (line: string) => [...line].flatMap((c) => [c.charCodeAt(0) & 0xff, c.charCodeAt(0) >> 8]);
  const bytes = Uint8Array.from([
    ...wide('Grüße'),
    0,
    0,
    ...new TextEncoder().encode('Hello, world'),
    0,
    0,
    ...wide('日本語文'),
    0,
    0,
  ]);
  const pair = Uint8Array.from([0x61, 0, 0x3d, 0xd8, 0x00, 0xde, 0x62, 0, 0x63, 0]);
  const even = madeMemory(
    [
      { at: 4, bytes },
      { at: 200, bytes: pair },
    ],
    300,
    'missing',
  );
  const found = await hitsOf(even, text('utf-16le', 4), false);
  expect(found).toContain('4+10');
  expect(found).toContain('30+8');
  expect(found).toContain('200+10');
  expect(found).not.toContain('16+12');
  const odd = madeMemory([{ at: 5, bytes: Uint8Array.from(wide('Grüße')) }], 300, 'missing');
  expect(await hitsOf(odd, text('utf-16le', 4), false)).toEqual([]);
});

test('a line without an end is cut, and nothing of it is lost', async () => {
  const bytes = new Uint8Array(3 * LONGEST_RUN + 100).fill(0x61);
  const made = madeMemory([{ at: 7, bytes }], bytes.length + 20, 'missing');
  expect(await hitsOf(made, text('ascii', 4), false)).toEqual([
    `7+${LONGEST_RUN}`,
    `${7 + LONGEST_RUN}+${LONGEST_RUN}`,
    `${7 + 2 * LONGEST_RUN}+${LONGEST_RUN}`,
    `${7 + 3 * LONGEST_RUN}+100`,
  ]);
});

test('UTF-16 lines are those of a look at every unit, pairs whole or broken, none of ASCII alone', async () => {
  const unit = fc.constantFrom(0x41, 0x42, 0x20, 0x4e2d, 0xe9, 0xd83d, 0xde00, 0, 0xa, 0xffff, 0x6161);
  await fc.assert(
    fc.asyncProperty(
      fc.array(unit, { maxLength: 60 }),
      fc.integer({ min: 1, max: 5 }),
      async (units, minimum) => {
        const bytes = Uint8Array.from(units.flatMap((one) => [one & 0xff, one >> 8]));
        const expected: string[] = [];
        for (const { 0: line, index } of String.fromCharCode(...units).matchAll(
          /[\p{L}\p{N}\p{S}\p{Zs}\t]+/gu,
        )) {
          // Characters that ASCII bytes make ("aa" is U+6161) are taken for ASCII.
          const ascii = [...line].every((one) => {
            const code = one.charCodeAt(0);
            return one.length === 1 && isAscii(code & 0xff) && isAscii(code >> 8);
          });
          if ([...line].length >= minimum && !ascii) expected.push(`${8 + 2 * index}+${2 * line.length}`);
        }
        const made = madeMemory([{ at: 8, bytes }], 200, 'missing');
        expect(await hitsOf(made, text('utf-16le', minimum), false)).toEqual(expected);
      },
    ),
    { numRuns: 500 },
  );
});

const isAscii = (byte: number): boolean => (byte >= 0x20 && byte < 0x7f) || byte === 9;
