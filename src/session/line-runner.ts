import { type Expression, type LineBatch, type LineMatches, matchLines } from '../memory/search/lines';

/** Matches lines where that can be ended: a regular expression that has begun cannot be stopped in its own thread. */
export interface LineRunner {
  /** @throws Interrupted when `interrupt` came first. The same batch may then be given again. */
  readonly match: (expression: Expression, batch: LineBatch) => Promise<LineMatches>;
  /** Ends what is under way. */
  readonly interrupt: () => void;
}

/** Matching was ended on demand. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** In this thread, for the command line and tests: it cannot be interrupted. */
export function createInlineLineRunner(): LineRunner {
  return {
    match: async (expression, batch) => matchLines(expression, batch),
    interrupt: () => undefined,
  };
}
