import { unlessAborted } from '../bytes/pause';

/*
 * A signal cannot cross to a worker. So each read that can be given up has a number, and giving it up is a message with
 * that number: it comes after the read's own, in the order in which they were sent.
 */

/** The page's side: numbers reads, and tells the worker of those that were given up. */
export class Tickets {
  readonly #cancel: (ticket: number) => void;
  #next = 0;

  constructor(cancel: (ticket: number) => void) {
    this.#cancel = cancel;
  }

  /** @throws the signal's reason as soon as it is aborted. */
  async ask<T>(signal: AbortSignal | undefined, call: (ticket: number) => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    const ticket = this.#next;
    this.#next += 1;
    const cancel = (): void => this.#cancel(ticket);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await unlessAborted(call(ticket), signal);
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }
}

/** The worker's side: the reads under way, by their numbers. */
export class TicketOffice {
  readonly #underWay = new Map<number, AbortController>();

  async serve<T>(ticket: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    this.#underWay.set(ticket, abort);
    try {
      return await work(abort.signal);
    } finally {
      this.#underWay.delete(ticket);
    }
  }

  /** What is over is not given up any more. */
  cancel(ticket: number): void {
    this.#underWay.get(ticket)?.abort(new Error('Nobody waits for these bytes any more.'));
  }
}
