import type { Progress } from '../session/types';
import { duration, rate, size, sizeOfSize } from '../ui/numbers';

const VERBS = {
  downloading: 'Downloading',
  inflating: 'Inflating',
  reading: 'Reading',
  indexing: 'Indexing',
  copying: 'Copying',
} as const;

/** `Indexing 1.21 of 3.98 GiB, 418 MB/s, 7 s left`; what is not known yet is left out. */
export function progressText({ task, done, total, rate: speed, state, message }: Progress): string {
  const amount = total === null ? size(done) : sizeOfSize(done, total);
  if (message !== null) return message;
  if (state === 'stopped') return `Stopped at ${amount}. The rest is not indexed.`;
  const parts = [`${VERBS[task]} ${amount}`];
  if (speed > 0) parts.push(rate(speed));
  if (speed > 0 && total !== null && total > done) parts.push(`${duration((total - done) / speed)} left`);
  return parts.join(', ');
}

/** From 0 to 1; null where the end is not known. */
export function progressShare({ done, total }: Progress): number | null {
  if (total === null) return null;
  return total === 0 ? 1 : Math.min(1, done / total);
}
