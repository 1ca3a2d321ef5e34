import { ByteWriter } from '../bytes/writer';
import type { Frame, Layout, Value } from './model';

/** `L3w-absent`: the operand stack is counted and not written. `L6-untyped`: every value is four bytes without a tag. */
export type EncodedLayout = Layout | 'L3w-absent' | 'L6-untyped';

/** One `corestack` section. Frames youngest first. */
export interface EncodedThread {
  readonly name: string;
  readonly layout: EncodedLayout;
  readonly frames: readonly Omit<Frame, 'offset'>[];
}

const TAGS: Readonly<Record<Value['type'], number>> = {
  missing: 0x01,
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
};

/**
 * Writes a thread's name and frames in one of the layouts of format.md, section 2.
 * @throws RangeError where the layout has no place for something: an operand stack in L3, an i64 in L3w.
 */
export function writeThread(writer: ByteWriter, { name, layout, frames }: EncodedThread): void {
  writer.u8(0);
  writer.name(name);
  const body = new ByteWriter();
  for (const frame of frames) writeFrame(body, layout, frame);
  if (isFixed(layout)) {
    writer.u32le(frames.length);
    // The rewriter's way; coredump-builder and Wasmtime write 0.
    writer.u32le(body.length + 8);
  } else {
    writer.unsigned(frames.length);
  }
  writer.raw(body.bytes());
}

const isFixed = (layout: EncodedLayout): boolean =>
  layout === 'L5' || layout === 'L6' || layout === 'L6-untyped';

function writeFrame(writer: ByteWriter, layout: EncodedLayout, frame: Omit<Frame, 'offset'>): void {
  const { codeOffset, locals, stack } = frame;
  const withInstance = layout === 'L1' || layout === 'L2';
  if (!withInstance && frame.instance !== null) throw new RangeError(`${layout} has no instance`);
  const withOffset = layout !== 'L6' && layout !== 'L6-untyped';
  if (withOffset !== (codeOffset !== null)) throw new RangeError(`${layout} and code offset ${codeOffset}`);
  if (isFixed(layout)) {
    if (stack.length > 0) throw new RangeError(`${layout} has no operand stack`);
    writer.u32le(frame.function);
    if (codeOffset !== null) writer.u32le(codeOffset);
    writer.u32le(locals.length);
    for (const value of locals) writeValue(writer, layout, value);
    return;
  }
  writer.u8(0);
  if (withInstance) writer.unsigned(frame.instance ?? 0);
  writer.unsigned(frame.function);
  writer.unsigned(codeOffset ?? 0);
  const value = (item: Value): void => writeValue(writer, layout, item);
  if (layout === 'L1' || layout === 'L4') {
    writer.vector(locals, value);
    writer.vector(stack, value);
    return;
  }
  if (layout === 'L3' && stack.length > 0) throw new RangeError('L3 has no operand stack');
  writer.unsigned(locals.length);
  writer.unsigned(stack.length);
  for (const item of locals) value(item);
  if (layout !== 'L3w-absent') for (const item of stack) value(item);
}

function writeValue(writer: ByteWriter, layout: EncodedLayout, value: Value): void {
  const narrow = layout === 'L3w' || layout === 'L3w-absent' || layout === 'L6-untyped';
  if (narrow && value.type !== 'i32') throw new RangeError(`${layout} has no ${value.type}`);
  if (layout !== 'L6-untyped') writer.u8(TAGS[value.type]);
  const leb = layout === 'L1' || layout === 'L4';
  switch (value.type) {
    case 'missing':
      return;
    case 'i32':
      if (leb) writer.signed(value.value);
      else writer.u32le(value.value);
      return;
    case 'i64':
      if (leb) writer.signed(value.value);
      else writer.u64le(value.value);
      return;
    case 'f32':
      writer.u32le(value.bits);
      return;
    case 'f64':
      writer.u64le(value.bits);
      return;
  }
}
