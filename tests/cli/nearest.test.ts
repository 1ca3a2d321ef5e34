import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/cli/nearest';

describe('the nearest word', () => {
  const known = ['open', 'read', '--json', '--no-browser'];

  it.each([
    ['opne', 'open'],
    ['opn', 'open'],
    ['openn', 'open'],
    ['oben', 'open'],
    ['raed', 'read'],
    ['--jsno', '--json'],
    ['--jsn', '--json'],
    ['--no-browsre', '--no-browser'],
    ['--no-bowsr', '--no-browser'],
    // Two slips in a short word make another word.
    ['node', null],
    ['bread', 'read'],
    ['spread', null],
    ['app', null],
    ['', null],
    ['-', null],
    ['OPEN', null],
  ])('%s: %s', (word, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });

  it('does not look at what is far longer', () => {
    const began = performance.now();
    expect(nearest('o'.repeat(10_000_000), known)).toBeNull();
    expect(performance.now() - began).toBeLessThan(100);
  });
});
