import { discardFiles } from './container';
import { sentence, type TakenFile } from './intake';
import type { ModuleShelf } from './module-shelf';
import type { FileRole } from './types';

/** What a file is told that another one took the place of. */
export const replaced = (name: string): FileRole => ({
  name,
  role: 'not-used',
  reason: 'Replaced by another file.',
});

/**
 * Gives a file that stands beside the one to open its role: modules and their debug information go on the shelf. One that
 * has no role is closed: compressed data is not inflated for nothing.
 */
export async function roleBeside(
  taken: TakenFile,
  shelf: ModuleShelf,
  signal: AbortSignal,
): Promise<FileRole> {
  const { name } = taken;
  if (taken.kind === 'unreadable') return { name, role: 'not-used', reason: taken.reason };
  const { file, kind } = taken;
  if (signal.aborted) {
    await discardFiles([file]);
    return replaced(name);
  }
  if (kind === 'module' || kind === 'split-dwarf' || kind === 'source-map') {
    try {
      return { name, role: 'module', id: await shelf.add(file, kind, signal) };
    } catch (error) {
      await discardFiles([file]);
      return { name, role: 'not-used', reason: sentence(error) };
    }
  }
  await discardFiles([file]);
  if (kind === 'other') return { name, role: 'not-used', reason: `${name} is not Wasm.` };
  return { name, role: 'other-dump' };
}
