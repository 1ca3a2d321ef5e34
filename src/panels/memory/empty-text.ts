import type { MemorySummary, Snapshot } from '../../session/types';
import { grouped } from '../../ui/numbers';
import { byteCount } from './words';

/** The id of the data section in a Wasm file. */
const DATA_SECTION = 11;

/** What stands in the place of the grid; null where there are bytes to show. */
export function instead(snapshot: Snapshot, memory: number): string | null {
  const summary = snapshot.memories[memory];
  if (summary === undefined) return 'No memory: the file declares none.';
  return summary.size === 0 ? `Memory ${memory} is empty: the dump declares 0 pages.` : null;
}

/** What stands above the grid of a memory of which no byte was captured; null while indexing, and where bytes were captured. */
export function nothingCaptured(snapshot: Snapshot, memory: number): string | null {
  const summary = snapshot.memories[memory];
  if (summary === undefined || summary.segments > 0 || summary.counts.pending > 0) return null;
  if (snapshot.dump.sections.some((section) => section.id === DATA_SECTION))
    return `No segment covers memory ${memory}: 0 of ${byteCount(summary.size)} captured.`;
  return `No memory was captured. The dump declares ${pages(summary)} and has no data section.`;
}

function pages(summary: MemorySummary): string {
  const { declaration, size } = summary;
  const number = declaration.pageSize > 0 ? size / declaration.pageSize : declaration.minimumPages;
  return `${grouped(number)} ${number === 1 ? 'page' : 'pages'}`;
}
