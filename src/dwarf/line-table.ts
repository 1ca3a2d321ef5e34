import { DecodeError } from '../bytes/cursor';
import { partition } from '../bytes/partition';
import type { Bytes } from '../bytes/units';
import { type LineFile, type LineHeader, readLineHeader } from './line-header';
import { LineProgram, type LineRows } from './line-program';
import type { CodeAddress, CodeRange } from './model';
import { Pace } from './pace';
import type { Problems } from './problems';
import { Reader } from './reader';
import { inSection, SectionError, withBytes } from './section';
import { textOf } from './strings';
import type { Unit } from './unit';
import { readUnitLength } from './unit-header';

/** Bytes of opcodes between two looks at the clock. */
const TURN: Bytes = 256 * 1024;

/** A unit's line table, decoded. */
export interface LineTable {
  readonly unit: Unit;
  readonly header: LineHeader;
  /** Those of the header, then what the program defines. */
  readonly files: readonly LineFile[];
  readonly rows: LineRows;
  /** Names that were looked up, by number. */
  readonly names: Map<number, string | null>;
}

/**
 * Decodes the line table at an offset. Damage in the program is a problem; what comes before it is used.
 * @param unit of the module that refers to it.
 * @throws SectionError where the header does not decode; what the file's read throws.
 */
export async function readLineTable(
  unit: Unit,
  offset: Bytes,
  problems: Problems,
  signal?: AbortSignal,
): Promise<LineTable> {
  const { line } = unit.sections;
  const { end } = await withBytes(() => line.decode(offset, 64, 12, readUnitLength), signal);
  const bytes = await line.read(offset, end - offset, signal);
  if (bytes.length < end - offset) {
    const message = `line table of ${end - offset} bytes, ${bytes.length} remain`;
    problems.add(new SectionError(line.name, new DecodeError(offset, message)));
  }
  const reader = new Reader(bytes, offset);
  const header = inSection(line.name, () => readLineHeader(reader, unit.header.addressSize));
  const program = new LineProgram(header, reader);
  const pace = new Pace();
  try {
    inSection(line.name, () => reader.seek(header.program));
    while (inSection(line.name, () => program.run(TURN))) await pace.step(signal);
  } catch (error) {
    problems.add(error);
  }
  const files = program.defined.length === 0 ? header.files : [...header.files, ...program.defined];
  return { unit, header, files, rows: program.rows(), names: new Map() };
}

/** The position of the row that an instruction belongs to: the last one at or before it, in the body; -1: none. */
export function rowAt({ addresses, runs }: LineRows, pc: CodeAddress, body: CodeRange): number {
  let best = -1;
  for (let run = 0; run < runs.length; run += 2) {
    const first = runs[run] ?? 0;
    const last = runs[run + 1] ?? 0;
    if ((addresses[first] ?? 0) > pc || pc >= (addresses[last] ?? 0)) continue;
    const row = lastAtOrBefore(addresses, first, last, pc);
    const address = addresses[row] ?? 0;
    if (address >= body.start && (best < 0 || address > (addresses[best] ?? 0))) best = row;
  }
  return best;
}

/** The positions of a body's rows, by address, and as they stand where that is the same. */
export function rowsIn({ addresses, runs }: LineRows, body: CodeRange): readonly number[] {
  const found: number[] = [];
  for (let run = 0; run < runs.length; run += 2) {
    const first = runs[run] ?? 0;
    const last = runs[run + 1] ?? 0;
    if ((addresses[first] ?? 0) >= body.end || (addresses[last] ?? 0) <= body.start) continue;
    const from = lastAtOrBefore(addresses, first, last, body.start - 1) + 1;
    for (let row = from; row < last && (addresses[row] ?? 0) < body.end; row += 1) found.push(row);
  }
  return found.sort((a, b) => (addresses[a] ?? 0) - (addresses[b] ?? 0) || a - b);
}

/** Of the ascending rows [first, last) the last one whose address is not above; first - 1: all are. */
function lastAtOrBefore(addresses: Uint32Array, first: number, last: number, address: CodeAddress): number {
  return partition(last, (at) => (addresses[at] ?? 0) <= address, first) - 1;
}

/**
 * The path of a file of the line table: its directory joined, the compilation directory not, and nothing tidied up. So
 * `crash.c` and `./libc-bottom-half/sources/abort.c` come out as their builds were called: in front of them would stand
 * the directory of a machine that is not the reader's. It is what `llvm-symbolizer --relativenames` prints.
 *
 * Directory 0 is the compilation directory: before version 5 it is not in the list, from 5 on it is the first
 * (DWARF 5, 6.2.4).
 * @returns null where the table has no such file, or its name does not decode: that is a problem.
 * @throws MissingBytes
 */
export function fileName(table: LineTable, file: number, problems: Problems): string | null {
  const known = table.names.get(file);
  if (known !== undefined) return known;
  let name: string | null = null;
  try {
    name = joinedName(table, file);
  } catch (error) {
    problems.add(error);
  }
  table.names.set(file, name);
  return name;
}

function joinedName({ unit, header, files }: LineTable, number: number): string | null {
  const first = header.version >= 5 ? 0 : 1;
  const file = files[number - first];
  if (file === undefined) return null;
  // The header's own sizes: DWARF 5 tables have been seen in units of version 4.
  const scope = { ...unit, header: { ...unit.header, ...header } };
  const name = textOf(file.name, scope);
  if (name === null || isAbsolute(name) || file.directory === 0) return name;
  const directory = header.directories[file.directory - first];
  return joinPath(directory === undefined ? null : textOf(directory, scope), name);
}

/** `directory/name`; the name alone where it is absolute or there is no directory. */
export function joinPath(directory: string | null, name: string): string {
  if (directory === null || directory === '' || isAbsolute(name)) return name;
  const separator = /^[A-Za-z]:\\/.test(directory) || directory.startsWith('\\\\') ? '\\' : '/';
  return /[/\\]$/.test(directory) ? directory + name : directory + separator + name;
}

/** Whether a path begins at a root, of POSIX or of Windows. */
export function isAbsolute(path: string): boolean {
  return /^([/\\]|[A-Za-z]:[/\\])/.test(path);
}
