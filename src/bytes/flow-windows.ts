import { canFlow, type Flow } from './flow';
import type { ByteSource } from './source';
import type { Bytes, FileOffset } from './units';

/** Windows out of a flow need not be larger than this: they follow each other without a gap, and stay in the processor's cache. */
export const FLOW_WINDOW: Bytes = 1024 * 1024;

/** Windows of a source from one place on, each where the last ends, in few buffers that are filled again and again. */
export class FlowWindows {
  readonly #flow: Flow;
  /** Windows that may still be looked at. */
  #lent: { readonly end: FileOffset; readonly buffer: ArrayBuffer }[] = [];
  #free: ArrayBuffer[] = [];
  #at: FileOffset;

  private constructor(flow: Flow, from: FileOffset) {
    this.#flow = flow;
    this.#at = from;
  }

  /** From `from` to `to`. null: this source is read piece by piece. */
  static over(
    source: ByteSource,
    from: FileOffset,
    to: FileOffset,
    signal: AbortSignal | undefined,
  ): FlowWindows | null {
    const flow = canFlow(source) ? source.flow(from, to, signal) : null;
    return flow === null ? null : new FlowWindows(flow, from);
  }

  /** The next `length` bytes. @throws as `Flow.read`. */
  async next(length: Bytes): Promise<Uint8Array> {
    this.#at += length;
    const end = this.#at;
    const small = length <= FLOW_WINDOW;
    const buffer = (small ? this.#free.pop() : undefined) ?? new ArrayBuffer(Math.max(length, FLOW_WINDOW));
    const bytes = await this.#flow.read(buffer, length);
    this.#lent.push({ end, buffer: bytes.buffer });
    return bytes;
  }

  /** What stands before `offset` is not looked at any more. */
  reclaim(offset: FileOffset): void {
    const lent = this.#lent;
    this.#lent = [];
    for (const window of lent) {
      if (window.end > offset) this.#lent.push(window);
      else if (window.buffer.byteLength === FLOW_WINDOW) this.#free.push(window.buffer);
    }
  }

  close(): void {
    this.#flow.close();
  }
}
