import { BLOCK } from '../bytes/block-cache';
import type { Address, Bytes } from '../bytes/units';
import { readMemory } from '../memory/read';
import type { OpenDump } from './open-dump';
import type { Direction } from './types';

/** So much is fetched before the view comes there: what a server hands out at once anyway. */
const AHEAD: Bytes = BLOCK;

/** Fetches what a moving view will show next, of a dump on a server. One place at a time: where the view is going now. */
export class ReadAhead {
  #abort = new AbortController();
  /** What is being fetched, or was last. */
  #place = '';

  /** @param edge the address at the view's edge in that direction. @param direction null: it does not move any more. */
  to(open: OpenDump | null, memory: number, edge: Address, direction: Direction | null): void {
    const remote = open?.file.gzip === null ? open.file.remote : null;
    const model = open?.model(memory) ?? null;
    if (
      open === null ||
      remote === null ||
      remote.download !== null ||
      model === null ||
      direction === null
    ) {
      this.leave();
      return;
    }
    // In steps: a view that moves by a row does not begin anew.
    const step = Math.floor(edge / AHEAD);
    const far = (step + (direction === 1 ? 2 : -1)) * AHEAD;
    const start = Math.max(0, Math.min(edge, far));
    const end = Math.min(model.size, Math.max(edge, far));
    const place = `${memory} ${far} ${direction}`;
    if (place === this.#place) return;
    const before = this.#abort;
    this.#abort = new AbortController();
    this.#place = place;
    if (end > start)
      readMemory(remote.as('ahead'), open.index.table, model, start, end - start, this.#abort.signal).catch(
        () => {
          // The view asks for the same when it comes there, and says why it cannot be had.
          if (this.#place === place) this.#place = '';
        },
      );
    // After the new one has begun: what both want is not asked for twice.
    before.abort();
  }

  /** The view went elsewhere, or the dump is closed. */
  leave(): void {
    this.#abort.abort();
    this.#place = '';
  }
}
