import type { LinkSearch } from './types';

/** The longest text to look for that a link may hold. */
export const LONGEST_SEARCH = 2000;

const KINDS = ['text', 'hex', 'integer', 'float', 'pointers', 'expression'] as const;
type Kind = (typeof KINDS)[number];

const WIDTHS: ReadonlyMap<string, 1 | 2 | 4 | 8> = new Map([
  ['8', 1],
  ['16', 2],
  ['32', 4],
  ['64', 8],
]);

/** How a search looks for its text, as `find=` says it: the kind, then what differs from the usual. `integer.16.big`. */
export function searchWords({ query, zeros }: LinkSearch): string {
  const words: string[] = [query.kind];
  switch (query.kind) {
    case 'text':
    case 'expression':
      if (query.encoding !== 'utf-8') words.push(query.encoding);
      if (query.ignoreCase) words.push('nocase');
      break;
    case 'integer':
    case 'float':
      words.push(String(8 * query.width));
      if (query.endian === 'big') words.push('big');
      if (!query.aligned) words.push('unaligned');
      break;
    case 'pointers':
      if (!query.aligned) words.push('unaligned');
      break;
    case 'hex':
      break;
  }
  if (zeros) words.push('zeros');
  return words.join('.');
}

/** The search for `text` in the way that the words say; null where they make no search. */
export function searchOf(text: string, words: string): LinkSearch | null {
  const [first, ...rest] = words.split('.', 8);
  const kind = KINDS.find((one) => one === first);
  if (kind === undefined || text === '' || text.length > LONGEST_SEARCH) return null;
  const take = (word: string) => {
    const at = rest.indexOf(word);
    if (at !== -1) rest.splice(at, 1);
    return at !== -1;
  };
  const zeros = take('zeros');
  const query = queryOf(kind, text, rest, take);
  return query === null || rest.length > 0 ? null : { query, zeros };
}

function queryOf(
  kind: Kind,
  text: string,
  rest: string[],
  take: (word: string) => boolean,
): LinkSearch['query'] | null {
  switch (kind) {
    case 'text':
    case 'expression': {
      const encoding = take('utf-16le') ? 'utf-16le' : 'utf-8';
      return { kind, text, encoding, ignoreCase: take('nocase') };
    }
    case 'hex':
      return { kind, text };
    case 'pointers':
      return { kind, text, aligned: !take('unaligned') };
    case 'integer':
    case 'float': {
      const endian = take('big') ? 'big' : 'little';
      const aligned = !take('unaligned');
      const width = WIDTHS.get(rest[0] ?? (kind === 'integer' ? '32' : '64'));
      rest.shift();
      if (width === undefined) return null;
      if (kind === 'integer') return { kind, text, width, aligned, endian };
      return width === 4 || width === 8 ? { kind, text, width, aligned, endian } : null;
    }
  }
}
