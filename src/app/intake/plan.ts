import { isDumpName } from './classify-file';
import type { Expanded, Sorted } from './expand';

/** Modules of folders and archives that are handed to the session: a build folder can hold thousands. */
export const MODULE_LIMIT = 64;

/** What becomes of each given file. */
export interface Plan {
  readonly dumps: readonly Sorted[];
  /** For the session: modules, source maps, and what was chosen by itself, whatever it is: it has the sentence for it. */
  readonly others: readonly Sorted[];
  readonly sources: readonly Sorted[];
  readonly unused: readonly Sorted[];
  /** Modules beyond the limit. */
  readonly cut: number;
}

export function plan({ files }: Expanded): Plan {
  const known = files.filter(({ is }) => is.kind === 'wasm' && is.role === 'dump');
  // A raw memory image (the rewriter writes one where the entry function traps), or what stands in a dump's place: the
  // session says what it is.
  const named = files.filter(({ is, file }) => is.kind === 'other' && file.nested && isDumpName(file.path));
  const dumps = known.length > 0 ? known : named;
  const sources = files.filter(({ is }) => is.kind === 'source');
  const nestedModules = files.filter(
    ({ is, file }) => file.nested && is.kind === 'wasm' && is.role === 'module',
  );
  const modules = new Set(nestedModules.slice(0, MODULE_LIMIT));
  const others = files.filter((sorted) => {
    const { is, file } = sorted;
    if (is.kind === 'source-map') return true;
    if (is.kind === 'wasm' && is.role === 'module') return !file.nested || modules.has(sorted);
    return is.kind === 'other' && !file.nested;
  });
  const unused = files.filter(
    (sorted) => sorted.file.nested && sorted.is.kind === 'other' && !dumps.includes(sorted),
  );
  return { dumps, others, sources, unused, cut: nestedModules.length - modules.size };
}
