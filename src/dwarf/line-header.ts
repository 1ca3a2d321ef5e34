import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { DW_LNCT } from './constants';
import { type FormSizes, isString, readForm, type StringValue } from './forms';
import type { Reader } from './reader';
import { readUnitLength } from './unit-header';

/** A file of the line table, before its name is looked up. */
export interface LineFile {
  readonly name: StringValue;
  /** Into `directories`, as the version counts. */
  readonly directory: number;
}

/** The header of a line number program (DWARF 5, 6.2.4; DWARF 4, 6.2.4). */
export interface LineHeader extends FormSizes {
  readonly offset: Bytes;
  /** Of the first opcode, and behind the last. */
  readonly program: Bytes;
  readonly end: Bytes;
  readonly minInstructionLength: number;
  readonly maxOperations: number;
  readonly lineBase: number;
  readonly lineRange: number;
  readonly opcodeBase: number;
  /** Operands of the standard opcodes, from opcode 1 on. */
  readonly operandCounts: readonly number[];
  /** Before version 5 from 1 on: 0 is the compilation directory and not in the list. */
  readonly directories: readonly StringValue[];
  /** Before version 5 from 1 on. */
  readonly files: readonly LineFile[];
}

/**
 * @param unitAddressSize of the unit that refers to it: before version 5 the header has none.
 * @throws DecodeError on a version that is not read, on lists that run over the header, on a line range of 0.
 */
export function readLineHeader(reader: Reader, unitAddressSize: number): LineHeader {
  const offset = reader.offset;
  const { offsetSize, end } = readUnitLength(reader);
  const version = reader.u16();
  if (version < 2 || version > 5) {
    throw new DecodeError(offset, `line table of version ${version}, expected 2 to 5`);
  }
  let addressSize = unitAddressSize;
  if (version >= 5) {
    addressSize = reader.u8();
    reader.skip(1);
    if (addressSize !== 4 && addressSize !== 8) {
      throw new DecodeError(offset, `line table with addresses of ${addressSize} bytes, expected 4 or 8`);
    }
  }
  const headerLength = reader.sized(offsetSize);
  const program = reader.offset + headerLength;
  if (program > end) {
    throw new DecodeError(
      offset,
      `line table header of ${headerLength} bytes, ${end - reader.offset} remain`,
    );
  }
  const minInstructionLength = reader.u8();
  const maxOperations = version >= 4 ? reader.u8() : 1;
  reader.skip(1);
  const lineBase = reader.i8();
  const lineRange = reader.u8();
  const opcodeBase = reader.u8();
  if (lineRange === 0) throw new DecodeError(offset, 'line table with a line range of 0');
  const operandCounts: number[] = [];
  for (let opcode = 1; opcode < opcodeBase; opcode += 1) operandCounts.push(reader.u8());
  const sizes = { version, offsetSize, addressSize };
  const lists = version >= 5 ? readLists5(reader, sizes) : readLists4(reader);
  if (reader.offset > program) {
    throw new DecodeError(offset, `line table's files end at ${reader.offset}, its header at ${program}`);
  }
  return {
    ...{ ...sizes, offset, program, end, minInstructionLength, maxOperations },
    ...{ lineBase, lineRange, opcodeBase, operandCounts, ...lists },
  };
}

type Lists = Pick<LineHeader, 'directories' | 'files'>;

/** More than a table of any program has; each takes memory. */
const MOST_FILES = 500_000;

function tooMany(offset: Bytes, count: number): DecodeError {
  return new DecodeError(offset, `line table with ${count} files or more, at most ${MOST_FILES} are read`);
}

/** Names that end with an empty one. */
function readLists4(reader: Reader): Lists {
  const directories: StringValue[] = [];
  for (let text = reader.string(); text !== ''; text = reader.string()) {
    if (directories.length >= MOST_FILES) throw tooMany(reader.offset, directories.length);
    directories.push({ kind: 'string', text });
  }
  const files: LineFile[] = [];
  for (let text = reader.string(); text !== ''; text = reader.string()) {
    if (files.length >= MOST_FILES) throw tooMany(reader.offset, files.length);
    files.push(readFile4(reader, { kind: 'string', text }));
  }
  return { directories, files };
}

/** What follows a file's name before version 5, here and in DW_LNE_define_file: directory, time, length. */
export function readFile4(reader: Reader, name: StringValue): LineFile {
  const directory = reader.uleb();
  reader.skipLeb();
  reader.skipLeb();
  return { name, directory };
}

const EMPTY: StringValue = { kind: 'string', text: '' };

function readLists5(reader: Reader, sizes: FormSizes): Lists {
  const directories: StringValue[] = [];
  readEntries(reader, sizes, 'directory', (name) => directories.push(name));
  const files: LineFile[] = [];
  readEntries(reader, sizes, 'file', (name, directory) => files.push({ name, directory }));
  return { directories, files };
}

/** A list whose entries' shape stands before it (DWARF 5, 6.2.4.1). Times, sizes and MD5 sums are gone past. */
function readEntries(
  reader: Reader,
  sizes: FormSizes,
  what: string,
  add: (name: StringValue, directory: number) => void,
): void {
  const shape = Array.from({ length: reader.u8() }, () => ({ type: reader.uleb(), form: reader.uleb() }));
  const at = reader.offset;
  const count = reader.uleb();
  if (count > 0 && shape.length === 0) {
    throw new DecodeError(at, `${count} ${what} entries without a shape`);
  }
  // An entry takes a byte at least: the form of a path does.
  if (count > reader.remaining) {
    throw new DecodeError(at, `${count} ${what} entries, ${reader.remaining} bytes remain`, true);
  }
  if (count > MOST_FILES) throw tooMany(at, count);
  if (count > 0 && !shape.some(({ type }) => type === DW_LNCT.path)) {
    throw new DecodeError(at, `${what} entries without a path`);
  }
  for (let index = 0; index < count; index += 1) {
    let name: StringValue = EMPTY;
    let directory = 0;
    for (const { type, form } of shape) {
      const value = readForm(reader, form, 0, sizes);
      if (type === DW_LNCT.path && isString(value)) name = value;
      if (type === DW_LNCT.directory_index && value.kind === 'constant') directory = value.value;
    }
    add(name, directory);
  }
}
