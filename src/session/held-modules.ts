import type { Dump, Producer, Thread } from '../coredump/model';
import { type FramesByModule, framesByModule, type Match, Matcher } from '../symbols/match';
import { basesFor } from '../symbols/offset-base';
import { type CodeEvidence, lookAt } from '../symbols/sights';
import { structureOf } from '../symbols/structure';
import type { Shelved } from './module-shelf';

/** A debug module held against the open dump. */
export interface Held {
  readonly shelved: Shelved;
  /** The module of the dump that it fits best; null: the dump lists none. */
  readonly module: number | null;
  readonly match: Match;
  readonly evidence: CodeEvidence;
}

/** What of a dump a debug module is held against. */
export type DumpParts = Pick<Dump, 'threads' | 'modules' | 'instances' | 'globals' | 'declarations'>;

/** What a debug module is held against. */
export interface HeldAgainst {
  readonly dump: DumpParts;
  readonly producer: Producer;
  /** The dump's own, if it has one: no producer is known to write it. */
  readonly buildId: string | null;
}

/** What stands at the frames' places, by the threads: the same list as long as nothing changes. */
const looked = new WeakMap<Shelved, WeakMap<readonly Thread[], CodeEvidence>>();

/**
 * Holds one debug module against every module of the dump.
 * @throws what its source throws, and the signal's reason.
 */
export async function hold(
  shelved: Shelved,
  { buildId, dump, producer }: HeldAgainst,
  signal: AbortSignal,
): Promise<Held> {
  const { threads } = dump;
  const bases = basesFor(producer);
  const known = looked.get(shelved) ?? new WeakMap<readonly Thread[], CodeEvidence>();
  looked.set(shelved, known);
  const evidence =
    known.get(threads) ?? (await lookAt(shelved.file.source, shelved.symbols, threads, bases, signal));
  known.set(threads, evidence);
  const groups = framesByModule(threads, dump.instances);
  const matcher = new Matcher(shelved.symbols, evidence, groups, bases);
  const { match, module } = best(shelved, dump, groups, matcher);
  return { shelved, module, match: withBuildId(match, buildId, shelved), evidence };
}

const RANK: Readonly<Record<Match['verdict'], number>> = {
  matches: 3,
  doubtful: 2,
  'no-match': 1,
  unused: 0,
};

/** The module of the dump that a file fits best; of equals the one that it is named like. */
function best(
  shelved: Shelved,
  dump: DumpParts,
  groups: FramesByModule,
  matcher: Matcher,
): { readonly module: number | null; readonly match: Match } {
  if (dump.modules.length === 0) return { module: null, match: matcher.match(null) };
  const anywhere = groups.has(null);
  const named = (module: number): number => (isNamed(shelved, dump.modules[module]?.name ?? '') ? 0.5 : 0);
  let found: { readonly module: number; readonly match: Match; readonly rank: number } | null = null;
  for (const module of dump.modules.keys()) {
    // A dump can list as many modules as it has bytes: one in which no frame runs is looked at by its name only.
    if (!anywhere && !groups.has(module) && named(module) === 0) continue;
    const match = withStructure(matcher.match(module), shelved, dump, module);
    const rank = RANK[match.verdict] + named(module);
    if (found === null || rank > found.rank) found = { module, match, rank };
  }
  return found ?? { module: 0, match: matcher.match(0) };
}

function isNamed({ file, symbols }: Shelved, name: string): boolean {
  return name !== '' && (name === symbols.names.module || name === file.name.replace(/\.(gz|br)$/, ''));
}

/** Memories and globals that differ make a match doubtful; those that agree are said. */
function withStructure(match: Match, { symbols }: Shelved, dump: DumpParts, module: number): Match {
  if (match.verdict !== 'matches' && match.verdict !== 'doubtful') return match;
  const structure = structureOf(symbols, dump, module);
  if (structure.kind === 'silent') return match;
  const verdict = structure.kind === 'differs' ? 'doubtful' : match.verdict;
  return { ...match, verdict, evidence: `${match.evidence}; ${structure.text}` };
}

function withBuildId(match: Match, dumps: string | null, { symbols }: Shelved): Match {
  const own = symbols.links.buildId;
  if (dumps === null || own === null || match.verdict === 'unused') return match;
  if (dumps === own) return { ...match, evidence: `build_id ${own} agrees; ${match.evidence}` };
  const text = `its build_id is ${own}, the dump's ${dumps}`;
  return { ...match, verdict: 'no-match', evidence: `${text}; ${match.evidence}` };
}
