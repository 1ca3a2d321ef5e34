import {
  type Cause,
  type CauseFrame,
  type DumpFacts,
  hex,
  type StackPointer,
  type StackRegion,
} from './types';

const NOWHERE = { message: null, frame: 0, address: null } as const;

/** A stack that is shorter does not overflow by recursion, whatever its frames are. */
const RECURSION = 5;

/** The shadow stack's pointer stands outside its region: what a function wrote there is other memory. */
export function shadowStackOverflow(dump: DumpFacts): Cause | null {
  const { stackPointer, stackRegion } = dump;
  const where = stackPointer === null ? null : outsideText(stackPointer, stackRegion);
  if (stackPointer === null || where === null) return null;
  const negative = stackPointer.value < 0;
  return {
    ...NOWHERE,
    title: 'shadow stack overflow',
    certainty: negative || stackRegion.low !== null ? 'inferred' : 'probably',
    evidence: [`__stack_pointer (global ${stackPointer.global}) is ${where}.`],
  };
}

function outsideText({ value }: StackPointer, { high, low }: StackRegion): string | null {
  if (value < 0) return `${value}: below address 0`;
  if (low !== null && value < low) return `${hex(value)}, below its region, which begins at ${hex(low)}`;
  if (high !== null && value > high) return `${hex(value)}, above its region, which ends at ${hex(high)}`;
  return null;
}

/**
 * The engine's own stack is used up: Wasmtime then writes no offset for the youngest frame (fixture
 * wasmtime/c-stack-overflow, held by tests/symbols/cause/cause.test.ts).
 */
export function callStackExhausted(frames: readonly CauseFrame[], offsetsKnown: boolean): Cause | null {
  const [youngest] = frames;
  if (youngest === undefined || youngest.codeOffset !== 0 || !offsetsKnown) return null;
  const again = frames.filter((frame) => frame.function === youngest.function).length;
  const evidence = ['The youngest frame has code offset 0: it was entered and ran no instruction.'];
  if (again >= RECURSION)
    evidence.push(`Its function stands on the stack ${again} times in ${frames.length} frames.`);
  return {
    ...NOWHERE,
    title: 'call stack exhausted',
    certainty: again >= RECURSION ? 'inferred' : 'probably',
    evidence,
  };
}
