import type { Bytes, FileOffset } from './units';

/** What tells one state of a file on a server from another; null where the server does not say it, or hides it. */
export interface Version {
  readonly etag: string | null;
  readonly modified: string | null;
  readonly size: Bytes | null;
}

/** What a server answered to a request for a range. */
export type Answer =
  /** The bytes [start, end) of `size`. */
  | { readonly kind: 'part'; readonly start: FileOffset; readonly end: FileOffset; readonly size: Bytes }
  /** The whole file: the server knows no ranges. */
  | { readonly kind: 'whole'; readonly size: Bytes | null }
  /** A part of which it cannot be told which: read whole instead, `why` as the end of a sentence. */
  | { readonly kind: 'unusable'; readonly why: string }
  | { readonly kind: 'empty' }
  /** The file has no such bytes: it is `size` long. */
  | { readonly kind: 'outside'; readonly size: Bytes }
  | { readonly kind: 'redirect' }
  /** May be better in a moment; `wait`: in how many milliseconds, where the server says so. */
  | { readonly kind: 'busy'; readonly status: number; readonly wait: number | null }
  | { readonly kind: 'refused'; readonly why: string };

/** The parts of a Response that are looked at. */
export type Head = Pick<Response, 'status' | 'type' | 'headers'>;

/** Servers that are overloaded or restarted: 408, 425, 429, 500, 502, 503, 504. */
const BUSY: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

const REASONS: ReadonlyMap<number, string> = new Map([
  [204, 'it has nothing there'],
  [401, 'it asks for a sign-in, and the page sends none'],
  [403, 'it does not hand out this file'],
  [404, 'it has no such file'],
  [410, 'the file was removed'],
]);

/** Judges the head of an answer; the body is not looked at. */
export function judge({ headers, status, type }: Head): Answer {
  // A browser hides where a redirect leads; Node shows the status.
  if (type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304))
    return { kind: 'redirect' };
  const range = headers.get('content-range');
  if (status === 206) return partOf(range, headers);
  if (status === 200) return { kind: 'whole', size: encoded(headers) ? null : lengthOf(headers) };
  const [, left] = /^bytes \*\/(\d{1,15})$/.exec(range ?? '') ?? [];
  if (status === 416 && left !== undefined)
    return Number(left) === 0 ? { kind: 'empty' } : { kind: 'outside', size: Number(left) };
  if (BUSY.has(status)) return { kind: 'busy', status, wait: waitOf(headers) };
  const reason = REASONS.get(status);
  return {
    kind: 'refused',
    why: `the server answers ${status}${reason === undefined ? '' : `: ${reason}`}`,
  };
}

function partOf(range: string | null, headers: Headers): Answer {
  // The browser would inflate a piece out of the middle of compressed data.
  if (encoded(headers)) return { kind: 'unusable', why: 'it sends ranges with Content-Encoding' };
  // Several parts in one body, with their ranges inside (RFC 9110, 15.3.7.2): for one range no server should.
  if (/^\s*multipart\/byteranges\b/i.test(headers.get('content-type') ?? ''))
    return { kind: 'unusable', why: 'it answers with several ranges in one body (multipart/byteranges)' };
  if (range === null) return { kind: 'unusable', why: 'it does not let this page see Content-Range' };
  const match = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16})$/.exec(range);
  const [start, last, size] = (match ?? []).slice(1).map(Number);
  if (start === undefined || last === undefined || size === undefined)
    return { kind: 'unusable', why: `its Content-Range is ${quoted(range)}` };
  if (!Number.isSafeInteger(size) || last < start || last >= size)
    return { kind: 'refused', why: `the server answers with the range ${quoted(range)}` };
  return { kind: 'part', start, end: last + 1, size };
}

/** What the headers say of the file's state. */
export function versionOf(headers: Headers, size: Bytes | null): Version {
  return { etag: headers.get('etag'), modified: headers.get('last-modified'), size };
}

/** How one state differs from another, with both values; null where nothing that both know differs. */
export function difference(was: Version, is: Version): string | null {
  if (was.size !== null && is.size !== null && was.size !== is.size)
    return `it had ${count(was.size)} bytes and has ${count(is.size)}`;
  if (tagOf(was.etag) !== tagOf(is.etag)) return `its ETag was ${quoted(was.etag)} and is ${quoted(is.etag)}`;
  if (was.modified !== is.modified)
    return `its Last-Modified was ${quoted(was.modified)} and is ${quoted(is.modified)}`;
  return null;
}

/** Whether two equal versions mean equal bytes: a size alone says too little, and so does a weak ETag. */
export function isTelling({ etag, modified }: Version): boolean {
  return (etag !== null && !etag.startsWith('W/')) || modified !== null;
}

/** An ETag without its weakness: a proxy between may call the same state strong once and weak once. */
function tagOf(etag: string | null): string | null {
  return etag?.replace(/^W\//, '') ?? null;
}

/** `Retry-After`, in milliseconds: seconds or a date. A page sees it of its own host, and where a host exposes it. */
function waitOf(headers: Headers): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return 1000 * Number(text);
  const at = text === '' ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

function encoded(headers: Headers): boolean {
  const encoding = headers.get('content-encoding');
  return encoding !== null && encoding !== '' && encoding !== 'identity';
}

function lengthOf(headers: Headers): Bytes | null {
  const text = headers.get('content-length') ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** A header's value, fit to be shown: it is whatever the server sent. */
function quoted(value: string | null): string {
  if (value === null) return 'none';
  const shown = value.replace(/[^\x20-\x7e]/g, '?');
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
}

/** With thousands separators. */
export function count(bytes: Bytes): string {
  return bytes.toLocaleString('en-US');
}
