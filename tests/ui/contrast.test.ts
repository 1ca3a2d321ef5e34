import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../src/ui/tokens.css', import.meta.url), 'utf8');

type Theme = 'light' | 'dark';
type Rgb = readonly [number, number, number];

/** The first declaration of a token: the later ones are for more contrast, forced colours and coarse pointers. */
function declaration(token: string): string {
  const match = new RegExp(`--${token}:\\s*([^;]+);`).exec(css);
  if (match?.[1] === undefined) throw new Error(`no token --${token}`);
  return match[1].trim();
}

function colour(token: string, theme: Theme): Rgb {
  const value = declaration(token);
  const other = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
  if (other !== undefined) return colour(other, theme);
  const pair = /^light-dark\(\s*(#\w+),\s*(#\w+)\s*\)$/.exec(value);
  const hex = theme === 'light' ? pair?.[1] : pair?.[2];
  if (hex === undefined || hex.length !== 7) throw new Error(`--${token} is no pair of colours: ${value}`);
  const channel = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}

/** WCAG 2.2, relative luminance. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string, theme: Theme): number {
  const [light, dark] = [luminance(colour(a, theme)), luminance(colour(b, theme))].toSorted((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const PANELS = ['bg-0', 'bg-1', 'bg-2', 'bg-3', 'bg-pop', 'accent-tint', 'accent-tint-2'];

/** Text and every surface that it meets. */
const TEXT: readonly (readonly [string, readonly string[]])[] = [
  ['fg-1', [...PANELS, 'trap-tint', 'warn-tint']],
  ['fg-2', [...PANELS, 'trap-tint', 'warn-tint']],
  ['fg-3', PANELS],
  ['accent', PANELS],
  ['fg-on-accent', ['accent-solid']],
  ['trap', ['bg-1', 'bg-2', 'bg-3', 'bg-pop', 'trap-tint', 'accent-tint', 'accent-tint-2']],
  ['warn', ['bg-1', 'bg-2', 'bg-3', 'bg-pop', 'warn-tint', 'accent-tint', 'accent-tint-2']],
  ['ok', ['bg-1', 'bg-2', 'bg-pop']],
  ['byte-captured', ['bg-1', 'bg-3', 'accent-tint-2']],
  ['byte-zero', ['bg-1', 'accent-tint-2']],
  ['byte-elided', ['bg-1', 'accent-tint-2']],
  ['byte-missing', ['bg-1', 'byte-missing-hatch']],
  ['byte-lost', ['bg-1', 'byte-lost-hatch']],
  // Source: its ground, a hovered line, the line that stopped, the selected frame's.
  ...['keyword', 'number', 'string', 'comment'].map((kind): [string, string[]] => [
    `syn-${kind}`,
    ['bg-1', 'bg-3', 'trap-tint', 'accent-tint'],
  ]),
];

/** Marks and edges that carry meaning. */
const MARKS: readonly (readonly [string, readonly string[]])[] = [
  ['line-3', ['bg-0', 'bg-1', 'bg-2', 'bg-pop']],
  ['accent-line', ['bg-1', 'accent-tint-2']],
  ['accent', ['bg-0', 'bg-1', 'bg-2']],
  ['cov-captured', ['bg-0']],
  ['cov-missing', ['bg-0']],
  ['cov-lost', ['bg-0']],
];

const pairs = (list: typeof TEXT) =>
  list.flatMap(([front, backs]) =>
    backs.flatMap((back) => (['light', 'dark'] as const).map((theme) => ({ front, back, theme }))),
  );

describe('contrast of tokens.css', () => {
  it.each(pairs(TEXT))('$front on $back, $theme: text, 4.5', ({ front, back, theme }) => {
    expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(pairs(MARKS))('$front on $back, $theme: mark, 3', ({ front, back, theme }) => {
    expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(3);
  });

  it('measures as WCAG does: black on white is 21, the token of each theme is taken', () => {
    expect(luminance([255, 255, 255]) + 0.05).toBeCloseTo(21 * 0.05, 6);
    expect(colour('bg-1', 'light')).not.toEqual(colour('bg-1', 'dark'));
  });
});
