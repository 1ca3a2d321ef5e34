import type { ByteWriter } from '../bytes/writer';
import type { Constant } from './const-expr';
import type { MemoryType } from './memory-section';
import { PAGE } from './memory-section';
import { heapTypeByte, shortHeapType, valueTypeByte } from './value-types';

/** Writes a value type by its name in the text format, the inverse of `readValueType`. */
export function writeValueType(writer: ByteWriter, type: string): void {
  const byte = valueTypeByte(type);
  if (byte !== null) {
    writer.u8(byte);
    return;
  }
  const [, nullable, target] = /^\(ref (null )?(\S+)\)$/.exec(type) ?? [];
  if (target === undefined) throw new RangeError(`${type} is no value type`);
  writer.u8(nullable === undefined ? 0x64 : 0x63);
  writeHeapType(writer, target);
}

function writeHeapType(writer: ByteWriter, target: string): void {
  const byte = heapTypeByte(target);
  if (byte !== null) writer.u8(byte);
  else if (/^\d+$/.test(target)) writer.signed(Number(target));
  else throw new RangeError(`${target} is no heap type`);
}

/**
 * Writes a constant expression with its `end`. `type` says of what a null is; a constant of type `unknown` stands for
 * what cannot be evaluated, and is written as `global.get` of a global that is not there.
 */
export function writeConstant(writer: ByteWriter, constant: Constant, type = 'funcref'): void {
  switch (constant.type) {
    case 'i32':
      writer.u8(0x41);
      writer.signed(constant.value);
      break;
    case 'i64':
      writer.u8(0x42);
      writer.signed(constant.value);
      break;
    case 'f32':
      writer.u8(0x43);
      writer.u32le(constant.bits);
      break;
    case 'f64':
      writer.u8(0x44);
      writer.u64le(constant.bits);
      break;
    case 'v128':
      writer.raw([0xfd, 0x0c]);
      writer.u64le(BigInt(`0x${constant.bits.slice(16)}`));
      writer.u64le(BigInt(`0x${constant.bits.slice(0, 16)}`));
      break;
    case 'null':
      writer.u8(0xd0);
      writeHeapType(writer, shortHeapType(type) ?? /(\S+)\)$/.exec(type)?.[1] ?? 'func');
      break;
    case 'func':
      writer.u8(0xd2);
      writer.unsigned(constant.index);
      break;
    case 'unknown':
      writer.u8(0x23);
      writer.unsigned(0xffff_ffff);
      break;
    case 'empty':
      break;
  }
  writer.u8(0x0b);
}

/** Writes a memory type, the inverse of `readMemoryType`. */
export function writeMemoryType(writer: ByteWriter, memory: MemoryType): void {
  const { customPageSize, maximumPages, memory64, minimumPages, pageSize, shared } = memory;
  if (!customPageSize && pageSize !== PAGE) throw new RangeError(`page size ${pageSize} without its flag`);
  writer.u8(
    (maximumPages === null ? 0 : 1) | (shared ? 2 : 0) | (memory64 ? 4 : 0) | (customPageSize ? 8 : 0),
  );
  writer.unsigned(minimumPages);
  if (maximumPages !== null) writer.unsigned(maximumPages);
  if (customPageSize) writer.unsigned(Math.log2(pageSize));
}
