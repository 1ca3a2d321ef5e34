/** A path of debug information in its parts: `C:\src\.\a\..\b.c` is `src`, `b.c`. */
export function pathParts(path: string): string[] {
  const parts: string[] = [];
  // Schemes (`webpack://app/src/a.ts`) and drives are no folders.
  for (const part of path.replace(/^[a-z][a-z0-9+.-]*:/i, '').split(/[\\/]+/)) {
    if (part === '' || part === '.') continue;
    // Above where the path begins nothing is known: `../src/a.c` ends in `src/a.c`.
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts;
}

/** Something with a path, given by the user. */
export interface Pathed {
  readonly path: string;
}

interface Indexed<File> {
  readonly file: File;
  readonly parts: readonly string[];
}

/** Files by the last part of their path, in lower case: what debug information names is looked up in it. */
export type PathIndex<File extends Pathed> = ReadonlyMap<string, readonly Indexed<File>[]>;

export function indexPaths<File extends Pathed>(files: readonly File[]): PathIndex<File> {
  const index = new Map<string, Indexed<File>[]>();
  for (const file of files) {
    const parts = pathParts(file.path);
    const key = parts.at(-1)?.toLowerCase() ?? '';
    const known = index.get(key);
    if (known === undefined) index.set(key, [{ file, parts }]);
    else known.push({ file, parts });
  }
  return index;
}

export type Match<File> =
  /** `certain`: one path is the other's end, or more than the last part is the same. */
  | { readonly kind: 'one'; readonly file: File; readonly certain: boolean }
  /** As good as each other: the user knows. */
  | { readonly kind: 'several'; readonly files: readonly File[] }
  | { readonly kind: 'none' };

/**
 * The file that a path of debug information means: the one whose path has the most last parts in common with it. Letters
 * of another case count less than the same (`Main.C` on a disk that does not tell them apart). A file whose folder differs
 * at once is a match by its name only, and is said to be.
 */
export function matchPath<File extends Pathed>(index: PathIndex<File>, path: string): Match<File> {
  const wanted = pathParts(path);
  const candidates = index.get(wanted.at(-1)?.toLowerCase() ?? '') ?? [];
  let best = 0;
  let found: { readonly file: File; readonly certain: boolean }[] = [];
  for (const { file, parts } of candidates) {
    const { common, exact } = commonEnd(parts, wanted);
    const score = common + exact / 1e6;
    const certain = common > 1 || common === parts.length || common === wanted.length;
    if (score > best) found = [];
    if (score >= best) found.push({ file, certain });
    best = Math.max(best, score);
  }
  const [only] = found;
  if (only === undefined) return { kind: 'none' };
  return found.length === 1
    ? { kind: 'one', ...only }
    : { kind: 'several', files: found.map(({ file }) => file) };
}

/** How many last parts two paths have in common, and how many of these letter for letter. */
function commonEnd(a: readonly string[], b: readonly string[]): { common: number; exact: number } {
  let common = 0;
  let exact = 0;
  for (; common < Math.min(a.length, b.length); common++) {
    const [left, right] = [a[a.length - 1 - common], b[b.length - 1 - common]];
    if (left?.toLowerCase() !== right?.toLowerCase()) break;
    if (left === right) exact++;
  }
  return { common, exact };
}

/**
 * The address that a path stands for, where it is one: it is shown, never fetched. Rust's own library is recorded as
 * `/rustc/<commit>/library/...` (rustc's `--remap-path-prefix` of its builds); the commit is one of rust-lang/rust.
 */
export function urlOf(path: string): string | null {
  if (/^https?:\/\/[^\s]+$/i.test(path)) return path;
  const rust = /^\/rustc\/([0-9a-f]{40})\/+(library\/.+)$/.exec(path.replace(/\\/g, '/'));
  return rust === null ? null : `https://github.com/rust-lang/rust/blob/${rust[1]}/${rust[2]}`;
}
