import { describe, expect, it } from 'vitest';
import { WindowReader } from '../../src/bytes/windows';
import { readCodeBodies } from '../../src/wasm/code-section';
import { bytes } from '../helpers/dump-text';
import { chunkedSource, plainSource } from '../helpers/sources';

async function bodies(text: string) {
  const section = bytes(text);
  const whole = await readCodeBodies(
    new WindowReader(plainSource(section), 0, section.length),
    0,
    section.length,
  );
  const source = chunkedSource(section, 7);
  const pieces = await readCodeBodies(new WindowReader(source, 0, section.length), 0, section.length);
  expect(pieces).toEqual(whole);
  return whole;
}

describe('readCodeBodies', () => {
  it('finds each body behind its size', async () => {
    const found = await bodies('03  02 00 0b  84 80 00 00 01 0b 0b  82 01 00*130');
    expect(found.count).toBe(3);
    expect([...found.offsets]).toEqual([2, 7, 13]);
    expect([...found.sizes]).toEqual([2, 4, 130]);
    expect(found.problem).toBeNull();
  });

  it('finds a body behind one that is longer than a window', async () => {
    const found = await bodies('02 80 80 08 00*131072 02 00 0b');
    expect([...found.offsets]).toEqual([4, 131077]);
    expect(found.problem).toBeNull();
  });

  it('does not believe a count, before it allocates', async () => {
    const found = await bodies('ff ff ff ff 0f 02 00 0b');
    expect(found.offsets.length + found.count).toBe(0);
    expect(found.problem).toEqual({
      offset: 0,
      message: 'body count 4294967295, more than the 3 bytes that remain',
    });
  });

  it('keeps the bodies before one that runs over the end', async () => {
    const found = await bodies('02 02 00 0b 05 00 0b');
    expect(found.count).toBe(1);
    expect(found.problem).toEqual({ offset: 4, message: 'body of 5 bytes, 2 remain' });
    expect((await bodies('01 01 00 00')).problem?.message).toBe('body of 1 bytes, expected at least 2');
  });
});
