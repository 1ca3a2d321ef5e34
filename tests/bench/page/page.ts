import { createLocalSession } from '../../../src/session/local';
import type { Session } from '../../../src/session/types';
import { indexed, type Task } from './tasks';

/** What the benches call. Tasks run in a worker, as in the product; `hold` runs here, where the heap can be asked for. */
export interface Bench {
  run(task: Task): Promise<number>;
  hold(): Promise<number>;
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

window.bench = {
  run(task) {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<number>) => {
        worker.terminate();
        resolve(data);
      };
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage({ task, file: chosen() });
    });
  },
  async hold() {
    held ??= createLocalSession();
    return indexed(held, chosen());
  },
};
