import type { NamedFile } from '../../session/types';
import { type LinkSource, NO_SOURCE } from './types';

/** Blobs that a link can hold or name, with the link's words for them. */
const worded = new WeakMap<Blob, LinkSource>();

/** Notes that a blob came out of a link, or is a sample, so that links to what is seen in it hold or name it too. */
export function rememberSource(blob: Blob, source: LinkSource): void {
  worded.set(blob, source);
}

/** What a link said where a file is, which is shorter than its absolute URL where it stands beside the page. */
const said = new WeakMap<NamedFile, string>();

/** Notes how a link names a file, so that links to what is seen in it name it the same way. */
export function rememberUrl(file: NamedFile, text: string): void {
  said.set(file, text);
}

/** Where files come from, as a link says it. The dump is the first; what is only on this disk is in no link. */
export function sourceOf(files: readonly NamedFile[]): LinkSource {
  const [dump, ...modules] = files;
  if (dump === undefined) return NO_SOURCE;
  const url = urlOf(dump);
  if (url !== null)
    return { kind: 'url', dump: url, modules: modules.map(urlOf).filter((one) => one !== null) };
  return ('blob' in dump ? worded.get(dump.blob) : undefined) ?? NO_SOURCE;
}

/** How a link names a file; null: it is only on this disk. */
export function urlOf(file: NamedFile): string | null {
  return 'url' in file ? (said.get(file) ?? file.url) : null;
}
