import { describe, expect, it, vi } from 'vitest';
import { LINE_LIMIT, linePieces } from '../../../src/app/sources/line-pieces';
import { columnOffset, lineStarts, lineText, readSource, SOURCE_LIMIT } from '../../../src/app/sources/text';
import { NO_TOKENS, type Tokens } from '../../../src/app/sources/tokens';

const pause = vi.fn(async () => undefined);
const source = async (text: string) => ({ text, starts: await lineStarts(text, pause) });
const read = async (bytes: Uint8Array) => {
  const loaded = await readSource('a.c', bytes, pause);
  return loaded.kind === 'text' ? loaded.source.text : loaded.message;
};
const utf8 = (text: string) => new TextEncoder().encode(text);

/** A token over `text`'s first occurrence. */
const tokens = (text: string, of: string): Tokens => ({
  starts: Uint32Array.of(text.indexOf(of)),
  ends: Uint32Array.of(text.indexOf(of) + of.length),
  kinds: Uint8Array.of(3),
});
const drawn = async (text: string, line: number, column: number | null = null, with_: Tokens = NO_TOKENS) =>
  linePieces(await source(text), with_, line, column).pieces.map(
    ({ text, kind, marked }) => `${marked ? '^' : ''}${kind === 'plain' ? '' : `${kind}:`}${text}`,
  );

describe('lines', () => {
  it('end with a line feed, with or without a carriage return', async () => {
    const text = await source('a\r\n\nb\r\rc\n');
    expect(Array.from(text.starts)).toEqual([0, 3, 4]);
    expect([1, 2, 3, 4].map((line) => lineText(text, line))).toEqual(['a', '', 'b\r\rc', '']);
  });

  it('are one in an empty text, and the last needs no line feed', async () => {
    expect(Array.from((await source('')).starts)).toEqual([0]);
    expect(Array.from((await source('a\nb')).starts)).toEqual([0, 2]);
  });

  it('by the hundred thousand are found with pauses', async () => {
    pause.mockClear();
    expect((await source('\n'.repeat(1_000_000))).starts.length).toBe(1_000_000);
    expect(pause).toHaveBeenCalledTimes(5);
  });
});

describe('readSource', () => {
  it('decodes UTF-8, what is not becomes U+FFFD, and UTF-16 by its mark', async () => {
    expect(await read(utf8('é'))).toBe('é');
    expect(await read(Uint8Array.of(0x61, 0xff, 0x62))).toBe('a\ufffdb');
    expect(await read(Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x0a, 0))).toBe('a\n');
    expect(await read(Uint8Array.of(0xfe, 0xff, 0, 0x61))).toBe('a');
    expect(await read(utf8('\ufeffa'))).toBe('a');
  });

  it('refuses binary and what is too long, with the numbers', async () => {
    expect(await read(Uint8Array.of(0x61, 0, 0x62))).toBe('a.c is no text: byte 1 of 3 is 00.');
    expect(await read(new Uint8Array(SOURCE_LIMIT + 1))).toBe(
      'a.c has 16.0 MiB; source texts of at most 16.0 MiB are shown.',
    );
  });
});

describe('columnOffset', () => {
  it('counts bytes of UTF-8 from 1', () => {
    expect(columnOffset('abc', 1)).toBe(0);
    expect(columnOffset('abc', 3)).toBe(2);
    expect(columnOffset('é=1', 3)).toBe(1);
    expect(columnOffset('𝄞=1', 5)).toBe(2);
    expect(columnOffset('abc', 4)).toBeNull();
    expect(columnOffset('abc', 0)).toBeNull();
  });
});

describe('linePieces', () => {
  it('colours what a token covers, also where it began lines before', async () => {
    const text = 'a /* b\nc\nd */ e';
    const over = tokens(text, '/* b\nc\nd */');
    expect(await drawn(text, 1, null, over)).toEqual(['a ', 'comment:/* b']);
    expect(await drawn(text, 2, null, over)).toEqual(['comment:c']);
    expect(await drawn(text, 3, null, over)).toEqual(['comment:d */', ' e']);
  });

  it('marks one character at the column, inside a token too', async () => {
    expect(await drawn('q = sum / by', 1, 9)).toEqual(['q = sum ', '^/', ' by']);
    expect(await drawn('a sum', 1, 4, tokens('a sum', 'sum'))).toEqual([
      'a ',
      'comment:s',
      '^comment:u',
      'comment:m',
    ]);
    expect(await drawn('a', 1, 99)).toEqual(['a']);
  });

  it('draws tabs to the next stop', async () => {
    expect(await drawn('\ta\tb', 1)).toEqual(['    a   b']);
  });

  it('writes out what would reorder or hide text', async () => {
    expect(await drawn('if (a\u202e\u2066) {', 1)).toEqual([
      'if (a',
      'unseen:\\u{202e}',
      'unseen:\\u{2066}',
      ') {',
    ]);
    expect(await drawn('a\rb\u0000', 1)).toEqual(['a', 'unseen:\\r', 'b', 'unseen:\\u{0}']);
  });

  it('cuts a line of 1 MB and says how much', async () => {
    const { pieces, cut } = linePieces(await source(`${'x'.repeat(1_000_000)}\nb`), NO_TOKENS, 1, null);
    expect(pieces.map((piece) => piece.text.length)).toEqual([LINE_LIMIT]);
    expect(cut).toBe(998_000);
  });

  it('has nothing past the last line', async () => {
    expect(await drawn('a', 2)).toEqual([]);
    expect(await drawn('', 1)).toEqual([]);
  });
});
