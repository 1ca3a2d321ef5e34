import type { Address, Bytes } from '../../bytes/units';
import type { MemoryWindow } from '../../session/types';
import { stateCodes } from './byte-state';
import type { Stretch } from './pointer';

/** Bytes are fetched in pages that begin at multiples of this. */
export const PAGE: Bytes = 4096;

/** A page costs its bytes and as many state codes: 512 of them are 4 MiB. */
const KEPT_PAGES = 512;

/** Requests under way at once: enough to hide the way to the worker, few enough that a scroll does not wait behind old ones. */
const AT_ONCE = 6;
/** With those that were given up and have not answered yet: a file on the disk is read to the end of what was asked. */
const MOST_AT_ONCE = 12;

/** What the view wants, most wanted first. `version` is the snapshot's: what was fetched for an older one is shown and fetched again. */
export interface Wanted {
  readonly version: number;
  readonly size: Bytes;
  readonly pages: readonly number[];
}

type ReadWindow = (address: Address, length: Bytes, signal: AbortSignal) => Promise<MemoryWindow>;

interface Kept extends Stretch {
  readonly version: number;
}

/**
 * The pages of one memory: fetched when the view wants them, the least recently wanted given up. A new `want` replaces the
 * one before: what scrolled out of view before its turn is never asked for, and what was asked for is given up.
 */
export class Pages {
  readonly #read: ReadWindow;
  readonly #changed: () => void;
  readonly #kept = new Map<number, Kept>();
  readonly #underWay = new Map<number, AbortController>();
  /** Given up, and not settled yet. */
  #leaving = 0;
  /** Pages that could not be read, with the version they were asked for in. */
  readonly #failed = new Map<number, { readonly version: number; readonly message: string }>();
  #wanted: Wanted = { version: 0, size: 0, pages: [] };

  constructor(read: ReadWindow, changed: () => void) {
    this.#read = read;
    this.#changed = changed;
  }

  /** The page that holds an address, fresh or of an older version; undefined while it is not here. */
  at(address: Address): Stretch | undefined {
    return this.#kept.get(Math.floor(address / PAGE));
  }

  /** Why a wanted page cannot be read, or null. */
  get failure(): string | null {
    for (const page of this.#wanted.pages) {
      const failed = this.#failed.get(page);
      if (failed !== undefined) return failed.message;
    }
    return null;
  }

  want(wanted: Wanted): void {
    this.#wanted = wanted;
    for (const page of wanted.pages) this.#touch(page);
    const still = new Set(wanted.pages);
    const left = [...this.#underWay].filter(([page]) => !still.has(page));
    for (const [page] of left) this.#underWay.delete(page);
    this.#leaving += left.length;
    this.#next();
    // After the new ones were asked for: bytes that both need, on a server, are then not asked for twice.
    for (const [, abort] of left) abort.abort();
  }

  /** Nobody looks any more. */
  leave(): void {
    this.want({ ...this.#wanted, pages: [] });
  }

  /** Asks again for what failed. */
  retry(): void {
    this.#failed.clear();
    this.#next();
  }

  #touch(page: number): void {
    const kept = this.#kept.get(page);
    if (kept === undefined) return;
    this.#kept.delete(page);
    this.#kept.set(page, kept);
  }

  #next(): void {
    const { version, pages } = this.#wanted;
    const absent = pages.filter((page) => !this.#kept.has(page));
    const stale = pages.filter((page) => (this.#kept.get(page)?.version ?? version) < version);
    for (const page of [...absent, ...stale]) {
      if (this.#underWay.size >= AT_ONCE || this.#underWay.size + this.#leaving >= MOST_AT_ONCE) return;
      if (this.#underWay.has(page) || (this.#failed.get(page)?.version ?? -1) >= version) continue;
      const abort = new AbortController();
      this.#underWay.set(page, abort);
      void this.#fetch(page, version, abort);
    }
  }

  async #fetch(page: number, version: number, abort: AbortController): Promise<void> {
    const address = page * PAGE;
    try {
      const window = await this.#read(address, Math.min(PAGE, this.#wanted.size - address), abort.signal);
      const codes = stateCodes(window.states, window.address, window.bytes.length);
      this.#kept.set(page, { address: window.address, bytes: window.bytes, codes, version });
      this.#failed.delete(page);
      for (const oldest of this.#kept.keys()) {
        if (this.#kept.size <= KEPT_PAGES) break;
        this.#kept.delete(oldest);
      }
    } catch (error) {
      if (!abort.signal.aborted)
        this.#failed.set(page, { version, message: error instanceof Error ? error.message : String(error) });
    } finally {
      if (this.#underWay.get(page) === abort) this.#underWay.delete(page);
      else this.#leaving -= 1;
    }
    this.#changed();
    this.#next();
  }
}

/** The pages that hold [first, last], in order. */
export function pagesOf(first: Address, last: Address): readonly number[] {
  const pages: number[] = [];
  for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page += 1) pages.push(page);
  return pages;
}
