/** The longest URL that is taken: servers refuse longer ones. */
export const URL_LIMIT = 4000;

/** Characters of a dump in a link that are read. Browsers keep links of some megabytes; what is copied has 8,000. */
export const EMBEDDED_LIMIT = 1_000_000;

export type ReadUrl =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'long' }
  /** Continues a sentence that begins with the URL. */
  | { readonly kind: 'refused'; readonly why: string };

/**
 * A URL that a link names, if the page may ask for it: http, https, or relative to the page. `javascript:`, `data:`,
 * `blob:`, `file:` and all else is refused, however it is written: the URL standard drops tabs and line feeds inside
 * of a scheme ("java\nscript:"), so it is its reading that decides.
 */
export function readUrl(text: string): ReadUrl {
  const url = text.trim();
  if (url.length > URL_LIMIT) return { kind: 'long' };
  if (url === '') return { kind: 'refused', why: 'is empty' };
  if (!URL.canParse(url, BASE)) return { kind: 'refused', why: 'is no URL' };
  const { protocol, username, password } = new URL(url, BASE);
  if (protocol !== 'http:' && protocol !== 'https:')
    return { kind: 'refused', why: 'is not an http or https URL' };
  if (username !== '' || password !== '')
    return { kind: 'refused', why: 'carries a user name or password, which would be in the link' };
  return { kind: 'url', url };
}

/** Stands for the page: only the scheme of what is read against it counts. */
const BASE = 'https://page.invalid/';
