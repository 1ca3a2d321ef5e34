import { refusalOf } from '../../bytes/http-text';
import { visible } from '../../coredump/visible';
import type { RemoteFile } from '../../session/types';
import { grouped } from '../../ui/numbers';
import { readUrl } from '../link/source-words';

/** Files on web servers, with the hosts that would be asked for them. */
export interface RemoteRequest {
  readonly files: readonly RemoteFile[];
  /** Each once, in order; with scheme and port, the page's own left out. */
  readonly hosts: readonly string[];
}

const SHORT = 60;

export type RequestRead =
  | { readonly kind: 'request'; readonly request: RemoteRequest }
  /** A sentence; the URLs that could be read are not asked for either. */
  | { readonly kind: 'refused'; readonly message: string };

/** The page that asks: where it stands, which decides what is another host. */
export interface PagePlace {
  readonly base: string;
  readonly origin: string;
}

/** A dump and as many modules as a link may name. */
const MOST_FILES = 65;

/**
 * Reads the URLs of a dump and its modules, absolute or relative to the page. Asks nobody for anything.
 *
 * What stands on the page's own origin (scheme, host and port) needs no consent, whatever its path. Who makes such a link gets
 * nothing by it: the page asks that host anyway, the request carries no cookies and is a GET, which every page of the web can
 * cause with an `<img>`; what comes is shown to the user and sent to nobody; and a redirect away from the host is not followed
 * unasked. On a host that many share by path, a link may so show a file that a neighbour put there: it is shown under its name, as
 * a file that was mailed would be. The command line's server has a path nobody can guess.
 */
export function readRequest(urls: readonly string[], { base, origin }: PagePlace): RequestRead {
  if (urls.length > MOST_FILES)
    return refused(
      `${grouped(urls.length)} addresses are too many: at most ${MOST_FILES} are opened at once.`,
    );
  const files: RemoteFile[] = [];
  const hosts = new Set<string>();
  for (const text of urls) {
    const read = readUrl(text);
    if (read.kind === 'long') return refused(`${visible(text, 60)} is too long.`);
    if (read.kind === 'refused') return refused(`${visible(text, 200)} ${read.why}.`);
    // Relative to a page from a file, it would be a file.
    if (!URL.canParse(read.url, base)) return refused(`${visible(text, 200)} is no URL.`);
    const url = new URL(read.url, base);
    const refusal = refusalOf(url.href, origin);
    if (refusal !== null) return refused(refusal);
    if (url.origin !== origin) hosts.add(url.origin);
    // A fragment is not a part of what is asked for.
    url.hash = '';
    files.push({ name: nameOf(url), url: url.href, redirects: 'refuse' });
  }
  return { kind: 'request', request: { files, hosts: [...hosts] } };
}

/** The last part of the path, as a file's name; the host where there is none. */
function nameOf(url: URL): string {
  const last = url.pathname.split('/').findLast((part) => part !== '') ?? url.host;
  try {
    return decodeURIComponent(last);
  } catch {
    // A lone "%" is no escape; the name is then as it stands.
    return last;
  }
}

/** A host in a button or a line: of a long name its end, which says whose it is ("a.example.…" may be anybody's). */
export function shortHost(origin: string): string {
  const name = hostName(origin);
  return name.length <= SHORT ? name : `…${name.slice(1 - SHORT)}`;
}

/** An origin as a host is named: https goes without saying. */
export function hostName(origin: string): string {
  return origin.replace(/^https:\/\//, '');
}

function refused(message: string): RequestRead {
  return { kind: 'refused', message };
}
