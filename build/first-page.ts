import { fileURLToPath } from 'node:url';
import { type Plugin, runnerImport } from 'vite';

const MARKUP = fileURLToPath(new URL('../src/panels/intake/start-markup.tsx', import.meta.url));

/**
 * Puts the start page into the HTML, so that it is drawn before the script has come: the same markup as React writes
 * afterwards in its place. It is inert until then.
 */
export function firstPage(version: string): Plugin {
  return {
    name: 'wasmortem-first-page',
    apply: 'build',
    transformIndexHtml: async (html) => {
      const { module } = await runnerImport<{ readonly startMarkup: () => string }>(MARKUP, {
        configFile: false,
        logLevel: 'error',
        plugins: [withoutStyles()],
        define: { __VERSION__: JSON.stringify(version) },
      });
      const markup = module.startMarkup();
      // A function: `$&` in the markup means nothing.
      return html.replace('<div id="root">', (tag) => tag + markup);
    },
  };
}

/** Markup needs no style sheets, and what runs a module at build time cannot load them. */
function withoutStyles(): Plugin {
  const none = '\0none';
  return {
    name: 'wasmortem-without-styles',
    enforce: 'pre',
    resolveId: (id) => (id.endsWith('.css') ? none : null),
    load: (id) => (id === none ? 'export {};' : null),
  };
}

/**
 * The style sheet before the scripts, and before what they import: nothing is drawn without it, and at a slow network what
 * is asked for first comes first.
 */
export function styleFirst(): Plugin {
  return {
    name: 'wasmortem-style-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => {
        const styles: string[] = [];
        const rest = html.replace(/\n *<link rel="stylesheet"[^>]*>/g, (link) => {
          styles.push(link);
          return '';
        });
        return rest.replace(/\n *<script\b/, (script) => styles.join('') + script);
      },
    },
  };
}
