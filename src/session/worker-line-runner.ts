import type { LineMatches } from '../memory/search/lines';
import { Interrupted, type LineRunner } from './line-runner';

/** In a worker of its own, which is started when it is needed and ended with what it does. */
export function createWorkerLineRunner(): LineRunner {
  let worker: Worker | null = null;
  let reject: (reason: Error) => void = () => undefined;
  const end = (reason: Error): void => {
    worker?.terminate();
    worker = null;
    reject(reason);
  };
  return {
    match: (expression, batch) =>
      new Promise((resolve, refuse) => {
        worker ??= new Worker(new URL('./line-worker.ts', import.meta.url), {
          type: 'module',
          name: 'wasmortem expression',
        });
        reject = refuse;
        worker.onmessage = ({ data }: MessageEvent<LineMatches>) => resolve(data);
        worker.onerror = (event) =>
          end(new Error(event.message || 'The worker for expressions could not be started.'));
        worker.postMessage({ expression, batch });
      }),
    interrupt: () => end(new Interrupted('The search was stopped.')),
  };
}
