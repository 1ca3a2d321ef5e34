import { describe, expect, it } from 'vitest';
import { type LineHeader, readLineHeader } from '../../src/dwarf/line-header';
import { LineProgram, type LineRows } from '../../src/dwarf/line-program';
import { rowAt, rowsIn } from '../../src/dwarf/line-table';
import { Reader } from '../../src/dwarf/reader';
import { bytes, counted, sleb, text, u8, u16, u32, u64, uleb } from './build';

const COUNTS = u8(0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1);

/** The front of a header: smallest instruction, operations in one, default_is_stmt, line base -5, line range 14, opcode base 13. */
function front(version: number, least = 1, operations = 1): number[] {
  return [...u8(least), ...(version >= 4 ? u8(operations) : []), ...u8(1, -5, 14, 13), ...COUNTS];
}

function table4(program: readonly number[], version = 4, least = 1, operations = 1): Uint8Array {
  const lists = [...text('src'), 0, ...text('a.c'), ...uleb(0), 0, 0, ...text('b.c'), ...uleb(1), 0, 0, 0];
  const header = [...front(version, least, operations), ...lists];
  return bytes(counted([...u16(version), ...u32(header.length), ...header, ...program]));
}

const setAddress = (address: number): number[] => [0, 5, 2, ...u32(address)];
const END = [0, 1, 1];
const COPY = 1;
const advancePc = (by: number): number[] => [2, ...uleb(by)];
const advanceLine = (by: number): number[] => [3, ...sleb(by)];

function run(table: Uint8Array): { header: LineHeader; program: LineProgram; rows: LineRows } {
  const reader = new Reader(table, 0);
  const header = readLineHeader(reader, 4);
  reader.seek(header.program);
  const program = new LineProgram(header, reader);
  // In portions of a few bytes: the registers are kept between them.
  while (program.run(3));
  return { header, program, rows: program.rows() };
}

function listed({ addresses, files, lines, columns }: LineRows): string[] {
  return [...addresses].map((address, row) => `${address} ${files[row]}:${lines[row]}:${columns[row]}`);
}

describe('line programs', () => {
  it('runs every opcode of version 4', () => {
    const { rows, header } = run(
      table4([
        ...setAddress(100),
        COPY,
        ...advancePc(4),
        ...advanceLine(9),
        ...[5, ...uleb(7)],
        ...[4, ...uleb(2)],
        COPY,
        // negate_stmt, set_basic_block, const_add_pc (by 17), prologue_end, epilogue_begin, set_isa 3
        ...[6, 7, 8, 10, 11, 12, 3],
        // fixed_advance_pc by 2; special: address + 1, line + 2
        ...[9, ...u16(2)],
        13 + (2 + 5) + 14 * 1,
        // an extended opcode that nobody knows, of 3 bytes
        ...[0, 3, 0x99, 1, 2],
        ...advancePc(6),
        ...END,
      ]),
    );
    expect(header.operandCounts).toEqual(COUNTS);
    expect(listed(rows)).toEqual(['100 1:1:0', '104 2:10:7', '124 2:12:7', '130 2:12:7']);
    expect([...rows.runs]).toEqual([0, 3]);
  });

  it.each([2, 3])('reads version %d, without operations in an instruction', (version) => {
    const { rows } = run(table4([...setAddress(8), COPY, ...advancePc(3), ...END], version, 4));
    expect(listed(rows)).toEqual(['8 1:1:0', '20 1:1:0']);
  });

  it('counts operations where an instruction has several', () => {
    // 5 operations of 3 in an instruction of 4 bytes: one instruction on, operation 2; one more: the next instruction.
    const { rows } = run(table4([...setAddress(8), ...advancePc(5), COPY, ...advancePc(1), ...END], 4, 4, 3));
    expect(listed(rows)).toEqual(['12 1:1:0', '16 1:1:0']);
  });

  it('goes past opcodes that a later version adds', () => {
    const header = [
      ...u8(1, 1, 1, -5, 14, 15),
      ...COUNTS,
      ...u8(2, 0),
      ...text('d'),
      0,
      ...text('a.c'),
      0,
      0,
      0,
      0,
    ];
    const program = [...setAddress(4), 13, 0x81, 1, 2, 14, COPY, ...advancePc(1), ...END];
    const { rows } = run(bytes(counted([...u16(4), ...u32(header.length), ...header, ...program])));
    expect(listed(rows)).toEqual(['4 1:1:0', '5 1:1:0']);
  });

  it.each([
    ['0, as older linkers and binaryen', 0],
    ['0xffffffff, as lld', 0xffff_ffff],
    ['0xfffffffe', 0xffff_fffe],
  ])('drops a sequence of removed code: %s', (_, mark) => {
    const dead = [...setAddress(mark), COPY, ...advancePc(40), COPY, ...END];
    const { rows } = run(table4([...dead, ...setAddress(50), COPY, ...advancePc(2), ...END, ...dead]));
    expect(listed(rows)).toEqual(['50 1:1:0', '52 1:1:0']);
    expect([...rows.runs]).toEqual([0, 1]);
  });

  it('begins a run where addresses fall, as binaryen leaves them', () => {
    const { rows } = run(
      table4([
        ...[...setAddress(100), COPY, ...advancePc(10), ...advanceLine(1), COPY],
        ...[...setAddress(60), ...advanceLine(1), COPY, ...advancePc(5), ...END],
      ]),
    );
    expect([...rows.runs]).toEqual([0, 2, 3, 4]);
    const line = (pc: number) => rows.lines[rowAt(rows, pc, { start: 50, end: 200 })];
    expect([line(59), line(60), line(64), line(65), line(100), line(109), line(110)]).toEqual([
      undefined,
      3,
      3,
      undefined,
      1,
      1,
      undefined,
    ]);
    const all = rowsIn(rows, { start: 50, end: 200 }).map((row) => rows.addresses[row]);
    expect(all).toEqual([60, 100, 110]);
  });

  it('keeps the sequences before a cut', () => {
    const whole = table4([...setAddress(50), COPY, ...advancePc(2), ...END, ...setAddress(90), COPY]);
    const reader = new Reader(whole.subarray(0, whole.length - 4), 0);
    const header = readLineHeader(reader, 4);
    reader.seek(header.program);
    const program = new LineProgram(header, reader);
    expect(() => program.run(1000)).toThrow('opcode of 5 bytes, 2 remain');
    expect(listed(program.rows())).toEqual(['50 1:1:0', '52 1:1:0']);
  });

  it('clips to the body: a row before it does not reach in', () => {
    const { rows } = run(table4([...setAddress(10), COPY, ...advancePc(20), COPY, ...advancePc(9), ...END]));
    expect(rowAt(rows, 25, { start: 20, end: 40 })).toBe(-1);
    expect(rowAt(rows, 31, { start: 20, end: 40 })).toBe(1);
    expect(rowsIn(rows, { start: 20, end: 40 })).toEqual([1]);
    expect(rowsIn(rows, { start: 20, end: 30 })).toEqual([]);
  });

  it('takes files that the program defines', () => {
    const define = [3, ...text('late.c'), ...uleb(1), 0, 0];
    const { program } = run(table4([0, ...uleb(define.length), ...define]));
    expect(program.defined).toEqual([{ name: { kind: 'string', text: 'late.c' }, directory: 1 }]);
  });
});

