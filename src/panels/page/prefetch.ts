import { session } from '../../app/session';

/** The page of an open dump: the start page needs none of it, and a dump takes longer to choose than it takes to come. */
export const loadOpenPage = () => import('./open-page');

let settle: () => void = () => undefined;

/** Settles when the page of an open dump is there, or cannot be had: that shows where it is needed, with the text to report. */
export const prefetched = new Promise<void>((resolve) => {
  settle = resolve;
});

/** Fetches what a dump needs, the worker and its page. Called when the start page can be used: it comes first. */
export function prefetch(): void {
  session();
  void Promise.allSettled([loadOpenPage()]).then(settle);
}
