import type { GzipProgress } from '../bytes/gzip-source';
import type { Bytes } from '../bytes/units';
import type { Progress } from './types';

const BETWEEN_REPORTS_MS = 80;
const FIRST_SNAPSHOT_MS = 250;
const LAST_SNAPSHOT_MS = 4000;

/** Measures a long task and says when there is something worth telling. */
export class ProgressClock {
  readonly #task: Progress['task'];
  readonly #started = performance.now();
  #reported = 0;
  #nextSnapshot = this.#started + FIRST_SNAPSHOT_MS;
  #interval = FIRST_SNAPSHOT_MS;

  constructor(task: Progress['task']) {
    this.#task = task;
  }

  /** What to report now; null when the last report is fresh enough. */
  tick(done: Bytes, total: Bytes | null): Progress | null {
    const now = performance.now();
    if (now - this.#reported < BETWEEN_REPORTS_MS) return null;
    this.#reported = now;
    return this.state(done, total, 'running');
  }

  state(done: Bytes, total: Bytes | null, state: Progress['state']): Progress {
    const seconds = (performance.now() - this.#started) / 1000;
    return { task: this.#task, done, total, rate: seconds > 0.05 ? done / seconds : 0, state, message: null };
  }

  /** Whether the picture as a whole is due: seldom, and ever more so, because it is copied across the worker. */
  snapshotDue(): boolean {
    const now = performance.now();
    if (now < this.#nextSnapshot) return false;
    this.#interval = Math.min(LAST_SNAPSHOT_MS, this.#interval * 2);
    this.#nextSnapshot = now + this.#interval;
    return true;
  }
}

/** How far compressed data is of which it is not known yet what it holds. */
export function inflatingProgress({ compressed, message, state, total }: GzipProgress): Progress {
  const running = state === 'running' || state === 'done';
  return {
    task: 'inflating',
    done: compressed,
    total,
    rate: 0,
    state: running ? 'running' : 'stopped',
    message,
  };
}
