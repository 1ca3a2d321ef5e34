import { PrecacheController } from 'workbox-precaching';
import { acceptShared, SHARE_PATH } from './share';

declare const self: ServiceWorkerGlobalScope & typeof globalThis;

/*
 * Keeps the whole page (all that loads later and the samples too) so that it works without a network, and takes files
 * that are shared with the installed app. It answers for files of this build only; everything else goes to the network
 * as if it were not there.
 */
const precache = new PrecacheController();
precache.addToCacheList(self.__WB_MANIFEST);

self.addEventListener('install', (event) => event.waitUntil(precache.install(event)));

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      // Another tab may stand on the files of the build before, with a dump open, and load more of them later. They stay
      // until an update meets no other tab. Held by tests/e2e/offline.spec.ts ("a second tab").
      const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
      if (open.length <= 1) await precache.activate(event);
      // So that what the first visit has not loaded yet is there without a network.
      await self.clients.claim();
    })(),
  );
});

/** Only when the user said so (src/app/offline/update.ts): until then an update waits. */
self.addEventListener('message', ({ data }) => {
  if (data === 'use-update') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === 'POST' && url.href === new URL(SHARE_PATH, self.registration.scope).href) {
    event.respondWith(acceptShared(request, self.registration.scope));
    return;
  }
  if (request.method !== 'GET') return;
  url.search = '';
  url.hash = '';
  const known = precache.getCacheKeyForURL(url.href) ?? precache.getCacheKeyForURL(`${url.href}index.html`);
  // A file with a hash in its name that this build does not have may be of the build before.
  const key = known ?? (url.pathname.includes('/assets/') ? url.href : null);
  if (key !== null) event.respondWith(fromCache(key, request));
});

async function fromCache(key: string, request: Request): Promise<Response> {
  return (await caches.match(key, { cacheName: precache.strategy.cacheName })) ?? fetch(request);
}
