import { describe, expect, it } from 'vitest';
import { NAME_LIMIT, visible } from '../../src/coredump/visible';

describe('visible', () => {
  it('leaves ordinary names as they are', () => {
    expect(visible('core::fmt::Formatter<T>')).toBe('core::fmt::Formatter<T>');
    expect(visible('größe 名前 😀')).toBe('größe 名前 😀');
  });

  it.each([
    ['a\u202eb', 'a\\u{202e}b', 'a right-to-left override'],
    ['a\u2066b\u2069', 'a\\u{2066}b\\u{2069}', 'isolates'],
    ['a\u200bb', 'a\\u{200b}b', 'a zero-width space'],
    ['a\u200fb', 'a\\u{200f}b', 'a right-to-left mark'],
    ['\ufeffa', '\\u{feff}a', 'a byte order mark'],
    ['a\nb\r\tc\0', 'a\\nb\\r\\tc\\0', 'white space and NUL'],
    ['\u001b[31m', '\\u{1b}[31m', 'a terminal escape'],
    ['a\u2028b', 'a\\u{2028}b', 'a line separator'],
    ['a\u3164b', 'a\\u{3164}b', 'a Hangul filler, which looks like nothing'],
    ['a\u{e0041}', 'a\\u{e0041}', 'a tag character'],
    ['a\ud800', 'a\\u{d800}', 'half a surrogate pair'],
  ])('%j becomes %s: %s', (name, shown) => {
    expect(visible(name)).toBe(shown);
  });

  it('bounds a long name and says how long it was', () => {
    const shown = visible('x'.repeat(1_000_000));
    expect(shown).toBe(`${'x'.repeat(NAME_LIMIT)}… (1,000,000 characters)`);
  });

  it('never cuts a pair in half', () => {
    expect(visible('😀😀', 3)).toBe('😀… (4 characters)');
  });
});
