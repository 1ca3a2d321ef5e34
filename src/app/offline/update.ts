import { create } from 'zustand';

interface UpdateState {
  /** Takes the update and reloads; null: there is none, or the user does not want it now. */
  readonly use: (() => void) | null;
  readonly later: () => void;
}

/** Apart from the other notices: those go when a file is opened, this one stays. */
export const useUpdate = create<UpdateState>()((set) => ({
  use: null,
  later: () => set({ use: null }),
}));

const HOUR = 60 * 60 * 1000;

/**
 * Watches for a newer build of the page. It waits until the user wants it, or until no tab shows this one. Only the tab
 * that was told to reloads: another may have a dump open.
 */
export function watchUpdates(registration: ServiceWorkerRegistration): void {
  const container = navigator.serviceWorker;
  const offer = () => {
    // Without a controller it is not an update but the first visit.
    if (registration.waiting !== null && container.controller !== null)
      useUpdate.setState({ use: () => reloadWith(registration) });
  };
  offer();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer);
  });
  // The browser looks when a page is opened; an installed app stays open for days.
  let asked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' || Date.now() - asked < HOUR) return;
    asked = Date.now();
    // Without a network there is no update: nothing is to be said.
    void Promise.allSettled([registration.update()]);
  });
}

function reloadWith({ waiting }: ServiceWorkerRegistration): void {
  const reload = () => location.reload();
  // Another tab has taken it meanwhile.
  if (waiting === null) {
    reload();
    return;
  }
  navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true });
  waiting.postMessage('use-update');
}
