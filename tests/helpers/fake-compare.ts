import type { CompareSession } from '../../src/session/types';

/** The part of a session that is asked about a second dump, where there is none. `calls` take note of what was asked. */
export function fakeCompare(calls: string[] = []): CompareSession {
  const note = async (call: string) => void calls.push(call);
  return {
    open: async (files) => {
      calls.push(`compare.open ${files.map(({ name }) => name).join(' ')}`);
      return { kind: 'refused', message: 'There is no second dump.' };
    },
    close: () => note('compare.close'),
    stopOpening: () => note('compare.stopOpening'),
    resumeOpening: () => note('compare.resumeOpening'),
    read: async (memory, address, length) => ({
      memory,
      address,
      bytes: new Uint8Array(length),
      states: [{ start: address, end: address + length, state: 'out-of-bounds' }],
      version: 0,
    }),
    start: () => note('compare.start'),
    stop: () => note('compare.stop'),
    resume: () => note('compare.resume'),
  };
}
