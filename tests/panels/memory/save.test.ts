import { describe, expect, it } from 'vitest';
import { setSession } from '../../../src/app/session';
import { makeFile, type SaveRange } from '../../../src/panels/memory/save';
import { dumpText } from '../../helpers/dump-text';
import { openBytes } from '../../helpers/open';

const MIB = 1024 * 1024;

/** 256 pages, of which three places are captured; the rest is what `gaps` says. */
async function opened(gaps: 'zero' | 'missing') {
  const { session } = await openBytes(
    dumpText(`
      memory 256
      segment 0x1003 "abc"
      segment 0x3ffffe 01 02 03 04
      segment 0x800000 09
    `),
  );
  await session.setGaps(0, gaps);
  setSession(session);
}

const range = (first: number, length: number): SaveRange => ({ memory: 0, first, length, size: 16 * MIB });

async function made(first: number, length: number, form: 'bytes' | 'dump') {
  const steps: number[] = [];
  const watch = { signal: new AbortController().signal, onProgress: (done: number) => steps.push(done) };
  return { saved: await makeFile(range(first, length), form, watch), steps };
}

describe('a range as a file', () => {
  it('is the bytes, known zeros as zeros, across pieces', async () => {
    await opened('zero');
    const { saved, steps } = await made(0x1001, 9 * MIB, 'bytes');
    if (saved.kind !== 'file') throw new Error(saved.reason);
    const bytes = new Uint8Array(await saved.blob.arrayBuffer());
    const expected = new Uint8Array(9 * MIB);
    expected.set([0x61, 0x62, 0x63], 2);
    expected.set([1, 2, 3, 4], 0x3ffffe - 0x1001);
    expected.set([9], 0x800000 - 0x1001);
    expect(Buffer.compare(bytes, expected)).toBe(0);
    expect(saved.name).toBe('memory0-0x00001001-9437184.bin');
    expect(steps.length).toBeGreaterThan(1);
    expect(steps.at(-1)).toBe(9 * MIB);
  });

  it('is refused where bytes are missing, with both numbers', async () => {
    await opened('missing');
    expect((await made(0x1000, 16, 'bytes')).saved).toEqual({
      kind: 'refused',
      reason: 'Not saved: 13 of 16 bytes are missing, and a file of bytes cannot say so. A hex dump can.',
    });
    expect((await made(0x1003, 3, 'bytes')).saved.kind).toBe('file');
  });

  it('as a hex dump says ??, and its pieces meet at whole lines', async () => {
    await opened('missing');
    const { saved } = await made(0xfff, 3 * MIB, 'dump');
    if (saved.kind !== 'file') throw new Error(saved.reason);
    const lines = (await saved.blob.text()).trimEnd().split('\n');
    expect(lines).toHaveLength((3 * MIB) / 16 + 1);
    expect(lines[1]).toBe('00001000  ?? ?? ?? 61 62 63 ?? ??  ?? ?? ?? ?? ?? ?? ?? ??  |   abc          |');
    const addresses = lines.map((line) => Number.parseInt(line.slice(0, 8), 16));
    expect(addresses.every((address, at) => address === 0xff0 + 16 * at)).toBe(true);
  });

  it('stops when told to', async () => {
    await opened('zero');
    const abort = new AbortController();
    const watch = { signal: abort.signal, onProgress: () => abort.abort() };
    await expect(makeFile(range(0, 12 * MIB), 'bytes', watch)).rejects.toThrow();
  });
});
