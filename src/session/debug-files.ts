import { lossyUtf8 } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import type { Problem } from '../coredump/model';
import { openDebugInfo } from '../dwarf/debug-info';
import type { DebugInfo } from '../dwarf/model';
import { debugSections, hasDwarf } from '../symbols/debug-sections';
import { embeddedMap, openSourceMap } from '../symbols/source-map';
import { staleSentence } from '../symbols/stale';
import { type Shelved, sizeNow } from './module-shelf';

/** What tells the source lines of a module. */
export interface ModuleDebug {
  readonly info: DebugInfo | null;
  /** As words: "DWARF 4, 12 units". */
  readonly words: string;
  readonly problems: readonly Problem[];
  /** The texts of sources that came with it, by their path. */
  readonly sources: ReadonlyMap<string, string>;
  /** What they came with, as words; empty where none did. */
  readonly carrier: string;
  /** Other files on the shelf that it is read from. */
  readonly files: readonly Shelved[];
}

const NO_TEXTS = { sources: new Map<string, string>(), carrier: '' };

/** A source map is read whole, up to this much of it. */
const LARGEST_MAP: Bytes = 256 * 1024 * 1024;
/** Code is compared piece by piece. */
const PIECE: Bytes = 1024 * 1024;

/**
 * Opens the debug information of a module: its own DWARF, that of its separate debug file, or its source map. Only what
 * is on the shelf is looked at; nothing is fetched.
 * @throws what a source throws, and the signal's reason.
 */
export async function openModuleDebug(
  shelved: Shelved,
  shelf: readonly Shelved[],
  signal: AbortSignal,
): Promise<ModuleDebug> {
  if (hasDwarf(shelved.symbols.sections)) return openDwarf(shelved, shelved, shelf, [], signal);
  const separate = await separateFile(shelved, shelf, signal);
  if (separate.file !== null) return openDwarf(shelved, separate.file, shelf, separate.problems, signal);
  const map = await openMap(shelved, shelf, signal);
  if (map !== null) return map;
  return { info: null, words: nothing(shelved), problems: separate.problems, ...NO_TEXTS, files: [] };
}

async function openDwarf(
  shelved: Shelved,
  { file, symbols, id }: Shelved,
  shelf: readonly Shelved[],
  before: readonly Problem[],
  signal: AbortSignal,
): Promise<ModuleDebug> {
  const split = shelf.filter(({ kind }) => kind === 'split-dwarf');
  const companions = split.map((part) => debugSections(part.file.source, part.symbols.sections));
  const info = await openDebugInfo(debugSections(file.source, symbols.sections), companions, signal);
  const own = id === shelved.id;
  const files = [...(own ? [] : [{ id, kind: 'module' as const, file, symbols }]), ...split];
  const stale =
    info === null || info.worthless !== null ? null : await staleSentence(info, shelved.symbols, signal);
  if (stale !== null) return { info: null, words: stale, problems: before, ...NO_TEXTS, files };
  if (info === null) return { info, words: nothing(shelved), problems: before, ...NO_TEXTS, files };
  const words = info.worthless ?? `${dwarfWords(info)}${own ? '' : `, in ${file.name}`}`;
  return { info: info.worthless === null ? info : null, words, problems: before, ...NO_TEXTS, files };
}

/** `DWARF 4 and 5, 12 units; 3 are split: drop a.dwo, b.dwo, c.dwo`. */
function dwarfWords({ split, units, versions }: DebugInfo): string {
  const kinds = versions.length === 0 ? '' : ` ${versions.join(' and ')}`;
  const parts = split.slice(0, 5).join(', ') + (split.length > 5 ? `, ${split.length - 5} more` : '');
  const missing = split.length === 0 ? '' : `; ${split.length} are split: drop ${parts}`;
  return `DWARF${kinds}, ${units} ${units === 1 ? 'unit' : 'units'}${missing}`;
}

function nothing({ symbols }: Shelved): string {
  const { debugFile, sourceMap } = symbols.links;
  if (debugFile !== null) return `its lines are in ${baseName(debugFile)}: drop that too`;
  if (sourceMap !== null && !sourceMap.startsWith('data:'))
    return `its lines are in the source map ${baseName(sourceMap)}: drop that too`;
  return symbols.names.functions.size > 0
    ? 'names and no lines: build with -g to get them'
    : 'no names, no lines';
}

