import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const HEADERS = new URL('../public/_headers', import.meta.url);

/** The content security policy of public/_headers: directive to sources. It is written there and nowhere else. */
export function hostedPolicy(): Map<string, string> {
  const line = /^ +Content-Security-Policy: (.+)$/m.exec(readFileSync(HEADERS, 'utf8'))?.[1];
  if (line === undefined) throw new Error('public/_headers has no Content-Security-Policy');
  return new Map(
    line.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(' ');
      return [name, sources.join(' ')];
    }),
  );
}

/** As a meta tag says it. `frame-ancestors` only counts as a header, and browsers complain about it in a tag. */
export function metaPolicy(policy: ReadonlyMap<string, string>): string {
  const content = Array.from(policy)
    .filter(([name]) => name !== 'frame-ancestors')
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
  return `<meta http-equiv="Content-Security-Policy" content="${content}" />`;
}

/** The policy of the single file: its own scripts by their hashes, its style sheet, workers from Blobs, nothing else of its origin. */
export function filePolicy(scripts: readonly string[], styles: readonly string[]): Map<string, string> {
  const policy = hostedPolicy();
  policy.set('script-src', `${scripts.map(hash).join(' ')} 'wasm-unsafe-eval'`);
  policy.set('style-src', styles.map(hash).join(' '));
  policy.set('worker-src', 'blob:');
  policy.set('manifest-src', "'none'");
  return policy;
}

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
