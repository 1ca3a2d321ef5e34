import type { FactsByFrame } from '../symbols/frame-facts';
import type { EmbeddedFile } from './code-types';
import type { ModuleDebug } from './debug-files';

/** A source whose text came with a module's debug information; null: that of this path did not. */
export function embeddedFile(debug: ModuleDebug | null, path: string | null): EmbeddedFile | null {
  const text = path === null ? undefined : debug?.sources.get(path);
  if (debug === null || path === null || text === undefined) return null;
  return { path, size: text.length, carrier: debug.carrier };
}

/** Those that the frames' lines name. A source map can carry thousands. */
export function embeddedOfFrames(facts: FactsByFrame, debug: ModuleDebug): readonly EmbeddedFile[] {
  if (debug.sources.size === 0) return [];
  const paths = new Set<string>();
  for (const { lines } of new Set(facts.values()))
    for (const { file } of lines) if (file !== null) paths.add(file);
  return [...paths].flatMap((path) => embeddedFile(debug, path) ?? []);
}
