import type { KeepSession } from '../../src/session/types';

/** A session where there is no storage for copies. */
export const NO_KEEP: KeepSession = {
  plan: async () => ({ bytes: null, room: null }),
  keep: async () => ({ kind: 'failed', message: 'There is no storage for copies here.' }),
  stopKeeping: async () => undefined,
};
