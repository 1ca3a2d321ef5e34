import { describe, expect, it } from 'vitest';
import { branchTarget } from '../../src/symbols/branch-target';
import { indexBody } from '../../src/wasm/body';
import { bytes } from '../helpers/dump-text';

// At 1 block, 3 loop, 5 if, 7 br 0, 9 else, 10 br 1, 12 end, 13 br_if 1, 15 end, 16 end, 17 end.
const BODY = bytes('00 02 40 03 40 04 40 0c 00 05 0c 01 0b 0d 01 0b 0b 0b');
const INDEX = indexBody(BODY);
const rowAt = (offset: number): number => INDEX.offsets.indexOf(offset);

describe('branchTarget', () => {
  it.each([
    ['the end of an if', 7, 0, 12],
    ['the start of a loop', 10, 1, 3],
    ['the start of a loop, from the then-part', 7, 1, 3],
    ['the end of a block', 13, 1, 16],
    ['the end of the function', 13, 2, 17],
  ])('%s', (_, from, label, to) => {
    expect(branchTarget(BODY, INDEX, rowAt(from), label)).toBe(to);
  });

  it('is none past the function', () => {
    expect(branchTarget(BODY, INDEX, rowAt(13), 3)).toBeNull();
  });

  it('is none where the body is cut before the end', () => {
    const cut = BODY.subarray(0, 15);
    const index = indexBody(cut);
    expect(branchTarget(cut, index, rowAt(13), 1)).toBeNull();
    expect(branchTarget(cut, index, rowAt(13), 2)).toBeNull();
    expect(branchTarget(cut, index, rowAt(13), 0)).toBe(3);
  });
});
