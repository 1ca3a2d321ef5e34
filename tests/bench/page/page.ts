import { createLocalSession } from '../../../src/session/local';
import type { Session } from '../../../src/session/types';
import { indexed } from './indexed';
import type { SearchName, timeSearches } from './search-tasks';
import type { Task } from './tasks';

/** What the benches call. Tasks run in a worker, as in the product; `hold` runs here, where the heap can be asked for. */
export interface Bench {
  run(task: Task): Promise<number>;
  hold(): Promise<number>;
  search(names: readonly SearchName[], rounds: number): ReturnType<typeof timeSearches>;
}

declare global {
  interface Window {
    bench: Bench;
  }
}

let held: Session | null = null;

function chosen(): File {
  const file = document.querySelector<HTMLInputElement>('#file')?.files?.[0];
  if (file === undefined) throw new Error('no file was chosen');
  return file;
}

/** Asks a fresh worker. */
function ask<T>(message: object): Promise<T> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<T>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ ...message, file: chosen() });
  });
}

window.bench = {
  run: (task) => ask({ task }),
  search: (names, rounds) => ask({ names, rounds }),
  async hold() {
    held ??= createLocalSession();
    return indexed(held, chosen());
  },
};
