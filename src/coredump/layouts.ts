import { type Cursor, DecodeError } from '../bytes/cursor';
import type { FileOffset } from '../bytes/units';
import type { Frame, Layout, Value } from './model';

/**
 * The byte layouts of a `corestack` section's frames that shipped producers wrote (format.md, section 2). A layout
 * with two ways to be written has two entries.
 */
export interface LayoutReader {
  readonly layout: Layout;
  /** Reads what stands between the thread's name and the first frame: how many frames follow; null: up to the section's end. */
  readonly head: (cursor: Cursor) => number | null;
  readonly frame: (cursor: Cursor) => Frame;
}

/** In the order of trial: without values L1 equals L2 and L4 equals L3, and the specified one is to win. */
export const LAYOUTS: readonly LayoutReader[] = [
  // The specification; Wasmtime 10 and later, coredump-builder 0.2.2, Wasmer 7, wasm-encoder 0.27, WasmEdge after 0.17.
  { layout: 'L1', head: lebCount, frame: specifiedFrame(true) },
  // wasm-coredump rewriter 0.2.2, and newer WasmEdge in its wasmgdb mode.
  {
    layout: 'L2',
    head: lebCount,
    frame: countedFrame({ instance: true, stack: 'typed', value: fixedValue }),
  },
  // wasm-encoder 0.26.0: the specification of spring 2023, without an instance.
  { layout: 'L4', head: lebCount, frame: specifiedFrame(false) },
  // rewriter and coredump-builder 0.1.14 to 0.2.1, Wasmer 3.2 to 6.1.
  {
    layout: 'L3',
    head: lebCount,
    frame: countedFrame({ instance: false, stack: 'empty', value: fixedValue }),
  },
  // WasmEdge 0.15 to 0.17: every value is i32, and the count of frames may be larger than what follows.
  {
    layout: 'L3w',
    head: uncounted,
    frame: countedFrame({ instance: false, stack: 'typed', value: i32Value }),
  },
  // The same with --coredump-for-wasmgdb: the stack's count is written, its values are not.
  {
    layout: 'L3w',
    head: uncounted,
    frame: countedFrame({ instance: false, stack: 'absent', value: i32Value }),
  },
  // rewriter and coredump-builder 0.1.11 and 0.1.12, Wasmtime 7 to 9.
  { layout: 'L5', head: fixedCount, frame: fixedFrame(true, fixedValue) },
  // rewriter and coredump-builder up to 0.1.10.
  { layout: 'L6', head: fixedCount, frame: fixedFrame(false, fixedValue) },
  // rewriter 0.1.7: values without tags, i64 wrapped and floats truncated to 32 bits.
  {
    layout: 'L6',
    head: fixedCount,
    frame: fixedFrame(false, (cursor) => ({ type: 'i32', value: cursor.i32le('value') })),
  },
];

function lebCount(cursor: Cursor): number {
  return cursor.u32('frame count');
}

function uncounted(cursor: Cursor): null {
  cursor.u32('frame count');
  return null;
}

/** `u32 LE` count, then `u32 LE` size: the bytes of all frames + 8 in the rewriter, 0 in the others; so it says nothing. */
function fixedCount(cursor: Cursor): number {
  const count = cursor.u32le('frame count');
  cursor.u32le('frames size');
  return count;
}

function frameMarker(cursor: Cursor): void {
  const start = cursor.offset;
  const byte = cursor.u8('frame marker');
  if (byte !== 0) {
    throw new DecodeError(start, `frame marker 0x${byte.toString(16).padStart(2, '0')}, expected 0x00`);
  }
}

function unknownTag(start: FileOffset, tag: number): DecodeError {
  return new DecodeError(
    start,
    `value tag 0x${tag.toString(16).padStart(2, '0')}, expected one of 01 7c 7d 7e 7f`,
  );
}

/** `00 [inst] func off vec(value) vec(value)`: LEB128 throughout. */
function specifiedFrame(withInstance: boolean): (cursor: Cursor) => Frame {
  return (cursor) => {
    const offset = cursor.offset;
    frameMarker(cursor);
    const instance = withInstance ? cursor.u32('instance index') : null;
    const func = cursor.u32('function index');
    const codeOffset = cursor.u32('code offset');
    const locals = values(cursor, cursor.count('locals', 1), lebValue);
    const stack = values(cursor, cursor.count('stack', 1), lebValue);
    return { instance, function: func, codeOffset, locals, stack, offset };
  };
}

