import type { BodyFunction, DebugInfo } from '../dwarf/model';
import { bodyOf, type ModuleSymbols } from './debug-module';

/** Bodies that are asked for: of each its unit is read. */
const SAMPLE = 24;
/** Fewer say nothing. */
const LEAST = 2;

/**
 * Debug information that is of other code than the module's: a tool moved the code (wasm-opt, the wasm-coredump rewriter)
 * and left the DWARF as it was. Told by bodies of the whole module: functions begin where bodies do, and are called as the
 * name section calls them. Fixtures symbols/stale and rewriter/crash-022 (tests/dwarf/oracle.test.ts).
 * @returns the sentence with both numbers and what helps; null: it is of this code, or nothing says that it is not.
 * @throws what the debug information's source throws, and the signal's reason.
 */
export async function staleSentence(
  info: DebugInfo,
  symbols: ModuleSymbols,
  signal?: AbortSignal,
): Promise<string | null> {
  const { code, importedFunctions, names } = symbols;
  if (code === null) return null;
  const { count } = code.bodies;
  let asked = 0;
  let begin = 0;
  let differ = 0;
  for (let at = 0; at < Math.min(SAMPLE, count); at += 1) {
    const index = importedFunctions + Math.floor((at * count) / Math.min(SAMPLE, count));
    const body = bodyOf(symbols, index);
    if (body === null) continue;
    const start = body.start - code.payload;
    const found = await info.functionOf({ start, end: start + body.size }, signal);
    if (found.kind === 'silent') continue;
    asked += 1;
    if (found.kind !== 'function') continue;
    begin += 1;
    if (isOther(found, names.functions.get(index) ?? null)) differ += 1;
  }
  if (asked < LEAST) return null;
  if (2 * begin < asked) return ofOther(`a function begins at ${begin} of ${asked} bodies`);
  return begin >= LEAST && 2 * differ > begin
    ? ofOther(`${differ} of ${begin} functions have another name in the name section`)
    : null;
}

function ofOther(evidence: string): string {
  return `The DWARF is of other code: ${evidence}. A tool changed the code and not the DWARF; its lines are not used. Drop the module as it was before, or let the tool keep the DWARF (wasm-opt -g).`;
}

/** Whether two names are of different functions. wasm-ld demangles and adds types: the plain name is in both. */
function isOther(found: Extract<BodyFunction, { kind: 'function' }>, known: string | null): boolean {
  if (known === null) return false;
  const told = [found.linkageName, found.function].filter((name) => name !== null && name !== '');
  return told.length > 0 && !told.some((name) => name !== null && isSame(name, known));
}

function isSame(one: string, other: string): boolean {
  const plain = (name: string): string => /[\w$]+/.exec(name)?.[0] ?? name;
  return other.includes(one) || one.includes(other) || other.includes(plain(one));
}
