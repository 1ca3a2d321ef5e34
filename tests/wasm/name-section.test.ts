import { describe, expect, it } from 'vitest';
import { Cursor } from '../../src/bytes/cursor';
import { readNames } from '../../src/wasm/name-section';
import { bytes } from '../helpers/dump-text';

const names = (text: string) => readNames(new Cursor(bytes(text), 0x20));

describe('readNames', () => {
  it('reads modules, functions, locals, memories, globals and data segments', () => {
    const read = names(`
      00 04 03 "app"
      01 08 02 00 01 "f" 05 02 "go"
      02 09 01 05 02 00 01 "n" 01 01 "k"
      06 05 01 00 02 "m0"
      07 06 01 02 03 "top"
      09 06 01 04 03 "rod"`);
    expect(read.stopped).toBeNull();
    expect(read.module).toBe('app');
    expect(read.functions).toEqual(
      new Map([
        [0, 'f'],
        [5, 'go'],
      ]),
    );
    expect(read.locals.get(5)).toEqual(
      new Map([
        [0, 'n'],
        [1, 'k'],
      ]),
    );
    expect([read.memories.get(0), read.globals.get(2), read.segments.get(4)]).toEqual(['m0', 'top', 'rod']);
  });

  it('passes over subsections that it does not know', () => {
    expect(names('0b 03 aa bb cc 00 02 01 "a"').module).toBe('a');
  });

  it('a subsection ends where its size says, whatever is in it', () => {
    // The name of the module is shorter than its subsection; the next begins behind that.
    const read = names('00 05 01 "a" 00 00 00 01 04 01 03 01 "f"');
    expect([read.module, read.functions.get(3), read.stopped]).toEqual(['a', 'f', null]);
  });

  it('keeps what came before', () => {
    const read = names('01 04 01 03 01 "f" 07 7f 01');
    expect(read.functions.get(3)).toBe('f');
    expect(read.stopped).toEqual({
      offset: 0x28,
      message: 'name subsection of 127 bytes, 1 remain',
      short: true,
    });
    const hostile = names('01 07 ff ff ff ff 0f 00 00');
    expect(hostile.stopped?.message).toBe('function count 4294967295, more than the 2 bytes that remain');
  });
});
