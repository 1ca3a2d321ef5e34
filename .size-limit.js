import { existsSync, readFileSync } from 'node:fs';

const site = 'dist/site';

/** What the browser fetches before it can draw: the HTML and every script and style that it names. */
function shell() {
  const page = `${site}/index.html`;
  if (!existsSync(page)) throw new Error('No dist/site/index.html: run `npm run build` first.');
  const links = readFileSync(page, 'utf8').matchAll(
    /<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.(?:js|css))"/g,
  );
  return [page, ...Array.from(links, ([, path]) => `${site}/${path.replace(/^\.?\//, '')}`)];
}

export default [
  // The limit is what was promised; 145 kB is the goal. Worker and what loads later are not in it.
  { name: 'Page shell (initial HTML, JS, CSS)', path: shell(), gzip: true, limit: '160 kB' },
  // Everything, with the samples: for a disk or a mail.
  { name: 'The single file', path: 'dist/wasmortem.html', brotli: false, limit: '2.4 MB' },
];
