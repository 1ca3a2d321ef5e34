import type { DebugModule, Snapshot } from '../../session/types';
import type { LinkCode } from './types';

/** The debug module that a link means, by its name; where the link names none, the only one. Null: it is not open. */
export function moduleOf({ modules }: Snapshot, { module }: LinkCode): DebugModule | null {
  if (module === null) return modules[0] ?? null;
  return modules.find(({ name }) => name === module) ?? null;
}

/** How a link names an open debug module; null: it goes without saying. */
export function moduleName({ modules }: Snapshot, id: number): string | null {
  return modules.length === 1 ? null : (modules.find((module) => module.id === id)?.name ?? null);
}
