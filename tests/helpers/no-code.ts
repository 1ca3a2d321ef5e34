import { NO_CODE_LINES } from '../../src/session/code-lines';
import type { CodeSession } from '../../src/session/code-types';

/** A session without a debug module. */
export const NO_CODE: CodeSession = {
  frameCode: async () => ({
    kind: 'none',
    reason: 'Drop the module that ran, a .wasm file, to see its code.',
  }),
  disassembly: async () => null,
  instructions: async () => [],
  lines: async () => NO_CODE_LINES,
  instructionAt: async () => null,
  findInstruction: async () => null,
  stopOf: async () => null,
};
