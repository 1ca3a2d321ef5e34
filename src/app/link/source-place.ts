import type { Snapshot } from '../../session/types';
import { carriedSource, type SourceFile } from '../sources/registry';
import type { ShownSource } from '../sources/shown';
import type { FrameRef } from '../store';
import type { LinkSourcePlace } from './types';

/** A link's place in the sources, as the source view goes there: by the path, which whoever opens the link may have a file for. */
export function placeOf(
  { file, inline }: LinkSourcePlace,
  of: FrameRef | null,
  snapshot: Snapshot,
): Omit<ShownSource, 'visit' | 'line'> {
  if (file === null) return { of, inline, file: null, at: null };
  const at = { function: null, file: file.path, directory: null, line: file.line, column: null };
  return { of, inline, file: null, at: { ...at, own: carriedFile(snapshot, file.path) } };
}

/** The text that came with a module under this path, if one did. */
function carriedFile({ modules }: Snapshot, path: string): SourceFile | null {
  for (const { embedded, id } of modules) {
    const found = embedded.find((one) => one.path === path);
    if (found !== undefined) return carriedSource(id, found);
  }
  return null;
}
