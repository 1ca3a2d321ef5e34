import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Dumps too large to keep, written to the temporary folder once. The encoder here is the benches' own: what is measured
 * must not depend on what the product writes.
 */
const FOLDER = join(tmpdir(), 'wasmortem-bench');
const CHUNK = 4096;
const FLUSH = 8 * 1024 * 1024;

export interface BigDump {
  readonly path: string;
  readonly size: number;
  readonly segments: number;
}

/** As Wasmtime writes it: each 4096-byte chunk of memory is a segment of 4090 bytes; the stack comes last. */
export function wasmtimeDump(chunks: number): Promise<BigDump> {
  const filler = pattern(CHUNK - 6);
  return cached(`wasmtime-${chunks}`, {
    pages: Math.ceil(chunks / 16),
    segments: chunks,
    segment: (index) => ({ address: index * CHUNK + 3, bytes: filler }),
  });
}

/** As a partial dump could be: one byte every 16. Such a shape says nothing about its gaps. */
export function scatteredDump(segments: number): Promise<BigDump> {
  const one = Uint8Array.of(0x2a);
  return cached(`scattered-${segments}`, {
    pages: Math.ceil((segments * 16) / 65536),
    segments,
    segment: (index) => ({ address: index * 16, bytes: one }),
  });
}

/**
 * A memory of 4 GiB, half of it captured: segments of 7,158 bytes with as much between them. The file is sparse: of each
 * segment only the header and the first bytes are written, the rest is a hole that reads as zero. About 1.2 GiB on disk.
 */
export async function halfOfFourGib(): Promise<BigDump> {
  const segments = 300_000;
  const stride = Math.floor(2 ** 32 / segments);
  const length = stride >> 1;
  const begin = (index: number) => Uint8Array.of(1, index & 0xff, (index >> 8) & 0xff, index >> 16);
  return cached('half-4gib', {
    pages: 65_536,
    segments,
    segment: (index) => ({ address: index * stride, bytes: begin(index), length }),
  });
}

interface Shape {
  readonly pages: number;
  readonly segments: number;
  /** `length`: longer than its bytes where the rest is a hole. */
  readonly segment: (index: number) => {
    readonly address: number;
    readonly bytes: Uint8Array;
    readonly length?: number;
  };
}

async function cached(name: string, shape: Shape): Promise<BigDump> {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name}-v1.coredump`);
  if (!existsSync(path)) {
    const unfinished = `${path}.${process.pid}`;
    const file = await open(unfinished, 'w');
    await write(file, shape);
    await file.close();
    renameSync(unfinished, path);
  }
  return { path, size: statSync(path).size, segments: shape.segments };
}

async function write(file: FileHandle, shape: Shape): Promise<void> {
  let dataSize = unsigned(shape.segments).length;
  for (let index = 0; index < shape.segments; index++) {
    const { address, bytes, length = bytes.length } = shape.segment(index);
    dataSize += header(address, length).length + length;
  }
  const out = new Out(file);
  await out.add([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  await out.add(custom('core', [0, ...name('big.wasm')]));
  await out.add(section(5, [1, 0, ...unsigned(shape.pages)]));
  await out.add(section(6, [1, 0x7f, 1, 0x41, ...signed(65536), 0x0b]));
  await out.add([11, ...unsigned(dataSize), ...unsigned(shape.segments)]);
  for (let index = 0; index < shape.segments; index++) {
    const { address, bytes, length = bytes.length } = shape.segment(index);
    await out.add(header(address, length));
    await out.add(bytes);
    if (length > bytes.length) await out.skip(length - bytes.length);
  }
  await out.add(custom('coremodules', [1, 0, ...name('big.wasm')]));
  await out.add(custom('coreinstances', [1, 0, 0, 1, 0, 1, 0]));
  const frames = [8, 10, 11, 12].flatMap((func) => [0, 0, ...unsigned(func), 0x28, 0, 0]);
  await out.add(custom('corestack', [0, ...name('main'), 4, ...frames]));
  await out.flush();
}

function header(address: number, length: number): number[] {
  return [0, 0x41, ...signed(address | 0), 0x0b, ...unsigned(length)];
}

function section(id: number, payload: readonly number[]): number[] {
  return [id, ...unsigned(payload.length), ...payload];
}

function custom(title: string, payload: readonly number[]): number[] {
  return section(0, [...name(title), ...payload]);
}

function name(text: string): number[] {
  return [text.length, ...new TextEncoder().encode(text)];
}

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const low = value % 128;
    value = Math.floor(value / 128);
    bytes.push(value > 0 ? low | 0x80 : low);
  } while (value > 0);
  return bytes;
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  for (;;) {
    const low = value & 0x7f;
    value >>= 7;
    const last = (value === 0 && (low & 0x40) === 0) || (value === -1 && (low & 0x40) !== 0);
    bytes.push(last ? low : low | 0x80);
    if (last) return bytes;
  }
}

/** Bytes as a heap has them: small numbers, zeros between, neither end zero. */
function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) =>
    index === 0 || index === length - 1 ? 1 : index % 4 === 0 ? (index * 7) % 256 : 0,
  );
}

/** Gathers small writes. */
class Out {
  readonly #file: FileHandle;
  readonly #buffer = new Uint8Array(FLUSH);
  #used = 0;
  #position = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async add(bytes: ArrayLike<number>): Promise<void> {
    if (this.#used + bytes.length > FLUSH) await this.flush();
    this.#buffer.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** Leaves a hole. */
  async skip(length: number): Promise<void> {
    await this.flush();
    this.#position += length;
  }

  async flush(): Promise<void> {
    if (this.#used === 0) return;
    await this.#file.write(this.#buffer, 0, this.#used, this.#position);
    this.#position += this.#used;
    this.#used = 0;
  }
}
