/** An address as messages show it: host and path, without what may be secret in the query, at most 100 characters. */
export function shownAddress(url: string): string {
  const { host, pathname } = new URL(url);
  const text = `${host}${pathname}`;
  return text.length > 100 ? `${text.slice(0, 60)}…${text.slice(-39)}` : text;
}

/**
 * Why a request brought no answer at all. A browser tells a page no more than that: a host that does not allow the page
 * to read its files looks the same as no network.
 * @param origin of the page; null where there is none (Node), and then no host hides anything.
 */
export function noAnswer(url: string, origin: string | null): string {
  const { host, origin: target } = new URL(url);
  if (origin === null || origin === target) return `${host} cannot be reached: the connection failed.`;
  const sentences = [
    `${host} cannot be reached, or does not allow this page to read its files: a browser does not say which.`,
    `If the address opens in a tab of its own, the host must send "Access-Control-Allow-Origin: ${origin}" (or "*") and "Access-Control-Expose-Headers: Content-Range, ETag".`,
  ];
  return sentences.join(' ');
}

/** Says that a server wants another address to be asked, to which nobody agreed. */
export function redirectRefusal(url: string): string {
  return `${shownAddress(url)}: ${REDIRECTED}`;
}

/** Whether a sentence is that of `redirectRefusal`: only the sentence comes out of the session, and a button belongs to it. */
export function isRedirectRefusal(message: string): boolean {
  return message.endsWith(REDIRECTED);
}

/** Says that a file on a server is not any more what was opened. @param how it differs, with both values. */
export function changeRefusal(url: string, how: string): string {
  return `${shownAddress(url)}: ${CHANGED} ${how}. Open it again.`;
}

/** Whether a sentence is that of `changeRefusal`: reading again cannot help, opening again does. */
export function isChange(message: string): boolean {
  return message.includes(`: ${CHANGED} `) && message.endsWith(' Open it again.');
}

const CHANGED = 'the file has changed on the server since it was opened:';

const REDIRECTED =
  'the server redirects to another address. A browser tells a page which only after it went there, so it was not followed.';

/**
 * Why an address may not be asked at all, as a sentence; null where it may.
 * @param origin of the page; null where there is none.
 */
export function refusalOf(url: string, origin: string | null): string | null {
  const { hostname, password, protocol, username } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:')
    return `${protocol.replace(/[^a-z0-9+.:-]/gi, '?').slice(0, 40)} addresses are not opened: only http: and https: are.`;
  if (username !== '' || password !== '')
    return 'An address with a user name or a password in it is not opened.';
  const loopback = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  if (protocol === 'http:' && !loopback && origin?.startsWith('https:') === true)
    return `${shownAddress(url)} is an http: address, and a browser does not let a page from https: read it.`;
  return null;
}
