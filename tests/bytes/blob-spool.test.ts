import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlobSpool } from '../../src/bytes/blob-spool';
import { noise } from '../helpers/sources';

describe('BlobSpool', () => {
  it('gives back what was appended, however it was cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(300), { maxLength: 12 }),
        fc.nat(2000),
        fc.nat(600),
        async (lengths, offset, length) => {
          const whole = noise(lengths.reduce((sum, next) => sum + next, 0));
          const spool = new BlobSpool(256);
          let at = 0;
          for (const next of lengths) {
            await spool.append(whole.slice(at, at + next));
            at += next;
          }
          expect(spool.size).toBe(whole.length);
          expect(await spool.read(offset, length)).toEqual(whole.slice(offset, offset + length));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is empty once it was discarded', async () => {
    const spool = new BlobSpool(4);
    await spool.append(noise(10));
    await spool.discard();
    expect(spool.size).toBe(0);
  });
});
