import type { Dump } from '../coredump/model';
import type { Demangle } from '../symbols/demangler';
import { type DumpNames, type NameSource, nameDump } from '../symbols/names';

/**
 * Names a dump again only when the dump or what names it has changed: the lists then stay the same objects, and what is
 * the same is not sent to the page again.
 */
export class NameCache {
  #last: {
    readonly dump: Dump;
    readonly sources: readonly NameSource[];
    readonly demangle: Demangle | null;
    readonly names: DumpNames;
  } | null = null;

  /** The names of a dump, as `nameDump` gives them. */
  of(dump: Dump, sources: readonly NameSource[], demangle: Demangle | null): DumpNames {
    const last = this.#last;
    const same =
      last?.demangle === demangle && sameDump(last.dump, dump) && sameSources(last.sources, sources);
    if (last !== null && same) return last.names;
    const names = nameDump(dump, sources, demangle);
    this.#last = { dump, sources, demangle, names };
    return names;
  }
}

const sameDump = (a: Dump, b: Dump): boolean =>
  a.threads === b.threads &&
  a.globals === b.globals &&
  a.instances === b.instances &&
  a.declarations === b.declarations;

const sameSources = (a: readonly NameSource[], b: readonly NameSource[]): boolean =>
  a.length === b.length &&
  a.every(({ doubtful, facts, module, tables }, at) => {
    const other = b[at];
    return (
      other?.module === module &&
      other.tables === tables &&
      other.facts === facts &&
      other.doubtful === doubtful
    );
  });
