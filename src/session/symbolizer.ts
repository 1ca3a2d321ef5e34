import { yieldToEvents } from '../bytes/yield';
import type { Thread } from '../coredump/model';
import type { MemoryLayout } from '../memory/region';
import { readLinks } from '../symbols/debug-links';
import { type Demangle, isMangled, loadDemangler } from '../symbols/demangler';
import { addLines, type MatchedFrames, placeFrames } from '../symbols/frame-facts';
import type { Match } from '../symbols/match';
import { type NameSource, rawNames } from '../symbols/names';
import { type ModuleDebug, openModuleDebug } from './debug-files';
import type { HeldCode } from './frame-code';
import { type Held, hold } from './held-modules';
import { sentence } from './intake';
import { type Knowledge, NOTHING_YET } from './knowledge';
import type { ModuleShelf, Shelved } from './module-shelf';
import type { OpenDump } from './open-dump';
import { ownSources } from './own-names';
import { describeModule } from './shelf-text';
import type { DebugModule } from './types';

/** Other work waits for at most this long. */
const SLICE_MS = 20;

/** What the work was begun with: when any of it is another, it begins anew. */
interface Given {
  readonly open: OpenDump;
  readonly threads: readonly Thread[];
  readonly producer: string;
  readonly shelf: readonly Shelved[];
  readonly known: boolean;
}

const VERDICT_ORDER: readonly Match['verdict'][] = ['matches', 'doubtful', 'no-match', 'unused'];

/**
 * The work on names and lines behind an open dump: holds the debug modules against it, then reads their debug
 * information. The picture without lines comes first; `changed` says when it is worth taking again.
 */
export class Symbolizer {
  readonly #shelf: ModuleShelf;
  readonly #changed: () => void;
  #given: Given | null = null;
  #abort = new AbortController();
  #knowledge: ReadonlyMap<Shelved, Knowledge> = new Map();
  /** Of what the knowledge says; the same list as long as it says the same. */
  #sources: readonly NameSource[] = [];
  #working = false;
  demangle: Demangle | null = null;

  constructor(shelf: ModuleShelf, changed: () => void) {
    this.#shelf = shelf;
    this.#changed = changed;
  }

  /** Names and lines are still being worked out. */
  get working(): boolean {
    return this.#working;
  }

  /** Names of the modules that fit, surest first. */
  get sources(): readonly NameSource[] {
    return this.#sources;
  }

  /** The files on the shelf, with what is known of each. */
  modules(): DebugModule[] {
    return this.#shelf.all.map((shelved) =>
      describeModule(shelved, this.#knowledge.get(shelved) ?? NOTHING_YET, this.#knowledge),
    );
  }

  /** The modules that were held against the dump: those that match before doubtful ones, and those before the rest. */
  get held(): readonly HeldCode[] {
    return [...this.#knowledge.values()]
      .flatMap(({ facts, held }) => (held === null ? [] : [{ ...held, facts }]))
      .sort((a, b) => VERDICT_ORDER.indexOf(a.match.verdict) - VERDICT_ORDER.indexOf(b.match.verdict));
  }

  /** The debug information of a module, by its id; null where none is open. */
  debug(id: number): ModuleDebug | null {
    const shelved = this.#shelf.module(id);
    return shelved === null ? null : (this.#knowledge.get(shelved)?.debug ?? null);
  }

  /** The text of a source that came with a module's debug information; null where it has none of that path. */
  sourceText(id: number, path: string): string | null {
    return this.debug(id)?.sources.find((source) => source.path === path)?.text ?? null;
  }

  /** How the modules that match laid out a memory of the dump. */
  layouts({ walked }: OpenDump, memory: number): MemoryLayout[] {
    const { instances } = walked.assembled.dump;
    return [...this.#knowledge.values()].flatMap(({ held }) => {
      if (held === null || held.match.verdict !== 'matches') return [];
      const { module, shelved } = held;
      const owned = (own: number): boolean =>
        instances.some(
          (instance) =>
            (module === null || instance.module === null || instance.module === module) &&
            instance.memories[own] === memory,
        );
      if (!owned(0)) return [];
      const { layout } = shelved.symbols;
      const segments = layout.segments.filter((segment) => owned(segment.memory));
      return [{ module: shelved.file.name, segments, names: layout.names, stackTop: layout.stackTop }];
    });
  }

  /** Ends the work; nothing is known of any dump. */
  stop(): void {
    this.#abort.abort();
    this.#given = null;
    this.#knowledge = new Map();
    this.#sources = [];
    this.#working = false;
  }

  /** Begins the work anew where the dump or the shelf is another than before. */
  refresh(open: OpenDump): void {
    const { threads } = open.walked.assembled.dump;
    const { name, versions } = open.producer;
    const given = {
      open,
      threads,
      producer: `${name} ${versions}`,
      shelf: this.#shelf.all,
      known: open.sectionsKnown,
    };
    if (this.#given !== null && sameGiven(this.#given, given)) return;
    // Without frames there is nothing to hold a module against, and the stack may stand at the end of the file.
    if (threads.length === 0 && !open.sectionsKnown) {
      this.#working = true;
      return;
    }
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#given = given;
    this.#working = given.shelf.length > 0 || this.#needsDemangler(given, new Map());
    if (!this.#working) {
      this.#knowledge = new Map();
      this.#sources = [];
      return;
    }
    const { signal } = this.#abort;
    this.#run(given, signal).catch((error: unknown) => {
      // Aborted work was replaced by other work.
      if (signal.aborted) return;
      const failed = given.shelf.map((shelved) => {
        const known = this.#knowledge.get(shelved) ?? NOTHING_YET;
        return [shelved, { ...known, failure: known.failure ?? sentence(error) }] as const;
      });
      this.#knowledge = new Map(failed);
      this.#working = false;
      this.#changed();
    });
  }

