import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OFFSET_BASES } from '../../../src/app/code-place';
import { parseLink } from '../../../src/app/link/parse';
import { printLink } from '../../../src/app/link/print';
import {
  type LinkSearch,
  type LinkSource,
  type LinkView,
  NO_SOURCE,
  NO_VIEW,
} from '../../../src/app/link/types';
import { LISTS, MIDDLES } from '../../../src/app/link/view-words';
import { FORMAT_CHOICES, fits, GROUP_CHOICES, ROW_CHOICES } from '../../../src/app/memory-view';
import { SAMPLES } from '../../../src/app/samples';

const index = fc.oneof(fc.nat(20), fc.nat(0xffff_ffff));
const address = fc.oneof(fc.nat(0xffff), fc.maxSafeNat());
const word = fc
  .oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 20 }))
  .map((text) => text.replace(/\p{Surrogate}/gu, '?'))
  .filter((text) => text !== '');
const endian = fc.constantFrom('little' as const, 'big' as const);
const encoding = fc.constantFrom('utf-8' as const, 'utf-16le' as const);

const query: fc.Arbitrary<LinkSearch['query']> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('text' as const, 'expression' as const),
    text: word,
    encoding,
    ignoreCase: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('hex' as const), text: word }),
  fc.record({
    kind: fc.constant('integer' as const),
    text: word,
    width: fc.constantFrom(1 as const, 2 as const, 4 as const, 8 as const),
    aligned: fc.boolean(),
    endian,
  }),
  fc.record({
    kind: fc.constant('float' as const),
    text: word,
    width: fc.constantFrom(4 as const, 8 as const),
    aligned: fc.boolean(),
    endian,
  }),
  fc.record({ kind: fc.constant('pointers' as const), text: word, aligned: fc.boolean() }),
);

const name = word.filter((text) => text.length <= 40);
const path = fc.oneof(name, fc.constantFrom('src/main.c', 'a:12', 'C:\\x.c', 'x:', ':3', 'a:1:2'));
const identifier = fc.option(name);
const view: fc.Arbitrary<LinkView> = fc.record({
  frame: fc.option(fc.record({ thread: index, frame: index })),
  memory: index,
  bytes: fc.option(fc.record({ memory: index, anchor: address, focus: address })),
  middle: fc.constantFrom(...MIDDLES),
  lists: fc.option(fc.constantFrom(...LISTS, 'closed' as const)),
  gaps: fc
    .uniqueArray(fc.record({ memory: index, gaps: fc.constantFrom('zero' as const, 'missing' as const) }), {
      selector: ({ memory }) => memory,
      maxLength: 5,
    })
    .map((gaps) => gaps.sort((one, other) => one.memory - other.memory)),
  search: fc.option(fc.record({ query, zeros: fc.boolean() })),
  rows: fc
    .record({
      rowBytes: fc.constantFrom(...ROW_CHOICES),
      group: fc.constantFrom(...GROUP_CHOICES),
      format: fc.constantFrom(...FORMAT_CHOICES),
    })
    .filter(({ format, group }) => fits(group, format)),
  code: fc.option(
    fc.record({ module: identifier, function: index, offset: fc.option(fc.nat(0xff_ffff_ffff)) }),
  ),
  offsets: fc.constantFrom(...OFFSET_BASES),
  source: fc.option(
    fc
      .record({
        inline: index,
        file: fc.option(fc.record({ path: path, line: fc.option(fc.integer({ min: 1, max: 999_999_999 })) })),
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
      root: identifier,
      memory: index,
      address,
      count: fc.integer({ min: 1, max: 1_000_000 }),
      follow: identifier,
    }),
  ),
});

const url = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom('./dumps/a b.coredump', '/crash.coredump', '//other.example/ü.core', 'x?y=1&z=%26#h'),
);
const source: fc.Arbitrary<LinkSource> = fc.oneof(
  fc.constant(NO_SOURCE),
  fc.record({ kind: fc.constant('url' as const), dump: url, modules: fc.array(url, { maxLength: 4 }) }),
  fc.record({
    kind: fc.constant('sample' as const),
    id: fc.constantFrom(...SAMPLES.map(({ id }) => id)),
  }),
  fc.record({
    kind: fc.constant('embedded' as const),
    data: fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/),
    name: fc.option(word),
    memory: fc.constantFrom('whole' as const, 'none' as const),
  }),
);

