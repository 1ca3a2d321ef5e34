import { existsSync, mkdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A dump of 4 GiB less 64 KiB in one segment. It is written once and only read. */
export async function sparseDump(): Promise<{ path: string; size: number }> {
  const folder = join(tmpdir(), 'wasmortem-bench');
  const path = join(folder, 'one-segment-4gib-v1.coredump');
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    await writeSparseDump(path);
  }
  return { path, size: statSync(path).size };
}

/** Writes such a dump: the segment is a hole on this disk, head and stack are all that is written. */
export async function writeSparseDump(path: string): Promise<void> {
  const length = 2 ** 32 - 2 ** 16;
  const section = (id: number, payload: readonly number[]) => [id, ...unsigned(payload.length), ...payload];
  const text = (value: string) => [value.length, ...new TextEncoder().encode(value)];
  const before = [1, 0, 0x41, 0, 0x0b, ...unsigned(length)];
  const head = Uint8Array.of(
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(0, [...text('core'), 0, ...text('sparse.wasm')]),
    ...section(5, [1, 0, ...unsigned(65_536)]),
    11,
    ...unsigned(before.length + length),
    ...before,
  );
  const frames = [1, 2, 3].flatMap((func) => [0, 0, ...unsigned(func), 0x28, 0, 0]);
  const tail = Uint8Array.of(...section(0, [...text('corestack'), 0, ...text('main'), 3, ...frames]));
  const file = await open(path, 'w');
  await file.write(head, 0, head.length, 0);
  await file.write(tail, 0, tail.length, head.length + length);
  await file.close();
}

function unsigned(value: number): number[] {
  const low = value % 128;
  const rest = Math.floor(value / 128);
  return rest === 0 ? [low] : [low | 0x80, ...unsigned(rest)];
}
