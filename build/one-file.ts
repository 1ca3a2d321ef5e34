import { readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { filePolicy, metaPolicy } from './policy.ts';

const PUBLIC = new URL('../public/', import.meta.url);
const WORKER =
  /new Worker\(\s*new URL\((['"])([^'"]+)\1, import\.meta\.url\),\s*\{\s*type: 'module',\s*name: ('[^']+'),?\s*\}\s*\)/g;

/**
 * Workers from Blobs with their code in the page. On file:// a worker cannot be loaded by URL, and a module worker from
 * a Blob fails without a word; a classic one works. Applies to workers of workers too. Held by tests/e2e/one-file.spec.ts.
 */
export function inlineWorkers(): Plugin {
  return {
    name: 'wasmortem-inline-workers',
    enforce: 'pre',
    transform(code, id) {
      if (!code.includes('new Worker(') || id.includes('node_modules') || id.includes('?')) return null;
      const imports: string[] = [];
      const inlined = code.replace(WORKER, (_all, _quote, path: string, name: string) => {
        imports.push(`import InlineWorker${imports.length} from '${path}?worker&inline';\n`);
        return `new InlineWorker${imports.length - 1}({ name: ${name} })`;
      });
      if (inlined.includes('new Worker(')) this.error(`${id}: a worker that would not be in the one file`);
      return { code: imports.join('') + inlined, map: null };
    },
  };
}

/** Scripts, style sheet, icon and samples move into the page, and the page is written as `fileName`. */
export function oneFile(fileName: string): Plugin {
  return {
    name: 'wasmortem-one-file',
    enforce: 'post',
    generateBundle: {
      // After Vite has put in what it imports by.
      order: 'post',
      handler(_options, bundle) {
        let html = '';
        let script = '';
        let style = '';
        for (const [key, output] of Object.entries(bundle)) {
          delete bundle[key];
          if (output.type === 'chunk') {
            if (!output.isEntry) this.error(`${key}: a second script in the one file`);
            script = output.code;
          } else if (key.endsWith('.css')) style += text(output.source);
          else if (key.endsWith('.html')) html = text(output.source);
          else this.error(`${key} would not be in the one file`);
        }
        this.emitFile({ type: 'asset', fileName, source: assembled(html, script, style) });
      },
    },
  };
}

const text = (source: string | Uint8Array): string =>
  typeof source === 'string' ? source : Buffer.from(source).toString('utf8');

function assembled(html: string, code: string, css: string): string {
  const early = inScript(readFileSync(new URL('early.js', PUBLIC), 'utf8'));
  const script = inScript(code);
  const style = css.replaceAll('</style', '<\\/style');
  const icon = readFileSync(new URL('icon.svg', PUBLIC)).toString('base64');
  const policy = metaPolicy(filePolicy([early, script], [style]));
  const edits: readonly (readonly [RegExp, string])[] = [
    [/(<meta charset="[^"]+" \/>)/, `<meta charset="utf-8" />\n    ${policy}`],
    [/href="\.\/icon\.svg"/, `href="data:image/svg+xml;base64,${icon}"`],
    [/<script src="\.\/early\.js"><\/script>/, `<script>${early}</script>`],
    [/ *<link rel="stylesheet"[^>]*>/, `    <style>${style}</style>`],
    [/ *<script type="module"[^>]*><\/script>\n?/, ''],
    // After the samples: the script finds all of the page there.
    [/<\/body>/, `${samples()}    <script type="module">${script}</script>\n  </body>`],
  ];
  return edits.reduce((page, [from, to]) => {
    if (!from.test(page)) throw new Error(`index.html has no ${from}`);
    // A function: `$&` in the code means nothing.
    return page.replace(from, () => to);
  }, html);
}

/** `</script` and `<!--` end or change a script element; in code both only stand in strings and regular expressions. */
const inScript = (code: string) => code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');

/** As data that the browser neither runs nor draws; src/app/sample-file.ts reads it. */
function samples(): string {
  const folder = new URL('samples/', PUBLIC);
  return readdirSync(folder)
    .map((name) => {
      const data = readFileSync(new URL(name, folder)).toString('base64');
      return `    <script type="text/plain" id="sample:${name}">${data}</script>\n`;
    })
    .join('');
}
