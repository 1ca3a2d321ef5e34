import { elsewhere } from './elsewhere';
import { type Panic, panicOf } from './panics';
import { instructionAt, StackOfFrames } from './question';
import { constantMessage, type FoundMessage, heldMessage, printedMessage } from './rust-message';
import { callStackExhausted, shadowStackOverflow } from './stack-overflow';
import { cString, utf16String } from './text';
import { trapCause } from './trap';
import type { Cause, CauseFrame, DumpFacts } from './types';

export type { Cause, CauseFrame, CodeFacts, DumpFacts, Site, StackPointer, TableEntry } from './types';

/**
 * Why a thread died, in words, from the instruction on which its youngest frame stands and from the state around it.
 * Null: nothing in the dump and its modules says so.
 * @param offsetsKnown the producer writes true code offsets, so that 0 means "not known" and not "the first".
 */
export async function causeOf(
  frames: readonly CauseFrame[],
  dump: DumpFacts,
  offsetsKnown: boolean,
): Promise<Cause | null> {
  const [youngest] = frames;
  if (youngest === undefined) return null;
  const site = youngest.site;
  const instruction = site === null ? null : instructionAt(site);
  const stack = new StackOfFrames(frames, dump);
  const panic = panicOf(frames);
  if (
    panic !== null &&
    (instruction === null || instruction.name === 'unreachable' || instruction.name === 'call')
  )
    return panicCause(panic, frames, stack, dump);
  const exhausted = callStackExhausted(frames, offsetsKnown);
  if (exhausted !== null) return exhausted;
  const shadow = shadowStackOverflow(dump);
  if (site === null || instruction === null) return shadow ?? byProducer(dump);
  const trap = (await trapCause(stack, site, dump)) ?? elsewhere(instruction, site);
  if (trap === null) return shadow ?? byProducer(dump);
  if (shadow !== null)
    return {
      ...shadow,
      address: trap.address,
      evidence: [...shadow.evidence, `It led to: ${trap.title}.`, ...trap.evidence],
    };
  return instruction.name === 'unreachable' ? { ...trap, evidence: [...trap.evidence, UNREACHABLE] } : trap;
}

const UNREACHABLE =
  'Compilers place it where control cannot come: after a call that does not return, for undefined behaviour, and for __builtin_trap().';

function byProducer({ onlyUnreachable }: DumpFacts): Cause | null {
  if (onlyUnreachable === null) return null;
  return {
    title: 'unreachable',
    message: null,
    certainty: 'known',
    evidence: [onlyUnreachable],
    frame: 0,
    address: null,
  };
}

async function panicCause(
  panic: Panic,
  frames: readonly CauseFrame[],
  stack: StackOfFrames,
  dump: DumpFacts,
): Promise<Cause> {
  const found = await messageOf(panic, frames, stack, dump);
  const frame = blamed(panic, frames, found?.place ?? null);
  const evidence = [`Frame ${frames.findIndex(({ names }) => names.includes(panic.by))} is ${panic.by}.`];
  if (found !== null) evidence.push(found.evidence);
  if (found?.place !== null && found?.place !== undefined && found.text !== '')
    evidence.push(`It was raised at ${found.place}.`);
  return {
    title: panic.rule.title,
    message: found === null ? null : found.text === '' ? found.place : found.text,
    certainty: 'inferred',
    evidence,
    frame,
    address: null,
  };
}

/**
 * The frame below the machinery, or the one in whose file it was raised: between them stand the library's functions that
 * pass their caller's place on (Rust's `#[track_caller]`, fixture wasmtime/rust-orders: three frames of core and alloc).
 */
function blamed(panic: Panic, frames: readonly CauseFrame[], place: string | null): number {
  const below = Math.min(panic.last + 1, frames.length - 1);
  const file = place?.replace(/(?::\d+)+$/, '') ?? null;
  if (file === null) return below;
  const raised = frames.findIndex(
    ({ files }, index) => index >= below && files.some((one) => isSameFile(one, file)),
  );
  return raised < 0 ? below : raised;
}

/** Paths differ by what they are relative to. */
function isSameFile(one: string, other: string): boolean {
  const [long, short] = one.length > other.length ? [one, other] : [other, one];
  return long === short || long.endsWith(`/${short}`);
}

async function messageOf(
  panic: Panic,
  frames: readonly CauseFrame[],
  stack: StackOfFrames,
  dump: DumpFacts,
): Promise<FoundMessage | null> {
  const code = frames.find(({ site }) => site !== null)?.site?.code ?? null;
  if (panic.rule.message === 'none') return null;
  if (panic.rule.message === 'rust') {
    const told = (await printedMessage(dump)) ?? (code === null ? null : await heldMessage(dump, code));
    if (told !== null) return told;
    return constantMessage(dump, await argumentsOf(stack, panic.last + 1));
  }
  // The frame that the rule speaks of was called by the next older one, with the strings.
  const raised = frames.findIndex(({ names }) => names.includes(panic.by));
  const values = await argumentsOf(stack, raised + 1);
  if (panic.rule.message === 'assert') return assertion(values, dump);
  const [first] = values;
  if (first === null || first === undefined) return null;
  const text =
    panic.rule.message === 'c-string' ? await cString(dump, 0, first) : await utf16String(dump, 0, first);
  if (text === null) return null;
  return { text, place: null, evidence: `${panic.by} was given the text at 0x${first.toString(16)}.` };
}

async function assertion(values: readonly (number | null)[], dump: DumpFacts): Promise<FoundMessage | null> {
  const [expression, file, line] = values;
  const text = expression === null || expression === undefined ? null : await cString(dump, 0, expression);
  if (text === null) return null;
  const path = file === null || file === undefined ? null : await cString(dump, 0, file);
  const place = path === null ? null : `${path}${line === null || line === undefined ? '' : `:${line}`}`;
  return { text, place, evidence: `The assertion's text is at 0x${(expression ?? 0).toString(16)}.` };
}

/** What a frame passed to the function that it called; null for what is not known. */
async function argumentsOf(stack: StackOfFrames, index: number): Promise<readonly (number | null)[]> {
  const question = stack.question(index);
  if (question === null || question.instruction.name !== 'call') return [];
  const values: (number | null)[] = [];
  for (const operand of question.operands.keys()) {
    const value = await question.value(operand);
    const integer = value === null ? null : value.value.value;
    values.push(typeof integer === 'bigint' ? Number(BigInt.asUintN(32, integer)) : null);
  }
  return values;
}
