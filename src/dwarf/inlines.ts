import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { Budget } from './budget';
import { DW_TAG } from './constants';
import { type Die, readAbbreviationOf, readDie } from './die';
import { type LoadedUnit, readerAt, skipDie } from './functions';
import type { CodeAddress } from './model';
import type { Problems } from './problems';
import { rangesOf } from './ranges';
import { inSection, SectionError } from './section';

/** More inlined calls in one function than any compiler leaves. */
const MOST_CALLS = 200_000;

const IGNORED = -2;
const FUNCTION = -1;

/** A function's inlined calls, outer before inner. */
interface InlinedCall {
  readonly die: Die;
  /** The position of the call around it; -1: the function itself. */
  readonly parent: number;
}

/**
 * The DIEs that an instruction is in: the innermost inlined call first, the function's own DIE last. Lexical blocks are
 * walked through; a function that stands inside the function has calls of its own.
 * @param offset of the function's DIE.
 * @throws SectionError where the function's DIE does not decode; MissingBytes. Damage further in is a
 * problem, and what was read before it is used.
 */
export function inlineChain(
  loaded: LoadedUnit,
  offset: Bytes,
  pc: CodeAddress,
  problems: Problems,
): readonly Die[] {
  const { sections } = loaded.unit;
  const { own, calls, problem } = inSection(sections.info.name, () => readCalls(loaded, offset));
  if (problem !== null) problems.add(new SectionError(sections.info.name, problem));
  const budget = new Budget(2 * (sections.ranges.size + sections.rnglists.size) + 1024);
  // Calls that the instruction may be in: those around it, and those that say nothing of their code.
  const open = new Set<number>([FUNCTION]);
  let innermost = FUNCTION;
  for (const [position, { die, parent }] of calls.entries()) {
    if (!open.has(parent)) continue;
    try {
      const ranges = rangesOf(die, loaded.unit, budget);
      const isIn = ranges.some(({ start, end }) => start <= pc && pc < end);
      // binaryen empties the range of a call whose first instruction it dropped, and keeps those of the calls in it:
      // `worth` at 0x281 in symbols/binaryen is in `note_all`, from 0 to 0 (tests/dwarf/oracle.test.ts).
      if (isIn || ranges.length === 0) open.add(position);
      if (isIn) innermost = position;
    } catch (error) {
      problems.add(error);
    }
  }
  const chain: Die[] = [];
  for (let call = calls[innermost]; call !== undefined; call = calls[call.parent]) chain.push(call.die);
  return [...chain, own];
}

interface FunctionTree {
  readonly own: Die;
  readonly calls: readonly InlinedCall[];
  readonly problem: DecodeError | null;
}

/** The DIEs of the inlined calls below a function's, in the order of the file. @throws DecodeError */
function readCalls(loaded: LoadedUnit, offset: Bytes): FunctionTree {
  const { unit, abbreviations } = loaded;
  const sizes = unit.header;
  const reader = readerAt(loaded, offset);
  const own = readDie(reader, abbreviations, sizes);
  if (own === null) throw new DecodeError(offset, 'function without a DIE');
  const calls: InlinedCall[] = [];
  // Of each open list of siblings: the call that they are in. It grows by a level a byte at most.
  const parents: number[] = own.hasChildren ? [FUNCTION] : [];
  try {
    while (parents.length > 0) {
      const parent = parents.at(-1) ?? FUNCTION;
      const start = reader.position;
      const abbreviation = readAbbreviationOf(reader, abbreviations);
      if (abbreviation === null) {
        parents.pop();
        continue;
      }
      let around = abbreviation.tag === DW_TAG.subprogram ? IGNORED : parent;
      if (parent !== IGNORED && abbreviation.tag === DW_TAG.inlined_subroutine) {
        reader.position = start;
        const die = readDie(reader, abbreviations, sizes);
        if (calls.length >= MOST_CALLS) {
          throw new DecodeError(reader.offset, `more than ${MOST_CALLS} inlined calls in one function`);
        }
        if (die !== null) calls.push({ die, parent });
        around = calls.length - 1;
      } else skipDie(reader, abbreviation, sizes);
      if (abbreviation.hasChildren) parents.push(around);
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { own, calls, problem: error };
  }
  return { own, calls, problem: null };
}
