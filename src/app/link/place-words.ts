import type { LinkCode, LinkSourcePlace } from './types';

/** The longest path or name of a module that a link may hold. */
export const LONGEST_PATH = 1000;
/** A function's body is shorter than the file, and a file that is read whole shorter than this. */
const LONGEST_OFFSET_DIGITS = 10;

/** `12` is function 12, `12:3e` its instruction at +0x3e, `12:3e@app.wasm` in that module, where there are several. */
export function codeText({ function: index, module, offset }: LinkCode): string {
  return `${index}${offset === null ? '' : `:${offset.toString(16)}`}${module === null ? '' : `@${module}`}`;
}

/** The place that a text says; null where it says none. */
export function codeOf(text: string): LinkCode | null {
  const [, digits, offset, module] = /^(\d{1,10})(?::([\da-f]+))?(?:@(.+))?$/is.exec(text) ?? [];
  const index = Number(digits);
  if (digits === undefined || index > 0xffff_ffff) return null;
  if ((module?.length ?? 0) > LONGEST_PATH || (offset?.length ?? 0) > LONGEST_OFFSET_DIGITS) return null;
  return {
    function: index,
    module: module ?? null,
    offset: offset === undefined ? null : Number.parseInt(offset, 16),
  };
}

/** `src/main.c:24`; without a line the path alone, and a colon behind one that ends as if it had a line. */
export function pathText({ line, path }: NonNullable<LinkSourcePlace['file']>): string {
  if (line !== null) return `${path}:${line}`;
  return /:\d*$/.test(path) ? `${path}:` : path;
}

/** The path and line that a text says; null where it says none. */
export function pathOf(text: string): LinkSourcePlace['file'] {
  const [, path = '', digits = ''] = /^(.+?)(?::(\d{0,9}))?$/s.exec(text) ?? [];
  if (path === '' || path.length > LONGEST_PATH) return null;
  const line = Number(digits);
  // Lines count from 1: a 0 says none.
  return { path, line: line === 0 ? null : line };
}
