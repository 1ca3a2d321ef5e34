import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../src/cli/open/refusal';

const HOST = '127.0.0.1:4000';

describe('a request', () => {
  it.each([
    ['GET', {}],
    ['HEAD', {}],
    ['GET', { 'sec-fetch-site': 'none' }],
    ['GET', { 'sec-fetch-site': 'same-origin', origin: `http://${HOST}` }],
  ])('%s with %j is answered', (method, headers) => {
    expect(refusalOf(method, { host: HOST, ...headers }, HOST)).toBeNull();
  });

  it.each([
    ['another name for this machine', { host: 'localhost:4000' }, 421],
    ['a name that was made to lead here', { host: 'evil.example:4000' }, 421],
    ['another port', { host: '127.0.0.1:4001' }, 421],
    ['no port', { host: '127.0.0.1' }, 421],
    ['another origin', { host: HOST, origin: 'https://evil.example' }, 403],
    ['an opaque origin', { host: HOST, origin: 'null' }, 403],
    ['another port of this machine', { host: HOST, origin: 'http://127.0.0.1:4001' }, 403],
    ['https', { host: HOST, origin: `https://${HOST}` }, 403],
    ['another site', { host: HOST, 'sec-fetch-site': 'cross-site' }, 403],
    ['the same site', { host: HOST, 'sec-fetch-site': 'same-site' }, 403],
    ['a word that does not exist yet', { host: HOST, 'sec-fetch-site': 'x' }, 403],
  ])('from %s is not', (_, headers, status) => {
    expect(refusalOf('GET', headers, HOST)?.status).toBe(status);
  });

  it('without a Host is not', () => {
    expect(refusalOf('GET', {}, HOST)?.status).toBe(421);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', undefined])('%s is not', (method) => {
    expect(refusalOf(method, { host: HOST }, HOST)?.status).toBe(405);
  });
});
