/** A piece of a stack as the tree shows it: one frame, or a cycle of calls that repeats. */
export type Piece =
  | { readonly kind: 'frame'; readonly frame: number }
  | {
      readonly kind: 'cycle';
      /** Its first frame. */
      readonly start: number;
      /** Frames of one round. */
      readonly period: number;
      readonly rounds: number;
    };

/** The longest cycle that is looked for: mutual recursion of more functions is rare, and reads better in full. */
export const LONGEST_PERIOD = 8;
/** A cycle folds from this many rounds on: two of the same are no recursion yet. */
export const FEWEST_ROUNDS = 3;

/**
 * Folds recursion: consecutive rounds of the same 1 to 8 functions, three or more, become one piece. Frame 0 never
 * folds: it is where the program stopped, and it stays in sight. The pieces cover every frame once, in order; the
 * time is linear in the number of frames.
 * @param functions what is called in each frame, equal numbers for the same function, youngest first
 */
export function foldFrames(functions: ArrayLike<number>): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < functions.length) {
    const cycle = at === 0 ? null : longestCycle(functions, at);
    pieces.push(cycle ?? { kind: 'frame', frame: at });
    at += cycle === null ? 1 : cycle.period * cycle.rounds;
  }
  return pieces;
}

/** The cycle from `start` that covers most; of equals the shortest round, so that `f f f f` is f and not f -> f. */
function longestCycle(functions: ArrayLike<number>, start: number): Extract<Piece, { kind: 'cycle' }> | null {
  let best: Extract<Piece, { kind: 'cycle' }> | null = null;
  for (let period = 1; period <= LONGEST_PERIOD; period++) {
    const rounds = countRounds(functions, start, period);
    if (rounds < FEWEST_ROUNDS) continue;
    if (best === null || rounds * period > best.rounds * best.period)
      best = { kind: 'cycle', start, period, rounds };
  }
  return best;
}

function countRounds(functions: ArrayLike<number>, start: number, period: number): number {
  let end = start + period;
  while (end < functions.length && functions[end] === functions[end - period]) end++;
  return end > functions.length ? 0 : Math.floor((end - start) / period);
}