interface CountedFrame {
  readonly instance: boolean;
  /** Whether the operand stack follows the locals, must be empty, or is counted and not written. */
  readonly stack: 'typed' | 'empty' | 'absent';
  readonly value: (cursor: Cursor) => Value;
}

/** `00 [inst] func off nLocals nStack`, then the locals, then perhaps the stack. */
function countedFrame(shape: CountedFrame): (cursor: Cursor) => Frame {
  return (cursor) => {
    const offset = cursor.offset;
    frameMarker(cursor);
    const instance = shape.instance ? cursor.u32('instance index') : null;
    const func = cursor.u32('function index');
    const codeOffset = cursor.u32('code offset');
    const localCount = cursor.count('locals', 1);
    const stackAt = cursor.offset;
    const stackCount = shape.stack === 'typed' ? cursor.count('stack', 1) : cursor.u32('stack count');
    if (shape.stack === 'empty' && stackCount !== 0) {
      throw new DecodeError(stackAt, `stack count ${stackCount}, expected 0`);
    }
    const locals = values(cursor, localCount, shape.value);
    const stack = shape.stack === 'typed' ? values(cursor, stackCount, shape.value) : [];
    return { instance, function: func, codeOffset, locals, stack, offset };
  };
}

/** `func:u32LE [off:u32LE] nLocals:u32LE`, then the locals; no marker and no stack. */
function fixedFrame(withOffset: boolean, value: (cursor: Cursor) => Value): (cursor: Cursor) => Frame {
  return (cursor) => {
    const offset = cursor.offset;
    const func = cursor.u32le('function index');
    const codeOffset = withOffset ? cursor.u32le('code offset') : null;
    const countAt = cursor.offset;
    const count = cursor.u32le('locals count');
    if (count > cursor.remaining) {
      throw new DecodeError(
        countAt,
        `locals count ${count}, more than the ${cursor.remaining} bytes that remain`,
        true,
      );
    }
    return {
      instance: null,
      function: func,
      codeOffset,
      locals: values(cursor, count, value),
      stack: [],
      offset,
    };
  };
}

function values(cursor: Cursor, count: number, read: (cursor: Cursor) => Value): Value[] {
  const list: Value[] = [];
  for (let index = 0; index < count; index += 1) list.push(read(cursor));
  return list;
}

/** How the integers behind a tag are written; floats are the same bytes everywhere. */
interface Integers {
  readonly i32: (cursor: Cursor) => number;
  readonly i64: (cursor: Cursor) => bigint;
}

/** A tag and a LEB128 integer (Coredump.md), or a float. */
function lebValue(cursor: Cursor): Value {
  return taggedValue(cursor, LEB);
}

/** A tag and a little-endian integer of its type's width, or a float. */
function fixedValue(cursor: Cursor): Value {
  return taggedValue(cursor, FIXED);
}

const LEB: Integers = { i32: (cursor) => cursor.s32('i32'), i64: (cursor) => cursor.s64('i64') };
const FIXED: Integers = { i32: (cursor) => cursor.i32le('i32'), i64: (cursor) => cursor.i64le('i64') };

function taggedValue(cursor: Cursor, integers: Integers): Value {
  const start = cursor.offset;
  const tag = cursor.u8('value tag');
  switch (tag) {
    case 0x01:
      return { type: 'missing' };
    case 0x7f:
      return { type: 'i32', value: integers.i32(cursor) };
    case 0x7e:
      return { type: 'i64', value: integers.i64(cursor) };
    case 0x7d:
      return { type: 'f32', bits: cursor.u32le('f32') };
    case 0x7c:
      return { type: 'f64', bits: cursor.u64le('f64') };
    default:
      throw unknownTag(start, tag);
  }
}

/** `7F` and four bytes, whatever the value's type was. */
function i32Value(cursor: Cursor): Value {
  const start = cursor.offset;
  const tag = cursor.u8('value tag');
  if (tag !== 0x7f)
    throw new DecodeError(start, `value tag 0x${tag.toString(16).padStart(2, '0')}, expected 0x7f`);
  return { type: 'i32', value: cursor.i32le('i32') };
}
