import type { Problem } from '../coredump/model';
import { baseWords } from '../symbols/match';
import type { Knowledge } from './knowledge';
import { type Shelved, sizeNow } from './module-shelf';

import type { DebugModule } from './types';

/** What the page and the command line say of a file on the shelf. */
export function describeModule(
  shelved: Shelved,
  knowledge: Knowledge,
  all: ReadonlyMap<Shelved, Knowledge>,
): DebugModule {
  const { debug, failure, held } = knowledge;
  const { file, id, kind, symbols } = shelved;
  const whole = { id, name: file.name, size: sizeNow(file), functions: symbols.functions };
  const names = { ...whole, names: symbols.names.functions.size };
  const users = [...all].filter(([, other]) => other.debug?.files.some((used) => used.id === id) ?? false);
  const of = users.map(([user]) => user.file.name).join(', ');
  if (kind !== 'module' || (symbols.code === null && users.length > 0)) {
    const what = kind === 'source-map' ? 'source map' : kind === 'split-dwarf' ? 'split DWARF' : 'debug file';
    return {
      ...names,
      verdict: users.length > 0 ? 'matches' : 'unused',
      evidence: users.length > 0 ? `${what} of ${of}` : `no module here refers to this ${what}`,
      base: null,
      debug: what,
      problems: [],
    };
  }
  const match = held?.match ?? null;
  const evidence = match?.evidence ?? failure ?? 'its code is being read';
  return {
    ...names,
    verdict: match?.verdict ?? (failure === null ? 'checking' : 'no-match'),
    evidence: users.length > 0 ? `debug file of ${of}; ${evidence}` : evidence,
    base: match === null ? null : baseWords(match.base),
    debug: debug?.words ?? (symbols.names.functions.size > 0 ? 'names' : 'no names'),
    problems: problemsOf(shelved, knowledge),
  };
}

function problemsOf({ symbols }: Shelved, { debug, failure }: Knowledge): Problem[] {
  const { code, names } = symbols;
  const problems: Problem[] = [];
  if (failure !== null) problems.push({ section: null, offset: null, message: failure });
  if (names.stopped !== null)
    problems.push({ section: 'name', offset: names.stopped.offset, message: names.stopped.message });
  if (code !== null && code.bodies.problem !== null)
    problems.push({ section: 'code', ...code.bodies.problem });
  return [...problems, ...(debug?.problems ?? []), ...(debug?.info?.problems() ?? [])];
}