  async #run(given: Given, signal: AbortSignal): Promise<void> {
    const { open, shelf } = given;
    const pause = slices();
    const knowledge = new Map<Shelved, Knowledge>();
    const publish = (): void => {
      signal.throwIfAborted();
      this.#knowledge = new Map(knowledge);
      this.#sources = sourcesOf(knowledge);
      this.#changed();
    };
    /** Does a part of the work on one module; that it fails is told there, and the others go on. */
    const attempt = async (
      shelved: Shelved,
      work: (known: Knowledge) => Promise<Partial<Knowledge>>,
    ): Promise<void> => {
      const known = knowledge.get(shelved) ?? NOTHING_YET;
      try {
        knowledge.set(shelved, { ...known, ...(await work(known)) });
      } catch (error) {
        signal.throwIfAborted();
        knowledge.set(shelved, { ...known, failure: sentence(error) });
      }
      await pause();
      signal.throwIfAborted();
    };
    const modules = shelf.filter(({ kind }) => kind === 'module');
    const { dump } = open.walked.assembled;
    const { buildId } = await readLinks(open.source, given.known ? open.walked.headers : [], signal);
    for (const shelved of modules) {
      await attempt(shelved, async () => {
        const against = { dump, producer: open.producer, buildId };
        const held = await hold(shelved, against, signal);
        return { held, facts: fits(held) ? placeFrames(matched(held, given)) : null };
      });
    }
    await this.#demangle(given, knowledge, signal);
    if (modules.length > 0) publish();
    for (const shelved of modules) {
      await attempt(shelved, async ({ facts, held }) => {
        if (held === null || facts === null) return {};
        const debug = await openModuleDebug(shelved, shelf, signal);
        if (debug.info === null) return { debug };
        return { debug, facts: await addLines(facts, shelved.symbols, debug.info, pause, signal) };
      });
    }
    await this.#demangle(given, knowledge, signal);
    signal.throwIfAborted();
    this.#working = false;
    publish();
  }

  /** Loads the demangler when a name needs it. */
  async #demangle(
    given: Given,
    knowledge: ReadonlyMap<Shelved, Knowledge>,
    signal: AbortSignal,
  ): Promise<void> {
    if (!this.#needsDemangler(given, knowledge)) return;
    const demangle = await loadDemangler();
    signal.throwIfAborted();
    this.demangle = demangle;
  }

  #needsDemangler({ open, threads }: Given, knowledge: ReadonlyMap<Shelved, Knowledge>): boolean {
    if (this.demangle !== null) return false;
    for (const name of rawNames(threads, [...ownSources(open), ...sourcesOf(knowledge)]))
      if (isMangled(name)) return true;
    return false;
  }
}

function sameGiven(a: Given, b: Given): boolean {
  return (
    a.open === b.open &&
    a.threads === b.threads &&
    a.producer === b.producer &&
    a.shelf === b.shelf &&
    a.known === b.known
  );
}

/** Only a module that fits, surely or doubtfully, gives names. */
const fits = ({ match }: Held): boolean => match.verdict === 'matches' || match.verdict === 'doubtful';

function matched({ evidence, match, module, shelved }: Held, { open, threads }: Given): MatchedFrames {
  const { instances } = open.walked.assembled.dump;
  return {
    id: shelved.id,
    symbols: shelved.symbols,
    sights: evidence.sights,
    base: match.base,
    threads,
    runsIn: ({ instance }) => {
      const own = instance === null ? null : (instances[instance]?.module ?? null);
      return module === null || own === null || own === module;
    },
  };
}

/** What names the dump: modules that match before doubtful ones, and behind each the debug file that it has no code of its own. */
function sourcesOf(knowledge: ReadonlyMap<Shelved, Knowledge>): NameSource[] {
  const rank = ({ held }: Knowledge): number => (held?.match.verdict === 'matches' ? 0 : 1);
  return [...knowledge.values()]
    .sort((a, b) => rank(a) - rank(b))
    .flatMap(({ debug, facts, held }): NameSource[] => {
      if (held === null || facts === null) return [];
      const doubtful = held.match.verdict === 'doubtful';
      const { module } = held;
      const files = (debug?.files ?? []).filter(
        ({ kind, symbols }) => kind === 'module' && symbols.code === null,
      );
      return [
        { module, tables: held.shelved.symbols, facts, doubtful },
        ...files.map(({ symbols }) => ({ module, tables: symbols, facts: null, doubtful })),
      ];
    });
}

/** Gives way to other work when a slice of time is over. */
function slices(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await yieldToEvents();
    since = performance.now();
  };
}