const baseName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
const plainName = ({ file }: Shelved): string => file.name.replace(/\.(gz|br)$/, '');

/** The file that holds a stripped module's debug information: by its link, its build id, or its code. */
async function separateFile(
  shelved: Shelved,
  shelf: readonly Shelved[],
  signal: AbortSignal,
): Promise<{ readonly file: Shelved | null; readonly problems: readonly Problem[] }> {
  const { buildId, debugFile } = shelved.symbols.links;
  const problems: Problem[] = [];
  for (const other of shelf) {
    if (other.id === shelved.id || !hasDwarf(other.symbols.sections)) continue;
    const named = debugFile !== null && baseName(debugFile) === plainName(other);
    const sameBuild = buildId !== null && buildId === other.symbols.links.buildId;
    if (other.symbols.code === null) {
      if (named || sameBuild) return { file: other, problems: [] };
      continue;
    }
    const difference = await codeDifference(shelved, other, signal);
    if (difference === null) return { file: other, problems: [] };
    const message = `${other.file.name} is named as the debug file of ${shelved.file.name}: ${difference}`;
    if (named) problems.push({ section: 'external_debug_info', offset: null, message });
  }
  return { file: null, problems };
}

/** Whether two modules have the same code, byte for byte; else both sizes, or where they begin to differ. */
async function codeDifference(a: Shelved, b: Shelved, signal: AbortSignal): Promise<string | null> {
  const { code: first } = a.symbols;
  const { code: second } = b.symbols;
  if (first === null || second === null) return 'one of them has no code';
  const sizes = [first.end - first.payload, second.end - second.payload] as const;
  const grouped = sizes.map((size) => size.toLocaleString('en-US'));
  if (sizes[0] !== sizes[1]) return `their code has ${grouped[0]} and ${grouped[1]} bytes`;
  for (let at = 0; at < sizes[0]; at += PIECE) {
    const length = Math.min(PIECE, sizes[0] - at);
    const [one, other] = await Promise.all([
      a.file.source.read(first.payload + at, length, signal),
      b.file.source.read(second.payload + at, length, signal),
    ]);
    const differs = one.findIndex((byte, index) => byte !== other[index]);
    if (differs >= 0) return `their code differs from byte ${(at + differs).toLocaleString('en-US')} on`;
  }
  return null;
}

async function openMap(
  shelved: Shelved,
  shelf: readonly Shelved[],
  signal: AbortSignal,
): Promise<ModuleDebug | null> {
  const { code, links } = shelved.symbols;
  if (code === null) return null;
  const given =
    links.sourceMap === null || links.sourceMap.startsWith('data:') ? null : baseName(links.sourceMap);
  const maps = shelf.filter(({ kind }) => kind === 'source-map');
  const modules = shelf.filter(({ kind }) => kind === 'module').length;
  // A map that is not named as the module's own is taken where it can be no other module's.
  const file = maps.find((map) => plainName(map) === given) ?? (modules === 1 ? maps[0] : undefined) ?? null;
  const where = file === null ? 'the embedded source map' : file.file.name;
  try {
    const text =
      file !== null
        ? lossyUtf8(await file.file.source.read(0, Math.min(sizeNow(file.file), LARGEST_MAP), signal))
        : links.sourceMap === null
          ? null
          : embeddedMap(links.sourceMap);
    if (text === null) return null;
    const info = openSourceMap(text, code.payload);
    const count = info.paths.length;
    const words = `source map, ${count} ${count === 1 ? 'source' : 'sources'}${file === null ? '' : `, in ${file.file.name}`}`;
    return {
      info,
      words,
      problems: [],
      sources: new Map(info.sources.map(({ path, text }) => [path, text])),
      carrier: where,
      files: file === null ? [] : [file],
    };
  } catch (error) {
    if (signal.aborted) throw error;
    const message = `${where} does not decode: ${error instanceof Error ? error.message : String(error)}`;
    const problems = [{ section: 'sourceMappingURL', offset: null, message }];
    return {
      info: null,
      words: 'a source map that does not decode',
      problems,
      ...NO_TEXTS,
      files: file === null ? [] : [file],
    };
  }
}
