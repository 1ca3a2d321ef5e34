import { session } from '../../app/session';

/** The panels: the start page needs none of them, and a dump takes longer to choose than they take to come. */
export const loadWorkspace = () => import('./workspace');

let begun: Promise<void> | null = null;

/**
 * Fetches what a dump needs, once the page can be used and has nothing to do: the worker and the panels. Settles when
 * the panels are there, or cannot be had: that shows where they are needed, with the text to report.
 */
export function prefetch(): Promise<void> {
  begun ??= new Promise<void>((resolve) => whenIdle(() => resolve(fetchAll())));
  return begun;
}

async function fetchAll(): Promise<void> {
  session();
  await Promise.allSettled([loadWorkspace()]);
}

/** Safari has no idle callbacks. */
function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(run, { timeout: 500 });
  else setTimeout(run, 50);
}
