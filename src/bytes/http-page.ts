import type { Bytes } from './units';
import { visible } from './visible';

/** A title stands within so much of a page, or is not looked for. */
const HEAD: Bytes = 64 * 1024;
/** A title is no reason to wait longer, in milliseconds. */
const PATIENCE = 2000;
const TITLE = 80;

/** Whether a server says of its answer that it is a web page. */
export function isPage(headers: Headers): boolean {
  return /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(headers.get('content-type') ?? '');
}

/**
 * Whether bytes begin as a page does. A server that calls a dump `text/html` (it does not know the file's extension) is
 * believed only then: Wasm begins with a zero, gzip with 1f.
 */
export function beginsAsPage(head: Uint8Array): boolean {
  return /^(\ufeff)?\s*</.test(new TextDecoder().decode(head.subarray(0, 100)));
}

/**
 * Says that a web page came in place of a file, by its title: that of a page to sign in says more than its status. Continues a
 * sentence. A title is the server's word, so what is unseen in it is shown ("titled" in http-servers.test.ts).
 */
export function pageRefusal(head: Uint8Array): string {
  const text = new TextDecoder().decode(head.subarray(0, HEAD));
  const title = /<title(?:\s[^>]{0,200})?>([^<]{0,1000})/i.exec(text)?.[1]?.trim().replace(/\s+/g, ' ') ?? '';
  const named = title === '' ? '' : ` titled "${visible(title, TITLE)}"`;
  return `the server answers with a web page (text/html)${named}, probably to sign in or to say an error`;
}

/** The first bytes of a body, as far as they come in time. @param body given up when its signal is aborted. */
export async function headOfPage(
  body: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
): Promise<Uint8Array> {
  const head = new Uint8Array(HEAD);
  let filled = 0;
  try {
    for await (const piece of body(AbortSignal.timeout(PATIENCE))) {
      head.set(piece.subarray(0, HEAD - filled), filled);
      filled = Math.min(HEAD, filled + piece.length);
      if (filled === HEAD) break;
    }
  } catch {
    // The page dropped or is slow: what came of it is looked at.
    return head.subarray(0, filled);
  }
  return head.subarray(0, filled);
}