describe('line headers', () => {
  it('reads the lists of version 5 in the 64-bit format', () => {
    const shape = [1, ...uleb(1), ...uleb(0x1f)];
    const files = [3, ...uleb(1), ...uleb(0x08), ...uleb(2), ...uleb(0x0b), ...uleb(5), ...uleb(0x1e)];
    const md5 = Array.from({ length: 16 }, (_, index) => index);
    const lists = [
      ...[...shape, ...uleb(2), ...u64(0), ...u64(40)],
      ...[...files, ...uleb(1), ...text('main.c'), 1, ...md5],
    ];
    const header = [...front(5), ...lists];
    const body = [...u16(5), 8, 0, ...u64(header.length), ...header, ...[0, 9, 2, ...u64(77)], COPY, ...END];
    const read = run(bytes(counted(body, 8)));
    expect(read.header).toMatchObject({ version: 5, offsetSize: 8, addressSize: 8 });
    expect(read.header.directories).toEqual([
      { kind: 'strp', section: '.debug_line_str', offset: 0 },
      { kind: 'strp', section: '.debug_line_str', offset: 40 },
    ]);
    expect(read.header.files).toEqual([{ name: { kind: 'string', text: 'main.c' }, directory: 1 }]);
    expect(listed(read.rows)).toEqual(['77 1:1:0', '77 1:1:0']);
  });

  it.each([
    ['a version', (table: Uint8Array) => table.fill(9, 4, 5), 'line table of version 9, expected 2 to 5'],
    ['a line range of 0', (table: Uint8Array) => table.fill(0, 14, 15), 'line table with a line range of 0'],
    ['a header longer than the table', (table: Uint8Array) => table.fill(0xff, 6, 8), 'line table header of'],
  ])('refuses %s', (_, damage, message) => {
    const table = damage(table4([...END]));
    expect(() => readLineHeader(new Reader(table, 0), 4)).toThrow(message);
  });

  it('refuses lists that claim more entries than there are bytes', () => {
    const lists = [1, ...uleb(1), ...uleb(0x08), ...uleb(2 ** 40)];
    const header = [...front(5), ...lists];
    const table = bytes(counted([...u16(5), 4, 0, ...u32(header.length), ...header]));
    expect(() => readLineHeader(new Reader(table, 0), 4)).toThrow('1099511627776 directory entries');
  });
});
