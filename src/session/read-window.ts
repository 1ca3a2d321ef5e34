import { withEither } from '../bytes/pause';
import type { Address, Bytes, FileOffset } from '../bytes/units';
import { readMemory } from '../memory/read';
import type { OpenDump } from './open-dump';
import type { MemoryWindow } from './types';

/** One read hands out at most this much. */
export const READ_LIMIT: Bytes = 64 * 1024 * 1024;

/**
 * Bytes of a memory of a dump and their states; where there is no such memory all is out of bounds.
 * @throws the reason of `closed` or `left` when one of them is aborted.
 */
export async function readWindow(
  open: OpenDump | null,
  memory: number,
  address: Address,
  length: Bytes,
  version: number,
  closed: AbortSignal,
  left: AbortSignal | undefined,
): Promise<MemoryWindow> {
  const limited = Math.max(0, Math.min(length, READ_LIMIT));
  const model = open?.model(memory) ?? null;
  if (open === null || model === null) {
    const outside = { start: address, end: address + limited, state: 'out-of-bounds' as const };
    const states = limited === 0 ? [] : [outside];
    return { memory, address, bytes: new Uint8Array(limited), states, version };
  }
  const { source, index } = open;
  const { bytes, states } = await withEither(closed, left, (signal) =>
    readMemory(source, index.table, model, address, limited, signal),
  );
  return { memory, address, bytes, states, version };
}

/** Bytes of a dump's file; none where nothing is open. */
export async function readFile(
  open: OpenDump | null,
  offset: FileOffset,
  length: Bytes,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const limited = Math.max(0, Math.min(length, READ_LIMIT));
  return open === null ? new Uint8Array(0) : open.source.read(offset, limited, signal);
}
