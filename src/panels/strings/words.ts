import type { FindRequest, FindUpdate } from '../../session/find-types';
import { counted, sizeOfSize } from '../../ui/numbers';

/** What the list of strings holds so far. */
export function stringsText(count: number, update: FindUpdate | null, indexing: boolean): string {
  if (indexing) return 'Listed when the memory is indexed.';
  const found = count === 0 ? 'No strings' : counted(count, 'string');
  if (update === null) return '';
  const { searched, total } = update;
  switch (update.state) {
    case 'failed':
      return update.message ?? 'The search failed.';
    case 'running':
      return `${found} so far. Searching ${sizeOfSize(searched, total)}`;
    case 'stopped':
      return `${found}. Stopped at ${sizeOfSize(searched, total)}.`;
    case 'limit':
      return `${found} shown, search stopped.`;
    case 'done':
      return `${found} in ${counted(searched, 'captured byte')}`;
  }
}

/** What to say where the list is empty. */
export function noStringsText({ query }: FindRequest, { searched }: FindUpdate): string {
  const all = counted(searched, 'captured byte');
  if (query.kind !== 'strings' || query.filter === '') return `No strings in ${all}.`;
  return `No string in ${all} holds that text.`;
}
