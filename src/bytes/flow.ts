import type { ByteSource } from './source';
import type { Bytes, FileOffset } from './units';

/**
 * Goes through a source from one place on, front to back, into buffers that it is lent. Reading 1 GiB of a file in pieces
 * that are each an allocation of their own spends most of its time in the system's clearing of fresh memory.
 */
export interface Flow {
  /**
   * The next `length` bytes, fewer only where the flow ends. They stand in `buffer` or, as streams move what they are
   * lent, in the buffer that takes its place; `buffer` itself is gone either way. More calls may be made before the
   * first is answered; the answers come in order.
   * @throws as `ByteSource.read`.
   */
  read(buffer: ArrayBuffer, length: Bytes): Promise<Uint8Array<ArrayBuffer>>;

  /** Nothing more is read. What was asked for and has not come fails. */
  close(): void;
}

/** A source that can be gone through in a flow. */
export interface FlowingSource extends ByteSource {
  /** A flow over [from, to), which lie in the source. null: not here, or not in this browser. */
  flow(from: FileOffset, to: FileOffset, signal?: AbortSignal): Flow | null;
}

export const canFlow = (source: ByteSource): source is FlowingSource => 'flow' in source;
