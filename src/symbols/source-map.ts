import { decodedMappings, TraceMap, traceSegment } from '@jridgewell/trace-mapping';
import { lossyUtf8 } from '../bytes/cursor';
import { partition } from '../bytes/partition';
import type { FileOffset } from '../bytes/units';
import type { CodeRange, DebugInfo, LineRow, SourceLine } from '../dwarf/model';

/** A source that a source map carries with it. */
export interface EmbeddedSource {
  readonly path: string;
  readonly text: string;
}

/** Lines out of a source map (ECMA-426), in the form of debug information. */
export interface SourceMapInfo extends DebugInfo {
  /** Paths of all sources. */
  readonly paths: readonly string[];
  /** Those whose text is in the map. */
  readonly sources: readonly EmbeddedSource[];
}

/** The map in a `data:` URL; null: it is an address, which nothing fetches. @throws Error when the data do not decode. */
export function embeddedMap(url: string): string | null {
  const match = /^data:[^,]*,/i.exec(url);
  if (match === null) return null;
  const data = url.slice(match[0].length);
  if (!/;base64,$/i.test(match[0])) return decodeURIComponent(data);
  return lossyUtf8(Uint8Array.from(atob(data), (character) => character.charCodeAt(0)));
}

/**
 * Reads a source map of a Wasm module: line 1, and the column is the offset in the **file** (AssemblyScript, emscripten's
 * -gsource-map).
 * @param payload where the code section's payload begins: addresses count from there.
 * @throws Error with what is wrong with the text.
 */
export function openSourceMap(text: string, payload: FileOffset): SourceMapInfo {
  const map = new TraceMap(text);
  const [mappings = []] = decodedMappings(map);
  const paths = map.resolvedSources.map((path) => path.replace(/^file:\/\//, ''));
  const lineOf = (segment: readonly number[]): Omit<LineRow, 'address'> => {
    const [, source, line, column] = segment;
    return {
      file: source === undefined ? null : (paths[source] ?? null),
      directory: null,
      line: line === undefined ? null : line + 1,
      column: column === undefined ? null : column + 1,
    };
  };
  return {
    async lines(pc: number, body: CodeRange): Promise<readonly SourceLine[]> {
      const segment = traceSegment(map, 0, payload + pc);
      // What stands before the body is another function's: compilers' own functions have no mappings.
      if (segment === null || segment.length === 1 || segment[0] < payload + body.start) return [];
      return [{ function: null, linkageName: null, ...lineOf(segment) }];
    },
    async rows(body: CodeRange): Promise<readonly LineRow[]> {
      const rows: LineRow[] = [];
      for (let at = firstFrom(mappings, payload + body.start); at < mappings.length; at += 1) {
        const segment = mappings[at];
        if (segment === undefined || segment[0] >= payload + body.end) break;
        rows.push({ address: segment[0] - payload, ...lineOf(segment) });
      }
      return rows;
    },
    functionOf: async () => ({ kind: 'silent' }),
    units: 0,
    versions: [],
    worthless: null,
    split: [],
    problems: () => [],
    paths,
    sources: paths.flatMap((path, index) => {
      const content = map.sourcesContent?.[index] ?? null;
      return content === null ? [] : [{ path, text: content }];
    }),
  };
}

/** The first of ascending mappings that is not before a column. */
function firstFrom(mappings: readonly (readonly number[])[], column: number): number {
  return partition(mappings.length, (at) => (mappings[at]?.[0] ?? 0) < column);
}

/** Whether a text looks like a source map: what a dropped `.map` file must be. */
export function isSourceMap(head: string): boolean {
  return /^\s*\{/.test(head) && /"(?:mappings|version|sources)"\s*:/.test(head);
}
