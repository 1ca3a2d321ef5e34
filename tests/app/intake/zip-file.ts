import { deflateRawSync } from 'node:zlib';

export interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Said in place of the true size. */
  readonly declared?: number;
  readonly stored?: boolean;
  readonly encrypted?: boolean;
  readonly crc?: number;
  readonly mode?: number;
  readonly method?: number;
  /** Sizes in a zip64 extra field, as archives over 4 GiB have them. */
  readonly zip64?: boolean;
}

const TABLE = Array.from({ length: 256 }, (_, at) => {
  let value = at;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** A zip archive written field by field (APPNOTE 4.3), so that each of them can be wrong. */
export function zipOf(members: readonly Member[], comment = ''): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const { name, bytes, stored = false, encrypted = false, mode = 0o100644, zip64 = false } = member;
    const data = stored ? Buffer.from(bytes) : deflateRawSync(bytes);
    const method = member.method ?? (stored ? 0 : 8);
    const size = member.declared ?? bytes.length;
    const path = Buffer.from(name);
    const extra = Buffer.alloc(zip64 ? 20 : 0);
    if (zip64) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(16, 2);
      extra.writeBigUInt64LE(BigInt(size), 4);
      extra.writeBigUInt64LE(BigInt(data.length), 12);
    }
    const common = Buffer.alloc(26);
    common.writeUInt16LE(zip64 ? 45 : 20, 0);
    common.writeUInt16LE((encrypted ? 1 : 0) | 0x800, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(member.crc ?? crc32(bytes), 10);
    common.writeUInt32LE(zip64 ? 0xffffffff : data.length, 14);
    common.writeUInt32LE(zip64 ? 0xffffffff : size, 18);
    common.writeUInt16LE(path.length, 22);
    common.writeUInt16LE(extra.length, 24);
    parts.push(Buffer.from('PK\x03\x04'), common, path, extra, data);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((mode & 0xffff) << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), common, rest, path, extra);
    offset += 4 + common.length + path.length + extra.length + data.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  end.writeUInt16LE(comment.length, 16);
  return Uint8Array.from(
    Buffer.concat([...parts, list, Buffer.from('PK\x05\x06'), end, Buffer.from(comment)]),
  );
}
