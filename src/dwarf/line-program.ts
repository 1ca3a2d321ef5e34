import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { isLive } from './addresses';
import { DW_LNE, DW_LNS } from './constants';
import { type LineFile, type LineHeader, readFile4 } from './line-header';
import { NumberList } from './number-list';
import type { Reader } from './reader';

/** The rows of a line table: columns, and in `runs` where each ascending run of addresses begins and ends. */
export interface LineRows {
  readonly addresses: Uint32Array;
  readonly files: Uint32Array;
  readonly lines: Uint32Array;
  readonly columns: Uint32Array;
  /** Pairs of positions: of a run's first row, and of the row that ends it, which has no code. */
  readonly runs: Uint32Array;
}

/**
 * The state machine of a line number program (DWARF 5, 6.2). It runs in portions, so that a large program can be left
 * for other work. Sequences of dead code are dropped when they end.
 *
 * binaryen writes sequences whose addresses fall where it moved code: each ascending part is a run of its own, or a
 * binary search in it would go astray (tests/dwarf/line-program.test.ts).
 */
export class LineProgram {
  readonly #header: LineHeader;
  readonly #reader: Reader;
  readonly #addresses = new NumberList();
  readonly #files = new NumberList();
  readonly #lines = new NumberList();
  readonly #columns = new NumberList();
  readonly #runs = new NumberList();
  /** By DW_LNE_define_file. */
  readonly defined: LineFile[] = [];

  // The registers (6.2.2); those that only say something of a row that nobody asks for are left out.
  #address = 0;
  #operation = 0;
  #file = 1;
  #line = 1;
  #column = 0;
  /** Where the sequence's rows begin, and its runs. */
  #sequence = 0;
  #sequenceRuns = 0;
  #runStart = 0;
  #previous = -1;
  #isLive = true;

  /** @param reader over the bytes from the header to the program's end, standing at the first opcode. */
  constructor(header: LineHeader, reader: Reader) {
    this.#header = header;
    this.#reader = reader;
  }

  /** Runs `length` bytes of opcodes, more or less. Returns whether there are more. @throws DecodeError; the rows before it stay. */
  run(length: Bytes): boolean {
    const reader = this.#reader;
    const { opcodeBase, lineBase, lineRange } = this.#header;
    const until = reader.position + length;
    while (reader.remaining > 0) {
      if (reader.position >= until) return true;
      const opcode = reader.u8();
      if (opcode >= opcodeBase) {
        const adjusted = opcode - opcodeBase;
        this.#advance(Math.floor(adjusted / lineRange));
        this.#line = (this.#line + lineBase + (adjusted % lineRange)) >>> 0;
        this.#append();
      } else if (opcode === 0) this.#extended();
      else this.#standard(opcode);
    }
    return false;
  }

  /** The rows of all sequences that have ended. */
  rows(): LineRows {
    this.#drop();
    return {
      addresses: this.#addresses.packed(),
      files: this.#files.packed(),
      lines: this.#lines.packed(),
      columns: this.#columns.packed(),
      runs: this.#runs.packed(),
    };
  }

  #standard(opcode: number): void {
    const reader = this.#reader;
    switch (opcode) {
      case DW_LNS.copy:
        this.#append();
        return;
      case DW_LNS.advance_pc:
        this.#advance(reader.uleb());
        return;
      case DW_LNS.advance_line:
        this.#line = (this.#line + reader.sleb()) >>> 0;
        return;
      case DW_LNS.set_file:
        this.#file = reader.uleb();
        return;
      case DW_LNS.set_column:
        this.#column = reader.uleb();
        return;
      case DW_LNS.const_add_pc:
        this.#advance(Math.floor((255 - this.#header.opcodeBase) / this.#header.lineRange));
        return;
      case DW_LNS.fixed_advance_pc:
        this.#address += reader.u16();
        this.#operation = 0;
        return;
      case DW_LNS.negate_stmt:
      case DW_LNS.set_basic_block:
      case DW_LNS.set_prologue_end:
      case DW_LNS.set_epilogue_begin:
        return;
      default: {
        // set_isa, and what later versions may add: the header says how many operands there are to go past.
        const operands = this.#header.operandCounts[opcode - 1] ?? 0;
        for (let index = 0; index < operands; index += 1) reader.skipLeb();
      }
    }
  }

  #extended(): void {
    const reader = this.#reader;
    const at = reader.offset;
    const length = reader.uleb();
    if (length === 0) return;
    if (length > reader.remaining) {
      throw new DecodeError(at, `opcode of ${length} bytes, ${reader.remaining} remain`, true);
    }
    const end = reader.position + length;
    const opcode = reader.u8();
    if (opcode === DW_LNE.end_sequence) this.#endSequence();
    else if (opcode === DW_LNE.set_address) {
      this.#address = length - 1 >= 8 ? reader.u64() : reader.u32();
      this.#operation = 0;
    } else if (opcode === DW_LNE.define_file) {
      this.defined.push(readFile4(reader, { kind: 'string', text: reader.string() }));
    }
    reader.position = end;
  }

  #advance(operations: number): void {
    const { minInstructionLength, maxOperations } = this.#header;
    if (maxOperations <= 1) {
      this.#address += operations * minInstructionLength;
      return;
    }
    const all = this.#operation + operations;
    this.#address += minInstructionLength * Math.floor(all / maxOperations);
    this.#operation = all % maxOperations;
  }

  #append(): void {
    const address = this.#address;
    const isFirst = this.#addresses.length === this.#sequence;
    if (isFirst ? !isLive(address) : address >= 2 ** 32) this.#isLive = false;
    if (this.#isLive) {
      if (address < this.#previous) this.#endRun(this.#previous);
      this.#push(address);
    }
  }

  #push(address: number): void {
    this.#addresses.push(address);
    this.#files.push(this.#file);
    this.#lines.push(this.#line);
    this.#columns.push(this.#column);
    this.#previous = address;
  }

  /** Ends the run at an address: the last row's code reaches up to it. */
  #endRun(address: number): void {
    if (this.#addresses.length > this.#runStart) {
      this.#push(address);
      this.#runs.push(this.#runStart);
      this.#runs.push(this.#addresses.length - 1);
    }
    this.#runStart = this.#addresses.length;
    this.#previous = -1;
  }

  #endSequence(): void {
    if (!this.#isLive || this.#address >= 2 ** 32) this.#drop();
    else {
      const falls = this.#address < this.#previous;
      this.#endRun(falls ? this.#previous : this.#address);
      this.#begin();
    }
    this.#address = 0;
    this.#operation = 0;
    this.#file = 1;
    this.#line = 1;
    this.#column = 0;
    this.#isLive = true;
  }

  /** Forgets the sequence under way. */
  #drop(): void {
    for (const column of [this.#addresses, this.#files, this.#lines, this.#columns])
      column.truncate(this.#sequence);
    this.#runs.truncate(this.#sequenceRuns);
    this.#begin();
  }

  #begin(): void {
    this.#sequence = this.#addresses.length;
    this.#sequenceRuns = this.#runs.length;
    this.#runStart = this.#addresses.length;
    this.#previous = -1;
  }
}
