import type { Spool } from '../bytes/spool';
import type { Bytes } from '../bytes/units';
import type { LineRunner } from './line-runner';

export interface LocalOptions {
  readonly createSpool: () => Promise<Spool>;
  /** At the limit of what is inflated: wait to be told to go on, or take what is there for the whole file. */
  readonly atLimit: 'wait' | 'end';
  readonly inflateLimit: Bytes;
  /** Where regular expressions are matched. */
  readonly lineRunner: () => LineRunner;
}