describe('a link to a sample', () => {
  it('has one that the page has, by a name of its own', () => {
    expect(new Set(SAMPLES.map(({ id }) => id)).size).toBe(SAMPLES.length);
    for (const { id } of SAMPLES)
      expect(parseLink(`#v=1&sample=${id}`)).toEqual({
        source: { kind: 'sample', id },
        view: NO_VIEW,
        problems: [],
      });
  });

  it('says what it takes, and leaves the rest of the link as it is', () => {
    const { source, view, problems } = parseLink('#f=2&sample=../secret');
    expect(source).toEqual(NO_SOURCE);
    expect(view.frame).toEqual({ thread: 0, frame: 2 });
    expect(problems).toEqual([
      'sample= takes divide, stack-only, rewriter, 4gib, wasmedge, wasmer, rust; "../secret" was left out.',
    ]);
  });

  it('gives way to a dump that stands in the same link', () => {
    for (const other of ['url=/a.core', 'dump=AAAA']) {
      const { source, problems } = parseLink(`#sample=rust&${other}`);
      expect(source.kind).not.toBe('sample');
      expect(problems).toEqual(['The link names a sample and another dump; sample="rust" was left out.']);
    }
  });
});

const viewOf = (hash: string) => parseLink(hash).view;

describe('a link', () => {
  it('is read as it was printed', () => {
    fc.assert(
      fc.property(source, view, (source, view) => {
        const text = printLink({ source, view });
        expect(parseLink(text)).toEqual({ source, view, problems: [] });
        // What stands in a URL as it is: browsers, chats and terminals change nothing of it.
        expect(text).toMatch(/^(#[\w.,:;=&/@$?%-]*[\w=&/@$%-])?$/);
      }),
      { numRuns: 500 },
    );
  });

  it('says nothing where all is the default', () => {
    expect(printLink({ source: NO_SOURCE, view: NO_VIEW })).toBe('');
    expect(parseLink('')).toEqual({ source: NO_SOURCE, view: NO_VIEW, problems: [] });
    expect(parseLink('#')).toEqual({ source: NO_SOURCE, view: NO_VIEW, problems: [] });
  });

  it('is short and can be read', () => {
    const link = {
      source: { kind: 'url', dump: 'https://ci.example/1/app.core', modules: ['app.wasm'] },
      view: {
        ...NO_VIEW,
        frame: { thread: 0, frame: 2 },
        bytes: { memory: 0, anchor: 0x1f4f, focus: 0x1f40 },
        middle: 'source',
        lists: 'search',
        rows: { rowBytes: 32, group: 4, format: 'unsigned' },
        code: { module: null, function: 12, offset: 0x3e },
        source: { inline: 0, file: { path: 'src/main.c', line: 24 } },
        gaps: [{ memory: 0, gaps: 'missing' }],
        search: {
          query: { kind: 'integer', text: '0xffa0', width: 2, aligned: false, endian: 'big' },
          zeros: true,
        },
      },
    } as const;
    expect(printLink(link)).toBe(
      '#v=1&f=2&a=1f40-1f4f&view=source&list=search&gaps=0:missing&find=integer.16.big.unaligned.zeros&q=0xffa0&row=32&as=u32&code=12:3e&src=src/main.c:24&url=https://ci.example/1/app.core&module=app.wasm',
    );
  });

  it('keeps a mark at its end that a chat would take for its own', () => {
    const search = {
      query: { kind: 'text', text: 'end.', encoding: 'utf-8', ignoreCase: false },
      zeros: false,
    } as const;
    const text = printLink({ source: NO_SOURCE, view: { ...NO_VIEW, search } });
    expect(text).toBe('#v=1&q=end%2e');
    expect(viewOf(text).search).toEqual(search);
  });

  it('takes its parts in any order', () => {
    expect(parseLink('#a=10&f=3&v=1&t=2').view).toEqual(parseLink('#v=1&t=2&f=3&a=10').view);
    expect(viewOf('#a=2:ff&m=1').bytes).toEqual({ memory: 2, anchor: 255, focus: 255 });
    expect(viewOf('#a=ff&m=1').bytes).toEqual({ memory: 1, anchor: 255, focus: 255 });
  });
});

describe('a damaged link', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['#v=2&f=1', /version "2"; this page reads version 1/],
    ['#f=NaN', /^f= takes a number from 0 on; "NaN" was left out\.$/],
    ['#t=-1', /"-1" was left out/],
    ['#f=1e3', /"1e3" was left out/],
    ['#m=99999999999999999999', /m= takes a number/],
    ['#a=0x10', /a= takes an address in hex/],
    ['#a=ffffffffffffff', /a= takes an address in hex/],
    ['#a=10-', /a= takes an address/],
    ['#view=panel', /view= takes memory, source, disassembly; "panel" was left out/],
    ['#list=__proto__', /list= takes globals/],
    ['#gaps=0:lost', /gaps= takes memory:zero/],
    ['#row=12', /row= takes 8, 16, 32, fit; "12" was left out/],
    ['#as=f16', /as= takes hex8 to hex64/],
    ['#as=u999', /as= takes/],
    ['#code=-1', /code= takes function:offset@module/],
    ['#code=4294967296', /code= takes/],
    ['#code=1:fffffffffff', /code= takes/],
    [`#code=1@${'a'.repeat(1001)}`, /code= takes/],
    ['#offsets=page', /offsets= takes function, code, file/],
    ['#src=', /src= takes path:line/],
    [`#src=${'a'.repeat(1001)}`, /src= takes path:line/],
    ['#inline=-1', /inline= takes a number/],
    ['#strings=utf-8.0', /strings= takes encoding.characters/],
    ['#strings=latin1.4', /strings= takes/],
    ['#strings=utf-8.1001', /strings= takes/],
    [`#only=${'a'.repeat(1001)}`, /only= has 1,001 characters; at most 1,000/],
    ['#struct=', /struct= is empty/],
    [`#struct=${'a'.repeat(601)}`, /struct= has 601 characters; at most 600/],
    ['#laid=10', /laid= is without struct=/],
    ['#struct=int%20a;&laid=zz', /laid= takes an address in hex; "zz"/],
    ['#struct=int%20a;&times=0', /times= takes 1 to 1,000,000; 0 was left out/],
    ['#find=hex', /without q=/],
    ['#find=integer.24&q=1', /search, "integer.24"/],
    ['#find=text.big&q=1', /search, "text.big"/],
    [`#q=${'a'.repeat(2001)}`, /for 2,001 characters/],
    ['#f=%', /"f=%" has a % that begins no character/],
    ['#q=%ff%fe', /has a % that begins no character/],
    ['#constructor=1', /"constructor=1" is not known/],
    ['#<script>alert(1)</script>', /is not known/],
    ['#\u202egnp.exe', /\\u\{202e\}/],
    ['#f=1&f=2', /f= is given twice; "2" was left out/],
    ['#module=a.wasm', /module= is without url=/],
    ['#url=', /url="" is empty/],
    ['#url=javascript:alert(1)', /"javascript:alert\(1\)" is not an http or https URL/],
    ['#url=%20%0ajava%0ascript:alert(1)', /is not an http or https URL/],
    ['#url=data:text/html,x', /is not an http/],
    ['#url=blob:https://x/y', /is not an http/],
    ['#url=file:///etc/passwd', /is not an http/],
    ['#url=ftp://a/b', /is not an http/],
    ['#url=ws://a/b', /is not an http/],
    ['#url=view-source:https://a/b', /is not an http/],
    ['#url=https://me@host/x', /user name or password/],
    ['#url=https://ho%00st/x', /is no URL/],
    ['#url=https://a:99999/', /is no URL/],
    ['#f=9007199254740993', /f= takes a number/],
    ['#f=-0', /"-0" was left out/],
    ['#f=Infinity', /"Infinity" was left out/],
    ['#t=%D9%A3', /t= takes a number/],
    ['#a=20000000000000', /a= takes an address in hex/],
    ['#a=NaN', /a= takes an address in hex/],
    ['#gaps=__proto__:zero', /gaps= takes memory:zero/],
    ['#__proto__=1', /"__proto__=1" is not known/],
    ['#hasOwnProperty=x', /is not known/],
    ['#q=%ED%A0%80', /has a % that begins no character/],
    ['#f=%u0031', /has a % that begins no character/],
    [`#url=data:application/wasm;base64,${'A'.repeat(5000)}`, /at most 4,000 are taken/],
    [`#url=a${'&module=b'.repeat(10_000)}`, /more than 200 parts/],
    ['#url=https://me:secret@host/x', /user name or password/],
    ['#url=https://', /is no URL/],
    [`#url=https://x/${'a'.repeat(4000)}`, /at most 4,000 are taken/],
    ['#url=a&module=ftp://x/y', /module="ftp:\/\/x\/y" is not an http/],
    [`#url=a${'&module=b'.repeat(70)}`, /names 70 modules; the first 64/],
    ['#dump=', /has 0 characters: the link is cut off/],
    ['#dump=ab+c', /character 3 is "\+", which base64url does not have/],
    [`#dump=${'A'.repeat(1_000_001)}`, /dump= has 1,000,001 characters: at most 1,000,000/],
    ['#dump=AA&url=x', /holds a dump and names one/],
    ['#dump=AA&without=stack', /without= takes memory/],
    [`#${'x&'.repeat(1000)}`, /more parts were not understood/],
    [`#${'&'.repeat(1000)}f=1`, /more than 200 parts/],
    [`#${'f=1&'.repeat(400_000)}`, /has 1,600,000 characters; at most 1,100,000 are read/],
  ];
  it.each(cases.map(([hash, said]) => [hash.slice(0, 60), hash, said] as const))('%s', (_, hash, said) => {
    const { problems } = parseLink(hash);
    expect(problems.join('\n')).toMatch(said);
    expect(problems.length).toBeLessThanOrEqual(9);
    expect(problems.join('').length).toBeLessThan(4000);
  });

  it('opens what it can', () => {
    const { view, source, problems } = parseLink('#f=2&t=x&a=zz&m=1&url=javascript:1&view=source');
    expect(view).toEqual({ ...NO_VIEW, frame: { thread: 0, frame: 2 }, memory: 1, middle: 'source' });
    expect(source).toEqual(NO_SOURCE);
    expect(problems).toHaveLength(3);
  });

  it('of any characters is no error, is read in bounded time, and gives no other scheme', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '&',
        '=',
        '%',
        '#',
        'url=',
        'a=',
        'gaps=',
        'dump=',
        'javascript:',
        'data:',
        'f=',
        't=',
        'module=',
        '//host/',
        '__proto__',
        '9007199254740993',
        '%00',
        '\ud800',
        '\u202e',
        'q=',
        '-',
        ':',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const { source, view, problems } = parseLink(pieces.join(''));
        expect(problems.every((problem) => problem.length > 10)).toBe(true);
        if (source.kind === 'url')
          for (const one of [source.dump, ...source.modules])
            expect(new URL(one, 'https://page.invalid/').protocol).toMatch(/^https?:$/);
        expect(problems.join('').length).toBeLessThan(4000);
        // What was understood is a link itself, which says the same again.
        const printed = printLink({ source, view });
        expect(printed.length).toBeLessThan(3000);
        const again = parseLink(printed);
        expect(printLink(again)).toBe(printed);
        expect(parseLink(printLink({ source, view }))).toMatchObject({ problems: [] });
      }),
      { numRuns: 1000 },
    );
    const begun = performance.now();
    // A hundred megabytes: browsers take no such address, and where one does it is read no further.
    const long = parseLink(`#url=data:application/wasm;base64,${'A'.repeat(100_000_000)}`);
    expect(long.problems).toEqual([
      'The link has 100,000,033 characters; at most 1,100,000 are read. Nothing of it was used.',
    ]);
    parseLink(`#${'module=b&'.repeat(10_000)}`);
    parseLink(`#q=${'%41'.repeat(360_000)}`);
    parseLink(`#${'a=%zz&'.repeat(180_000)}`);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
