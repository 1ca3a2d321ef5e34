import type { FindUpdate } from '../../session/find-types';
import { counted, sizeOfSize } from '../../ui/numbers';

/** What a search came to so far. @param one of what it looks for. @param looked what it went through, when it is done. */
export function findText(count: number, one: string, update: FindUpdate, looked: string): string {
  const { message, searched, state, total } = update;
  const found = count === 0 ? `No ${one}s` : counted(count, one);
  switch (state) {
    case 'failed':
      return message ?? 'The search failed.';
    case 'running':
      return `${found} so far. Searching ${sizeOfSize(searched, total)}`;
    case 'stopped':
      return `${found}. Stopped at ${sizeOfSize(searched, total)}.`;
    case 'limit':
      return `${counted(count, one)} shown, search stopped.`;
    case 'done':
      return `${found} in ${looked}`;
  }
}
