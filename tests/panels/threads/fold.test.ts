import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEWEST_ROUNDS, foldFrames, LONGEST_PERIOD, type Piece } from '../../../src/panels/threads/fold';

/** Letters are functions, youngest first. */
const fold = (stack: string): string =>
  foldFrames(Array.from(stack, (letter) => letter.charCodeAt(0)))
    .map((piece) =>
      piece.kind === 'frame'
        ? stack[piece.frame]
        : `(${stack.slice(piece.start, piece.start + piece.period)})${piece.rounds}`,
    )
    .join('');

describe('foldFrames', () => {
  it.each([
    ['', ''],
    ['abc', 'abc'],
    ['affffm', 'a(f)4m'],
    ['aababm', 'aababm'],
    ['xabababm', 'x(ab)3m'],
    ['xababam', 'xababam'],
    ['xabcabcabcabm', 'x(abc)3abm'],
    ['xabcdefghabcdefghabcdefghm', 'x(abcdefgh)3m'],
    ['xabcdefghiabcdefghiabcdefghim', 'xabcdefghiabcdefghiabcdefghim'],
    ['xffffggggm', 'x(f)4(g)4m'],
  ])('%s folds to %s', (stack, folded) => {
    expect(fold(stack)).toBe(folded);
  });

  it('never folds frame 0: it is where the program stopped', () => {
    expect(fold('ffffm')).toBe('f(f)3m');
    expect(fold('fff')).toBe('fff');
  });

  it('of equals takes the shortest round', () => {
    expect(fold(`x${'f'.repeat(24)}`)).toBe('x(f)24');
    expect(fold(`x${'fg'.repeat(12)}`)).toBe('x(fg)12');
  });

  it('a run inside a cycle belongs to the cycle', () => {
    expect(fold(`x${'ffg'.repeat(5)}m`)).toBe('x(ffg)5m');
  });

  it('covers every frame once, in order, and only what truly repeats', () => {
    const stacks = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 200 });
    fc.assert(
      fc.property(stacks, (stack) => {
        let at = 0;
        for (const piece of foldFrames(stack)) at = checkPiece(stack, piece, at);
        expect(at).toBe(stack.length);
      }),
    );
  });

  it('is linear: 200,000 frames of hostile near-cycles', () => {
    const stack = Array.from({ length: 200_000 }, (_, at) => (at % 17 === 0 ? 9 : at % 2));
    const start = performance.now();
    foldFrames(stack);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

function checkPiece(stack: readonly number[], piece: Piece, at: number): number {
  if (piece.kind === 'frame') {
    expect(piece.frame).toBe(at);
    return at + 1;
  }
  expect(piece.start).toBe(at);
  expect(piece.rounds).toBeGreaterThanOrEqual(FEWEST_ROUNDS);
  expect(piece.period).toBeLessThanOrEqual(LONGEST_PERIOD);
  const length = piece.period * piece.rounds;
  for (let inside = piece.period; inside < length; inside++)
    expect(stack[at + inside]).toBe(stack[at + inside - piece.period]);
  return at + length;
}
