import { fileURLToPath } from 'node:url';
import { build, type PreviewServer, preview } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = fileURLToPath(new URL('./page', import.meta.url));

/** Builds the site and the bench page as they are shipped, and serves both: the tests find them in the environment. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  await build({ root, logLevel: 'warn' });
  const benchPage = { root: page, configFile: false as const, logLevel: 'warn' as const };
  const outDir = fileURLToPath(new URL('../../.cache/bench-page', import.meta.url));
  const define = { __VERSION__: JSON.stringify('bench') };
  await build({
    ...benchPage,
    define,
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2022' },
  });
  const servers = [
    await preview({ root, build: { outDir: 'dist/site' }, preview: { port: 0 } }),
    await preview({ ...benchPage, build: { outDir }, preview: { port: 0 } }),
  ];
  process.env['BENCH_SITE'] = urlOf(servers[0]);
  process.env['BENCH_PAGE'] = urlOf(servers[1]);
  return async () => {
    await Promise.all(servers.map((server) => server.close()));
  };
}

function urlOf(server: PreviewServer | undefined): string {
  const address = server?.httpServer.address();
  if (typeof address !== 'object' || address === null) throw new Error('the preview server has no port');
  return `http://localhost:${address.port}/`;
}
