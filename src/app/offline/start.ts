import { SHARED_QUERY } from '../../service-worker/share';
import { consumeLaunches, type LaunchQueue, openShared } from './launch';
import { watchUpdates } from './update';

declare global {
  interface Window {
    readonly launchQueue?: LaunchQueue;
  }
}

/**
 * What makes the hosted page an app that works without a network. Called after the page has loaded: nothing waits for it.
 * @param fetched when a dump can be shown: the service worker fetches all there is, and this comes before the rest.
 */
export async function startOffline(fetched: Promise<void>): Promise<void> {
  consumeLaunches(window.launchQueue);
  if (location.search === SHARED_QUERY) {
    // A reload is not to open it again: it is kept once.
    history.replaceState(history.state, '', location.pathname + location.hash);
    void openShared();
  }
  await fetched;
  try {
    const registration = await navigator.serviceWorker.register('./sw.js', { updateViaCache: 'none' });
    watchUpdates(registration);
  } catch {
    // Forbidden (a private window, a frame, no HTTPS): the page then only needs its network.
    return;
  }
}
