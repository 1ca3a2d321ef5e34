import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePastedText } from '../../src/app/intake-text';
import { fixture } from '../fixture';

const dump = fixture('wasmer/crash-7/crash-7.coredump');
const hex = Buffer.from(dump).toString('hex');
const base64 = Buffer.from(dump).toString('base64');

describe('decodePastedText', () => {
  const pairs = hex.match(/../g) ?? [];
  it.each([
    ['one long number', hex],
    ['with 0x before it', `0x${hex}`],
    ['upper case', hex.toUpperCase()],
    ['pairs in lines', pairs.join(' ').replace(/(.{47}) /g, '$1\r\n')],
    ['a C array', `{ ${pairs.map((pair) => `0x${pair}`).join(', ')} };`],
    ['escapes of a string', pairs.map((pair) => `\\x${pair}`).join('')],
    ['white space around it', `\n\t ${hex} \n`],
  ])('hex: %s', (_, text) => {
    expect(decodePastedText(text)).toEqual({ kind: 'bytes', encoding: 'hex', bytes: dump });
  });

  it.each([
    ['plain', base64],
    ['wrapped', base64.replace(/(.{76})/g, '$1\r\n')],
    ['without padding', base64.replace(/=+$/, '')],
    ['URL-safe', Buffer.from(dump).toString('base64url')],
    ['a data: URL', `data:application/wasm;base64,${base64}`],
    ['an escaped data: URL', `data:;base64,${encodeURIComponent(base64)}`],
  ])('base64: %s', (_, text) => {
    expect(decodePastedText(text)).toEqual({ kind: 'bytes', encoding: 'base64', bytes: dump });
  });

  it('gzip counts as a dump too', () => {
    const packed = gzipSync(dump);
    const decoded = decodePastedText(packed.toString('base64'));
    expect(decoded).toMatchObject({ kind: 'bytes', encoding: 'base64' });
  });

  it('reads as both hex and base64: the first bytes decide', () => {
    expect(decodePastedText('0061736d01000000')).toMatchObject({ kind: 'bytes', encoding: 'hex' });
    // Either way it can be read, it begins as no dump does.
    expect(decodePastedText('ffaaffaa')).toMatchObject({ kind: 'rejected' });
  });

  it.each([
    ['', 'The clipboard holds no file and no text.'],
    [
      'Hello, world!',
      'The pasted text (13 characters) is no dump in base64 or hex: one begins with AGFzbQEA or 00 61 73 6d, gzipped with H4sI or 1f 8b.',
    ],
    [
      'hello there',
      'The pasted text (11 characters) is no dump in base64 or hex: one begins with AGFzbQEA or 00 61 73 6d, gzipped with H4sI or 1f 8b.',
    ],
    [
      '7f 45 4c 46 02',
      'The pasted text is 5 bytes that begin with 7f 45 4c 46; a dump begins with 00 61 73 6d, or 1f 8b if gzipped.',
    ],
  ])('rejects %j with a sentence', (text, message) => {
    expect(decodePastedText(text)).toEqual({ kind: 'rejected', message });
  });

  it('rejects a data: URL that is no base64, and base64 of impossible length', () => {
    expect(decodePastedText('data:text/plain;base64,?')).toMatchObject({ kind: 'rejected' });
    expect(decodePastedText('AGFzbQEAA')).toMatchObject({ kind: 'rejected' });
  });

  it('never throws, and gives back any dump', () => {
    fc.assert(fc.property(fc.string(), (text) => decodePastedText(text).kind.length > 0));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (tail) => {
        const bytes = Uint8Array.from([0, 0x61, 0x73, 0x6d, ...tail]);
        const text = Buffer.from(bytes).toString('base64');
        expect(decodePastedText(text)).toMatchObject({ kind: 'bytes', bytes });
      }),
    );
  });
});
