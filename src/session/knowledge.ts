import type { FactsByFrame } from '../symbols/frame-facts';
import type { ModuleDebug } from './debug-files';
import type { Held } from './held-modules';

/** What is known of a file on the shelf, as far as the work has come. */
export interface Knowledge {
  readonly held: Held | null;
  readonly facts: FactsByFrame | null;
  readonly debug: ModuleDebug | null;
  /** Why it could not be read to its end. */
  readonly failure: string | null;
}

export const NOTHING_YET: Knowledge = { held: null, facts: null, debug: null, failure: null };
