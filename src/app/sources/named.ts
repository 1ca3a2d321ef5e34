import type { Snapshot } from '../../session/types';
import { pathParts } from './paths';

/** Frames that are looked through: a recursion of 100,000 names no more files than its first frames do. */
const LOOKED_AT = 20_000;

/** Tells whether any frame's line names a file of this last component, whatever the case. */
export function namesFile(snapshot: Snapshot | null): (name: string) => boolean {
  const names = new Set<string>();
  for (const frames of snapshot?.names.frames ?? [])
    for (const { lines } of frames.slice(0, LOOKED_AT))
      for (const { file } of lines) if (file !== null) names.add(pathParts(file).at(-1)?.toLowerCase() ?? '');
  return (name) => names.has(name.toLowerCase());
}
