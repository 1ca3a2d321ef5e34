import type { IncomingHttpHeaders } from 'node:http';

export interface Refusal {
  readonly status: number;
  readonly why: string;
}

export const NOT_HERE: Refusal = { status: 404, why: 'not here' };

/**
 * Why a request is not answered; null where it may be, if its path is known. Browsers send these headers themselves:
 * another page cannot forge them.
 * @param host what the server's address says, with the port.
 */
export function refusalOf(
  method: string | undefined,
  headers: IncomingHttpHeaders,
  host: string,
): Refusal | null {
  // A name that somebody made resolve to 127.0.0.1 would make a foreign page same-origin with this server.
  if (headers.host !== host) return { status: 421, why: `this is ${host}` };
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}`)
    return { status: 403, why: 'other origins are not answered' };
  // "none": the user opened it. "same-site" is any other port of this machine.
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return { status: 403, why: 'other sites are not answered' };
  return method === 'GET' || method === 'HEAD' ? null : { status: 405, why: 'GET and HEAD are answered' };
}
