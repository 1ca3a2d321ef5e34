import fc from 'fast-check';
import type { LinkSearch, LinkView } from '../../../src/app/link/types';
import { LISTS, MIDDLES } from '../../../src/app/link/view-words';
import { FORMAT_CHOICES, fits, GROUP_CHOICES, ROW_CHOICES } from '../../../src/app/memory-view';

/** What a dump has, for views that fit it. */
export interface Extent {
  readonly frames: number;
  readonly bytes: number;
  readonly modules: readonly string[];
}

const word = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 });
const endian = fc.constantFrom('little' as const, 'big' as const);
const query: fc.Arbitrary<LinkSearch['query']> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    text: word,
    encoding: fc.constantFrom('utf-8' as const, 'utf-16le' as const),
    ignoreCase: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('hex' as const), text: fc.constantFrom('00', 'de ad', '?? 7f') }),
  fc.record({
    kind: fc.constant('integer' as const),
    text: fc.nat(127).map(String),
    width: fc.constantFrom(1 as const, 2 as const, 4 as const, 8 as const),
    aligned: fc.boolean(),
    endian,
  }),
);

/** Views of a dump: every part at random, or the usual. */
export function viewsOf({ frames, bytes, modules }: Extent): fc.Arbitrary<LinkView> {
  const address = fc.nat(bytes - 1);
  return fc.record({
    frame: fc.option(fc.record({ thread: fc.constant(0), frame: fc.nat(frames - 1) })),
    memory: fc.constant(0),
    bytes: fc.option(fc.record({ memory: fc.constant(0), anchor: address, focus: address })),
    middle: fc.constantFrom(...MIDDLES),
    lists: fc.option(fc.constantFrom(...LISTS.filter((list) => list !== 'globals'), 'closed' as const)),
    gaps: fc.oneof(
      fc.constant([]),
      fc.tuple(
        fc.record({ memory: fc.constant(0), gaps: fc.constantFrom('zero' as const, 'missing' as const) }),
      ),
    ),
    search: fc.option(fc.record({ query, zeros: fc.boolean() })),
    rows: fc
      .record({
        rowBytes: fc.constantFrom(...ROW_CHOICES),
        group: fc.constantFrom(...GROUP_CHOICES),
        format: fc.constantFrom(...FORMAT_CHOICES),
      })
      .filter(({ format, group }) => fits(group, format)),
    code: fc.option(
      fc.record({
        module: fc.constantFrom(...modules),
        function: fc.nat(50),
        offset: fc.option(fc.nat(0xffff)),
      }),
    ),
    offsets: fc.constantFrom('function' as const, 'code' as const, 'file' as const),
    source: fc.option(
      fc
        .record({
          inline: fc.nat(3),
          file: fc.option(fc.record({ path: word, line: fc.option(fc.integer({ min: 1, max: 9999 })) })),
        })
        .filter(({ file, inline }) => file !== null || inline !== 0),
    ),
    strings: fc.record({
      encoding: fc.constantFrom('ascii' as const, 'utf-8' as const, 'utf-16le' as const),
      minimum: fc.integer({ min: 1, max: 1000 }),
      filter: fc.oneof(fc.constant(''), word),
    }),
    structs: fc.option(
      fc.record({
        text: word,
        root: fc.option(word),
        memory: fc.constant(0),
        address,
        count: fc.integer({ min: 1, max: 1000 }),
        follow: fc.option(word),
      }),
    ),
  });
}
