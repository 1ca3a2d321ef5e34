import { create } from 'zustand';
import type { Bytes } from '../../bytes/units';
import type { FrameLine, Snapshot } from '../../session/types';
import { indexPaths, type Match, matchPath, type PathIndex } from './paths';

/** A source text that the user gave: a handle. Its text is read when it is shown. */
export interface SourceFile {
  readonly id: number;
  readonly path: string;
  readonly size: Bytes;
  readonly blob: (signal: AbortSignal) => Promise<Blob>;
}

/** What was given, for as long as the page lives: the next dump of the same program needs the same files. */
export interface Sources {
  readonly files: readonly SourceFile[];
  /** Which file the user chose for a path of the debug information, where several were as good. */
  readonly chosen: ReadonlyMap<string, number>;
}

/** The oldest go first. */
const KEPT = 20_000;
let lastId = 0;

export const useSources = create<Sources>()(() => ({ files: [], chosen: new Map() }));

/** Keeps source texts. One that was given before under the same path is replaced: it is the newer. */
export function addSources(given: readonly Omit<SourceFile, 'id'>[]): readonly SourceFile[] {
  if (given.length === 0) return [];
  const added = given.map((file): SourceFile => ({ ...file, id: ++lastId }));
  const paths = new Set(given.map(({ path }) => path));
  useSources.setState(({ files }) => ({
    files: [...files.filter(({ path }) => !paths.has(path)), ...added].slice(-KEPT),
  }));
  return added;
}

export function chooseSource(path: string, id: number): void {
  useSources.setState(({ chosen }) => ({ chosen: new Map(chosen).set(path, id) }));
}

export function forgetSources(): void {
  useSources.setState({ files: [], chosen: new Map() });
}

const indexes = new WeakMap<readonly SourceFile[], PathIndex<SourceFile>>();

/** The file for a path of the debug information, by the user's choice or by its path. */
export function sourceFor({ files, chosen }: Sources, path: string): Match<SourceFile> {
  const id = chosen.get(path);
  const choice = id === undefined ? undefined : files.find((file) => file.id === id);
  if (choice !== undefined) return { kind: 'one', file: choice, certain: true };
  let index = indexes.get(files);
  if (index === undefined) {
    index = indexPaths(files);
    indexes.set(files, index);
  }
  return matchPath(index, path);
}

const NO_LINES: readonly FrameLine[] = [];

/** The lines of a frame; none where nothing is known of them. */
export function linesOf(snapshot: Snapshot, thread: number, frame: number): readonly FrameLine[] {
  return snapshot.names.frames[thread]?.[frame]?.lines ?? NO_LINES;
}

/**
 * The path to look for: with the directory that a relative one is relative to, which tells `lib/main.c` from `app/main.c`
 * where both are recorded as `main.c`. null: no file is known.
 */
export function pathOf({ file, directory }: FrameLine): string | null {
  if (file === null || file === '') return null;
  const whole = /^([\\/]|[a-z][a-z0-9+.-]*:)/i.test(file) || directory === null || directory === '';
  return whole ? file : `${directory}/${file}`;
}
