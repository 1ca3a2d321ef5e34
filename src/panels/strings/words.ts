import type { FindRequest, FindUpdate } from '../../session/find-types';
import { counted } from '../../ui/numbers';
import { findText } from '../search/progress-words';

/** What the list of strings holds so far. */
export function stringsText(count: number, update: FindUpdate | null, indexing: boolean): string {
  if (indexing) return 'Listed when the memory is indexed.';
  return update === null ? '' : findText(count, 'string', update, counted(update.searched, 'captured byte'));
}

/** What to say where the list is empty. */
export function noStringsText({ query }: FindRequest, { searched }: FindUpdate): string {
  const all = counted(searched, 'captured byte');
  if (query.kind !== 'strings' || query.filter === '') return `No strings in ${all}.`;
  return `No string in ${all} holds that text.`;
}
