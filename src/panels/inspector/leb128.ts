import type { Address, Bytes } from '../../bytes/units';
import type { MemoryWindow } from '../../session/types';
import { counted, grouped } from '../../ui/numbers';
import { knownBytes, type Read, whyNoByte } from './known-bytes';

/** 64 bits in groups of seven. */
const LONGEST: Bytes = 10;

/** Reads a LEB128 number of at most 64 bits, as Wasm and DWARF write them. Padding (`80 00`) is allowed. */
export function readLeb128(window: MemoryWindow, address: Address, signed: boolean): Read {
  let value = 0n;
  for (let index = 0; index < LONGEST; index += 1) {
    const reason = whyNoByte(window, address + index);
    if (reason !== null) return unended(index, reason);
    const byte = knownBytes(window, address + index, 1)[0] ?? 0;
    value |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if ((byte & 0x80) !== 0) continue;
    const bits = BigInt(7 * (index + 1));
    const number = signed ? BigInt.asIntN(Number(bits), value) : value;
    const fits = signed ? BigInt.asIntN(64, number) === number : number < 1n << 64n;
    if (!fits) return { known: false, reason: 'more than 64 bits', bytes: index + 1 };
    return { known: true, text: grouped(number), bytes: index + 1, note: counted(index + 1, 'byte') };
  }
  return { known: false, reason: `no end in ${LONGEST} bytes`, bytes: LONGEST };
}

function unended(index: number, reason: string): Read {
  if (index === 0) return { known: false, reason: `1 of 1 byte ${reason}`, bytes: 1 };
  return { known: false, reason: `byte ${index + 1} ${reason}`, bytes: index + 1 };
}
