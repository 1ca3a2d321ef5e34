/** Where the share target of the manifest posts to, from the scope. */
export const SHARE_PATH = 'share';
/** The cache through which shared files go from the service worker to the page that opens. */
export const SHARED_CACHE = 'wasmortem-shared';
/** The query that tells the page to look there. */
export const SHARED_QUERY = '?shared';
/** Files that are taken: a dump, its modules and sources are a few. */
export const SHARED_LIMIT = 64;

/** Keeps the shared files until the page takes them, in place of earlier ones, and leads the browser to it. */
export async function acceptShared(request: Request, scope: string): Promise<Response> {
  await caches.delete(SHARED_CACHE);
  const form = await request.formData();
  const files = form.getAll('files').filter((value) => value instanceof File);
  const cache = await caches.open(SHARED_CACHE);
  for (const [at, file] of files.slice(0, SHARED_LIMIT).entries()) {
    const headers = { 'X-Name': encodeURIComponent(file.name) };
    await cache.put(new URL(`shared/${at}`, scope), new Response(file, { headers }));
  }
  return Response.redirect(new URL(`./${SHARED_QUERY}`, scope).href, 303);
}

/** The files that `acceptShared` kept, in their order; they are kept no longer. */
export async function takeShared(): Promise<{ name: string; blob: Blob }[]> {
  const cache = await caches.open(SHARED_CACHE);
  const files: { name: string; blob: Blob }[] = [];
  for (const key of await cache.keys()) {
    const response = await cache.match(key);
    if (response === undefined) continue;
    files.push({
      name: decodeURIComponent(response.headers.get('X-Name') ?? 'shared'),
      blob: await response.blob(),
    });
  }
  await caches.delete(SHARED_CACHE);
  return files;
}
