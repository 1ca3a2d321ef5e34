import { canFlow, type Flow, type FlowingSource } from '../bytes/flow';
import { unlessAborted } from '../bytes/pause';
import type { ByteSource } from '../bytes/source';
import type { Bytes, FileOffset } from '../bytes/units';
import { type Gate, gate } from './gate';

/** A source whose reads wait while it is paused: what reads through it stands still and goes on where it was. */
export class PausableSource implements FlowingSource {
  readonly #source: ByteSource;
  #gate: Gate | null = null;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get size(): Bytes | null {
    return this.#source.size;
  }

  get arrived(): Bytes {
    return this.#source.arrived;
  }

  get paused(): boolean {
    return this.#gate !== null;
  }

  pause(): void {
    this.#gate ??= gate();
  }

  resume(): void {
    this.#gate?.open();
    this.#gate = null;
  }

  async read(offset: FileOffset, length: Bytes, signal?: AbortSignal): Promise<Uint8Array> {
    await this.#opened(signal);
    return this.#source.read(offset, length, signal);
  }

  flow(from: FileOffset, to: FileOffset, signal?: AbortSignal): Flow | null {
    const flow = canFlow(this.#source) ? this.#source.flow(from, to, signal) : null;
    if (flow === null) return null;
    let last: Promise<unknown> = Promise.resolve();
    return {
      read: (buffer, length) => {
        const next = last.then(() => this.#opened(signal)).then(() => flow.read(buffer, length));
        last = next.catch(() => undefined);
        return next;
      },
      close: () => flow.close(),
    };
  }

  /** @throws the signal's reason when it is aborted: who closes a paused file must not leave a read behind. */
  async #opened(signal: AbortSignal | undefined): Promise<void> {
    while (this.#gate !== null) await unlessAborted(this.#gate.opened, signal);
  }
}
