import type { FlowingSource } from '../../src/bytes/flow';
import { type ByteSource, SourceError } from '../../src/bytes/source';

/** Bytes in memory as a source, for tests that need no more. */
export function plainSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    arrived: bytes.length,
    async read(offset, length, signal) {
      signal?.throwIfAborted();
      return bytes.slice(offset, Math.max(offset, Math.min(bytes.length, offset + length)));
    },
  };
}

/**
 * A source that grows: `piece` bytes arrive whenever somebody waits, and its size is known when the last has come.
 * What a decoder makes of it must not depend on `piece`.
 */
export function chunkedSource(bytes: Uint8Array, piece: number): ByteSource {
  let arrived = 0;
  return {
    get size() {
      return arrived === bytes.length ? bytes.length : null;
    },
    get arrived() {
      return arrived;
    },
    async read(offset, length, signal) {
      while (arrived < Math.min(bytes.length, offset + length)) {
        await Promise.resolve();
        signal?.throwIfAborted();
        arrived = Math.min(bytes.length, arrived + piece);
      }
      return bytes.slice(offset, Math.max(offset, Math.min(bytes.length, offset + length)));
    },
  };
}

export interface CountingSource extends ByteSource {
  /** Bytes that all reads together have handed out. */
  readonly handedOut: number;
  /** Each read, in order. */
  readonly reads: readonly { readonly offset: number; readonly length: number }[];
  /** The largest number of reads under way at once. */
  readonly inFlight: number;
}

/** Counts what is read from `source`. */
export function countingSource(source: ByteSource): CountingSource {
  const reads: { offset: number; length: number }[] = [];
  let handedOut = 0;
  let flying = 0;
  let inFlight = 0;
  return {
    get size() {
      return source.size;
    },
    get arrived() {
      return source.arrived;
    },
    get handedOut() {
      return handedOut;
    },
    get inFlight() {
      return inFlight;
    },
    reads,
    async read(offset, length, signal) {
      reads.push({ offset, length });
      flying++;
      inFlight = Math.max(inFlight, flying);
      try {
        const bytes = await source.read(offset, length, signal);
        handedOut += bytes.length;
        return bytes;
      } finally {
        flying--;
      }
    },
  };
}

/** Reads that reach `failsAt` or past it fail, as those of a file that was deleted meanwhile do. */
export function failingSource(bytes: Uint8Array, failsAt: number): ByteSource {
  const source = plainSource(bytes);
  return {
    size: bytes.length,
    arrived: bytes.length,
    async read(offset, length, signal) {
      if (offset < bytes.length && Math.min(bytes.length, offset + length) > failsAt)
        throw new SourceError('ingest.core was moved or deleted. Open it again.');
      return source.read(offset, length, signal);
    },
  };
}

/**
 * Bytes in memory as a source that flows. As a stream of a file does, it moves each buffer that it is lent, so that who
 * looks at a window for too long sees none of its bytes.
 * @param onLent called with the size of each buffer that was not lent before.
 */
export function flowingSource(
  bytes: Uint8Array,
  onLent: (size: number) => void = () => undefined,
): FlowingSource {
  const known = new WeakSet<ArrayBuffer>();
  return {
    ...plainSource(bytes),
    flow(from, to, signal) {
      let at = from;
      let closed = false;
      return {
        async read(buffer, length) {
          if (!known.has(buffer)) onLent(buffer.byteLength);
          const moved = structuredClone(buffer, { transfer: [buffer] });
          known.add(moved);
          const start = at;
          at = Math.min(to, at + length);
          const window = new Uint8Array(moved, 0, Math.max(0, Math.min(bytes.length, at) - start));
          await Promise.resolve();
          signal?.throwIfAborted();
          if (closed) throw new Error('closed');
          window.set(bytes.subarray(start, start + window.length));
          return window;
        },
        close() {
          closed = true;
        },
      };
    },
  };
}

/** Bytes that differ from place to place, the same in every run. */
export function noise(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}
