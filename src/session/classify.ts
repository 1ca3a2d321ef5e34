import { lossyUtf8 } from '../bytes/cursor';
import { type ByteSource, sizeOf } from '../bytes/source';
import type { Bytes } from '../bytes/units';
import { SNIFF_LENGTH, sniff } from '../coredump/kind';
import { isSplitDwarf } from '../symbols/debug-sections';
import { isSourceMap } from '../symbols/source-map';
import { type SectionHeader, walkSections } from '../wasm/sections';

/** What a dropped file is, as far as its role goes. */
export type FileClass = 'coredump' | 'module' | 'memory-image' | 'split-dwarf' | 'source-map' | 'other';

/** Sections that only a module to be run has: a growing source need not be waited for any further. */
const MODULE_SECTIONS = new Set([1, 2, 3, 7, 10]);
const DATA = 11;
/** The members of a source map may stand in any order; the long ones are at its end by custom. */
const MAP_HEAD: Bytes = 64 * 1024;

/**
 * Tells a dump from a module by its sections: `core` or `corestack` make it a dump, whatever else stands in it
 * (format.md section 6). Reads headers only.
 */
export async function classify(source: ByteSource, signal: AbortSignal): Promise<FileClass> {
  const head = await source.read(0, SNIFF_LENGTH, signal);
  let sniffed = sniff(head, source.size ?? Number.MAX_SAFE_INTEGER - 1);
  // Only a size tells a memory image from anything else.
  if (sniffed.kind === 'unknown' && source.size === null) sniffed = sniff(head, await sizeOf(source, signal));
  if (sniffed.kind === 'memory-image') return 'memory-image';
  if (sniffed.kind === 'text')
    return isSourceMap(lossyUtf8(await source.read(0, MAP_HEAD, signal))) ? 'source-map' : 'other';
  if (sniffed.kind !== 'wasm') return 'other';
  const sections: SectionHeader[] = [];
  for await (const event of walkSections(source, 8, signal)) {
    if (event.kind !== 'section') continue;
    const { id, name } = event.section;
    sections.push(event.section);
    if (id === 0 && (name === 'core' || name === 'corestack')) return 'coredump';
    if (source.size !== null) continue;
    if (MODULE_SECTIONS.has(id)) return 'module';
    // Data before anything that runs: WasmEdge after 0.17 writes its custom sections behind gigabytes of it.
    if (id === DATA) return 'coredump';
  }
  return isSplitDwarf(sections) ? 'split-dwarf' : 'module';
}
