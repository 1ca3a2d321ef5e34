import { Cursor, DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import type { Opcode } from './opcodes';
import { type Skipped, skipInstruction } from './skip';
import { readValueType } from './value-types';

export { decodeInstruction, type Instruction } from './instruction';
export { callKind, canTrap } from './traps';

/** Locals of one type that stand in a row. The counts are the file's: hostile ones are never expanded. */
export interface LocalGroup {
  readonly count: number;
  readonly type: string;
}

/** Where the instructions of a function's body stand. Offsets count from the body's start, just after its size. */
export interface BodyIndex {
  readonly locals: readonly LocalGroup[];
  /** Of the first instruction. */
  readonly first: Bytes;
  /** Of each instruction, ascending. */
  readonly offsets: Uint32Array;
  /** How many blocks each stands in, as text is indented: `else`, `catch` and `end` stand with their block. */
  readonly depths: Uint16Array;
  /** Why it ends early; what comes before it is kept. */
  readonly problem: BodyProblem | null;
}

export interface BodyProblem {
  readonly offset: Bytes;
  readonly message: string;
}

const DEEPEST = 0xffff;

/** `block`, `loop`, `if`, `try`, `try_table`. */
const OPENS: ReadonlySet<Opcode> = new Set([0x02, 0x03, 0x04, 0x06, 0x1f]);
/** `end`, and `delegate`, which stands in its place. */
const ENDS: ReadonlySet<Opcode> = new Set([0x0b, 0x18]);
/** `else`, `catch`, `catch_all`: they stand as far out as their block. */
const MIDDLES: ReadonlySet<Opcode> = new Set([0x05, 0x07, 0x19]);

/** Indexes a whole body at once; `BodyScan` does it by portions. */
export function indexBody(body: Uint8Array): BodyIndex {
  const scan = new BodyScan(body);
  while (!scan.advance(Number.MAX_SAFE_INTEGER));
  return scan.index();
}

/**
 * Walks a body (core specification, 5.5.13) from instruction to instruction, without keeping more of one than its offset
 * and depth: 6 bytes an instruction.
 */
export class BodyScan {
  readonly #body: Uint8Array;
  #locals: readonly LocalGroup[] = [];
  #first: Bytes = 0;
  #at: Bytes = 0;
  #depth = 0;
  #count = 0;
  #offsets = new Uint32Array(256);
  #depths = new Uint16Array(256);
  #problem: BodyProblem | null = null;
  #done = false;
  readonly #skipped: Skipped = { opcode: 0, end: 0 };

  constructor(body: Uint8Array) {
    this.#body = body;
    this.#stopAt(() => {
      const cursor = new Cursor(body, 0);
      this.#locals = readLocals(cursor);
      this.#first = this.#at = cursor.offset;
    });
    if (this.#problem !== null) this.#first = this.#problem.offset;
  }

  /** Of the bytes that are walked. */
  get at(): Bytes {
    return this.#at;
  }

  /** Walks over at most `most` instructions. True when there is nothing more to walk. */
  advance(most: number): boolean {
    this.#stopAt(() => {
      for (let left = most; left > 0 && !this.#done; left -= 1) this.#step();
    });
    return this.#done;
  }

  /** What is walked so far. */
  index(): BodyIndex {
    return {
      locals: this.#locals,
      first: this.#first,
      offsets: this.#offsets.slice(0, this.#count),
      depths: this.#depths.slice(0, this.#count),
      problem: this.#problem,
    };
  }

  #stopAt(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.#problem = { offset: error.offset, message: error.message };
      this.#done = true;
    }
  }

  #step(): void {
    const start = this.#at;
    if (start >= this.#body.length) {
      throw new DecodeError(start, 'instruction expected, no byte remains; the body has no end', true);
    }
    skipInstruction(this.#body, start, this.#skipped);
    const { opcode, end } = this.#skipped;
    const ends = ENDS.has(opcode);
    this.#push(start, ends || MIDDLES.has(opcode) ? this.#depth - 1 : this.#depth);
    this.#at = end;
    if (ends) this.#close();
    else if (OPENS.has(opcode)) this.#depth += 1;
  }

  #close(): void {
    if (this.#depth > 0) {
      this.#depth -= 1;
      return;
    }
    this.#done = true;
    const rest = this.#body.length - this.#at;
    if (rest > 0) throw new DecodeError(this.#at, `${rest} bytes after the function's end`);
  }

  #push(offset: Bytes, depth: number): void {
    if (this.#count === this.#offsets.length) {
      const room = Math.min(this.#body.length, this.#count * 2);
      const offsets = new Uint32Array(room);
      offsets.set(this.#offsets);
      this.#offsets = offsets;
      const depths = new Uint16Array(room);
      depths.set(this.#depths);
      this.#depths = depths;
    }
    this.#offsets[this.#count] = offset;
    this.#depths[this.#count] = Math.max(0, Math.min(depth, DEEPEST));
    this.#count += 1;
  }
}

/** The local declarations at a body's start (core specification, 5.5.13): groups of a count and a type. */
function readLocals(cursor: Cursor): readonly LocalGroup[] {
  const groups = cursor.count('local declaration', 2);
  return Array.from({ length: groups }, () => ({
    count: cursor.u32('count of locals'),
    type: readValueType(cursor),
  }));
}
