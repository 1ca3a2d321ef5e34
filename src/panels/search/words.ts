import type { SearchQuery } from '../../memory/search/query';
import type { FindRequest, FindUpdate } from '../../session/find-types';
import type { StateCounts } from '../../session/types';
import { counted, grouped } from '../../ui/numbers';
import { findText } from './progress-words';

/** What a search came to so far: how many hits, in how many bytes, and whether it goes on. */
export function hitsText(hits: number, request: FindRequest, update: FindUpdate): string {
  return findText(hits, 'hit', update, looked(update.searched, update.zeros, request.zeros));
}

function looked(searched: number, zeros: number, asked: boolean): string {
  const captured = counted(searched, 'captured byte');
  return asked && zeros > 0 ? `${captured} and ${counted(zeros, 'known zero')}` : captured;
}

/** What to say when nothing was found: how much was searched, and whether a hit can hide where no bytes are. */
export function noHitsText(request: FindRequest, update: FindUpdate, counts: StateCounts): string {
  const searched = looked(update.searched, update.zeros, request.zeros);
  const gone = notKnown(counts);
  if (gone !== null) return `No hits in ${searched}. ${gone}: it may be there.`;
  if (counts.zero === 0 || request.zeros) return `No hits. ${searched} searched: all there are.`;
  const others = `the other ${grouped(counts.zero)} are zero`;
  if (zerosHoldNone(request.query)) return `No hits. ${searched} searched; ${others} and hold no text.`;
  return `No hits. ${searched} searched; ${others}: a hit may reach into them.`;
}

/** Whether searching known zeros too could find what was not found. */
export function zerosMayHelp(request: FindRequest, counts: StateCounts): boolean {
  return counts.zero > 0 && !request.zeros && !zerosHoldNone(request.query);
}

/** Text has no zero byte, but in UTF-16: there half of most letters is one. */
function zerosHoldNone(query: FindRequest['query']): boolean {
  return query.kind === 'expression' || query.kind === 'strings' || isBytewiseText(query);
}

function isBytewiseText(query: SearchQuery): boolean {
  return query.kind === 'text' && query.encoding === 'utf-8' && !query.text.includes('\0');
}

/** `12 are missing and 5 lost`; null where every byte is known. */
function notKnown({ missing, lost, pending }: StateCounts): string | null {
  const parts = [
    { count: missing, word: 'missing' },
    { count: lost, word: 'lost' },
    { count: pending, word: 'not indexed yet' },
  ].filter(({ count }) => count > 0);
  const [first, ...rest] = parts;
  if (first === undefined) return null;
  const others = rest.map(({ count, word }) => ` and ${grouped(count)} ${word}`).join('');
  return `${grouped(first.count)} ${first.count === 1 ? 'is' : 'are'} ${first.word}${others}`;
}
