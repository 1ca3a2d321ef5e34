import type { FileRole } from './types';

/** What a file is told that another one took the place of. */
export const replaced = (name: string): FileRole => ({
  name,
  role: 'not-used',
  reason: 'Replaced by another file.',
});
