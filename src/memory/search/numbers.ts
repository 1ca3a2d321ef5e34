interface Problem {
  readonly kind: 'problem';
  readonly message: string;
}

const problem = (message: string): Problem => ({ kind: 'problem', message });

/** What is typed into a box is short; what is longer is quoted only in part. */
const quoted = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** A whole number: decimal, `0x`, `1f40h`, with `-`, with `_` or `,` between digits. null: it is none. */
function wholeNumber(text: string): bigint | null {
  const plain = text.trim().replaceAll(/(?<=[\da-f])[_,](?=[\da-f])/gi, '');
  const match = /^([-+]?)(?:0x([\da-f]{1,32})|([\da-f]{1,32})h|(\d{1,40}))$/i.exec(plain);
  if (match === null) return null;
  const [, sign, prefixed, suffixed, decimal] = match;
  const hex = prefixed ?? suffixed;
  const value = BigInt(hex === undefined ? (decimal ?? '0') : `0x${hex}`);
  return sign === '-' ? -value : value;
}

/** An integer as the unsigned word of `width` bytes that holds it; negative ones as two's complement. */
export function parseInteger(
  text: string,
  width: 1 | 2 | 4 | 8,
): { readonly kind: 'value'; readonly value: bigint } | Problem {
  if (text.trim() === '') return problem('No number is given.');
  const value = wholeNumber(text);
  if (value === null) return problem(`${quoted(text)} is no whole number.`);
  const bits = 8 * width;
  const [least, most] = [-(1n << BigInt(bits - 1)), (1n << BigInt(bits)) - 1n];
  if (value < least || value > most)
    return problem(`${bits} bits hold ${least.toLocaleString('en-US')} to ${most.toLocaleString('en-US')}.`);
  return { kind: 'value', value: BigInt.asUintN(bits, value) };
}

/** Addresses: one, first to last (`a..b`), or a start and a length (`a+len`). */
export function parseRange(
  text: string,
): { readonly kind: 'range'; readonly first: bigint; readonly last: bigint } | Problem {
  if (text.trim() === '') return problem('No address is given.');
  const [start = '', ...rest] = text.split(/\.\.|\+/);
  const first = wholeNumber(start);
  const [second] = rest;
  if (first === null || first < 0n || rest.length > 1) return problem(`${quoted(text)} is no address.`);
  if (second === undefined) return { kind: 'range', first, last: first };
  const number = wholeNumber(second);
  if (number === null || number < 0n) return problem(`${quoted(text)} is no range of addresses.`);
  const last = text.includes('..') ? number : first + number - 1n;
  if (last < first) return problem(`The range ends before it begins.`);
  return { kind: 'range', first, last };
}

/**
 * A float with or without a tolerance: `3.14`, `3.14 ± 0.01`, `3.14 +- 0.01`, `nan`, `-inf`. Without one, the float of
 * `width` bytes that is nearest to what was typed.
 */
export function parseFloatRange(
  text: string,
  width: 4 | 8,
):
  | { readonly kind: 'range'; readonly low: number; readonly high: number }
  | { readonly kind: 'nan' }
  | Problem {
  if (text.trim() === '') return problem('No number is given.');
  const [left = '', ...rest] = text.split(/±|\+-/);
  const [right] = rest;
  if (/^\s*nan\s*$/i.test(text)) return { kind: 'nan' };
  const value = floatNumber(left);
  if (value === null || rest.length > 1) return problem(`${quoted(text)} is no number.`);
  const nearest = width === 4 ? Math.fround(value) : value;
  if (right === undefined) return { kind: 'range', low: nearest, high: nearest };
  const tolerance = floatNumber(right);
  if (tolerance === null || !(tolerance >= 0))
    return problem(`${quoted(right.trim())} is no tolerance: 0 or more.`);
  if (!Number.isFinite(value)) return { kind: 'range', low: value, high: value };
  return {
    kind: 'range',
    low: Math.min(nearest, value - tolerance),
    high: Math.max(nearest, value + tolerance),
  };
}

function floatNumber(text: string): number | null {
  const plain = text.trim();
  const infinity = /^([-+]?)inf(inity)?$/i.exec(plain);
  if (infinity !== null) return infinity[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return null;
  return Number(plain);
}
