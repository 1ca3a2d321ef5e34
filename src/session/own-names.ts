import type { NameSource } from '../symbols/names';
import type { NameSection } from '../wasm/name-section';
import type { OpenDump } from './open-dump';

const known = new WeakMap<NameSection, readonly NameSource[]>();

/** The dump's own name section as what names it: the same list as long as the section is the same. */
export function ownSources({ sniffed, walked }: OpenDump): readonly NameSource[] {
  if (sniffed?.kind !== 'wasm') return [];
  const { names } = walked.assembled;
  const before = known.get(names);
  if (before !== undefined) return before;
  const tables = { names, exports: new Map<number, string>(), imports: new Map<number, string>() };
  const sources = [{ module: null, tables, facts: null, doubtful: false }];
  known.set(names, sources);
  return sources;
}
