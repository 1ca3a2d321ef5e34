import { yieldToEvents } from '../bytes/yield';

const TURN_MS = 25;

/** Long work in turns: after 25 ms everything else in the thread may run. */
export class Pace {
  #turn = performance.now();

  /** @throws the signal's reason when it is aborted. */
  async step(signal?: AbortSignal): Promise<void> {
    if (performance.now() - this.#turn < TURN_MS) return;
    await yieldToEvents();
    signal?.throwIfAborted();
    this.#turn = performance.now();
  }
}
