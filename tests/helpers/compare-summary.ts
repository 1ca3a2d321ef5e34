/**
 * Compares two summaries of docs/json.md for meaning and answers with the differences, one line each. As the issue's
 * comparison does: the wording of problems, the producer's versions and evidence do not count; a number equals itself
 * as text, a float one with the same bits; layouts that cannot be told apart are the same where the frames are; each
 * problem needs one of the other side with the same section and about the same offset.
 */
export function compareSummaries(ours: unknown, theirs: unknown, tolerance = 16): string[] {
  if (!isObject(ours) || !isObject(theirs)) return ['not an object'];
  const differences: Difference[] = [];
  diff({ ...ours, problems: null }, { ...theirs, problems: null }, '', differences);
  const kept = differences.filter(({ path, a, b }) => {
    const thread = /^threads\[(\d+)\]\.layout$/.exec(path)?.[1];
    if (thread !== undefined && twins(ours, theirs, Number(thread), differences)) return false;
    const cut = isCut(ours) && isCut(theirs);
    return !(cut && path === 'producer.name' && [a, b].includes('unknown'));
  });
  return [
    ...kept.map(({ path, a, b }) => `${path}: ${show(a)} | ${show(b)}`),
    ...problemDifferences(listOf(ours['problems']), listOf(theirs['problems']), tolerance),
  ];
}

/** Keys that the repository's docs/json.md added to what `expected.json` was written for. */
const NEW = /^debugModules$|\.frames\[\d+\]\.(?:name|doubtful|lines)$/;

interface Difference {
  readonly path: string;
  readonly a: unknown;
  readonly b: unknown;
}

type Json = Readonly<Record<string, unknown>>;

/** Keys whose text is free. */
const FREE = new Set(['versions', 'evidence', 'message']);
/** Layouts of which the file cannot say which one it is. */
const ALIKE = [new Set(['L1', 'L2']), new Set(['L3', 'L3w', 'L4'])];

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const show = (value: unknown): string => JSON.stringify(value)?.slice(0, 160) ?? 'nothing';

function diff(a: unknown, b: unknown, path: string, into: Difference[]): void {
  if (isObject(a) && isObject(b)) {
    const bits = typeof a['bits'] === 'string' && typeof b['bits'] === 'string';
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      if (FREE.has(key) || (bits && key === 'value')) continue;
      const at = path === '' ? key : `${path}.${key}`;
      if (!(key in b) && NEW.test(at)) continue;
      diff(a[key] ?? null, b[key] ?? null, at, into);
    }
  } else if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) into.push({ path: `${path}.length`, a: a.length, b: b.length });
    for (let index = 0; index < Math.min(a.length, b.length); index += 1)
      diff(a[index], b[index], `${path}[${index}]`, into);
  } else if (a !== b && !(plain(a) === plain(b) && plain(a) !== null)) {
    into.push({ path, a, b });
  }
}

/** A number, or a text that is one, as text; null for anything else. */
function plain(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && /^-?\d+$/.test(value) ? value : null;
}

function twins(ours: Json, theirs: Json, index: number, differences: readonly Difference[]): boolean {
  const [a, b] = [listOf(ours['threads'])[index], listOf(theirs['threads'])[index]];
  if (!isObject(a) || !isObject(b) || a['complete'] !== true || b['complete'] !== true) return false;
  if (differences.some(({ path }) => path.startsWith(`threads[${index}].frames`))) return false;
  const empty = listOf(a['frames']).length === 0;
  return empty || ALIKE.some((group) => group.has(String(a['layout'])) && group.has(String(b['layout'])));
}

function isCut(summary: Json): boolean {
  const file = summary['file'];
  return isObject(file) && typeof file['truncatedAt'] === 'number';
}

function problemDifferences(
  ours: readonly unknown[],
  theirs: readonly unknown[],
  tolerance: number,
): string[] {
  const fits = (x: unknown, y: unknown): boolean => {
    if (!isObject(x) || !isObject(y) || (x['section'] ?? null) !== (y['section'] ?? null)) return false;
    const [p, q] = [x['offset'], y['offset']];
    // Where a stack stops depends on the layout that was tried last.
    if (typeof p !== 'number' || typeof q !== 'number' || x['section'] === 'corestack') return true;
    return Math.abs(p - q) <= tolerance;
  };
  return [
    ...ours.filter((x) => !theirs.some((y) => fits(x, y))).map((x) => `problem of ours only: ${show(x)}`),
    ...theirs.filter((y) => !ours.some((x) => fits(x, y))).map((y) => `problem of theirs only: ${show(y)}`),
  ];
}
