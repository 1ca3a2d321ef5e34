import type { ByteSource } from '../../src/bytes/source';

export interface GatedSource extends ByteSource {
  /** Lets reads that reach `offset` or past it go on. */
  readonly openTo: (offset: number) => void;
  /** How many reads wait at this moment. */
  readonly waiting: number;
}

/** A source whose reads wait until their bytes are let through: a slow disk, in the hand of the test. */
export function gatedSource(bytes: Uint8Array, initially = 0): GatedSource {
  let open = initially;
  const waiting = new Set<() => void>();
  return {
    size: bytes.length,
    arrived: bytes.length,
    get waiting() {
      return waiting.size;
    },
    openTo(offset) {
      open = offset;
      for (const wake of [...waiting]) wake();
    },
    async read(offset, length, signal) {
      while (offset < bytes.length && Math.min(bytes.length, offset + length) > open) {
        signal?.throwIfAborted();
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake);
            signal?.removeEventListener('abort', wake);
            resolve();
          };
          waiting.add(wake);
          signal?.addEventListener('abort', wake);
        });
      }
      signal?.throwIfAborted();
      return bytes.slice(offset, offset + length);
    },
  };
}
