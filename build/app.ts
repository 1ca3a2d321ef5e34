import { type ManifestOptions, VitePWA } from 'vite-plugin-pwa';

/** The installed app, as it describes itself to the system. All addresses are relative: the site may stand under any path. */
export const MANIFEST: Partial<ManifestOptions> = {
  id: './',
  name: 'Wasmortem',
  short_name: 'Wasmortem',
  description: 'A viewer for WebAssembly coredumps. Nothing leaves the page.',
  lang: 'en',
  categories: ['developer', 'utilities'],
  start_url: './',
  scope: './',
  display: 'standalone',
  theme_color: '#f5f6f9',
  background_color: '#eceef2',
  icons: [
    { src: './icon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: './icons/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: './icons/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: './icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
  file_handlers: [
    {
      action: './',
      accept: {
        'application/wasm': ['.wasm'],
        'application/octet-stream': ['.coredump', '.core'],
        'application/gzip': ['.gz'],
      },
    },
  ],
  share_target: {
    action: './share',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: {
      files: [
        {
          name: 'files',
          accept: [
            'application/wasm',
            'application/octet-stream',
            'application/gzip',
            '.wasm',
            '.coredump',
            '.core',
            '.gz',
          ],
        },
      ],
    },
  },
  // A window of its own for every launch: one that has a dump open keeps it.
  launch_handler: { client_mode: 'navigate-new' },
};

/** Manifest and service worker. The page registers it itself (src/app/offline), after it has loaded. */
export function app() {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: 'src/service-worker',
    filename: 'sw.ts',
    base: './',
    scope: './',
    injectRegister: false,
    manifest: MANIFEST,
    includeManifestIcons: false,
    injectManifest: {
      rollupFormat: 'iife',
      globPatterns: ['**/*'],
      globIgnores: ['_headers', 'sw.js'],
      // Whatever the build writes belongs to the page, however large.
      maximumFileSizeToCacheInBytes: 16 * 1024 * 1024,
    },
  });
}
