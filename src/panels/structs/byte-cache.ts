import type { Address, Bytes } from '../../bytes/units';
import type { KnownBytes } from '../../memory/structs/values';

/** Bytes are fetched in pages that begin at multiples of this. */
const PAGE: Bytes = 4096;
/** Pages kept: what a tree as high as a screen touches, several times over. */
const KEPT = 256;
/** What is asked for lies in at most this many pages. */
const MOST: Bytes = PAGE;

/** Bytes of one memory for a view: what is asked for is there or comes, and `changed` is called when it has come. */
export class ByteCache {
  readonly #read: (address: Address, length: Bytes) => Promise<KnownBytes>;
  readonly #changed: () => void;
  readonly #pages = new Map<number, KnownBytes | 'asked'>();

  constructor(read: (address: Address, length: Bytes) => Promise<KnownBytes>, changed: () => void) {
    this.#read = read;
    this.#changed = changed;
  }

  /** At most 4,096 bytes, or null while they are on their way. */
  bytes(address: Address, length: Bytes): KnownBytes | null {
    const size = Math.min(length, MOST);
    const first = this.#page(Math.floor(address / PAGE));
    const lastPage = Math.floor((address + Math.max(1, size) - 1) / PAGE);
    if (lastPage === Math.floor(address / PAGE)) return first;
    const last = this.#page(lastPage);
    if (first === null || last === null) return null;
    const bytes = new Uint8Array(first.bytes.length + last.bytes.length);
    bytes.set(first.bytes);
    bytes.set(last.bytes, first.bytes.length);
    return { address: first.address, bytes, states: [...first.states, ...last.states] };
  }

  #page(page: number): KnownBytes | null {
    const known = this.#pages.get(page);
    if (known !== undefined) {
      if (known === 'asked') return null;
      // Used last, given up last.
      this.#pages.delete(page);
      this.#pages.set(page, known);
      return known;
    }
    this.#pages.set(page, 'asked');
    this.#read(page * PAGE, PAGE).then(
      (window) => {
        this.#pages.set(page, window);
        for (const oldest of this.#pages.keys()) {
          if (this.#pages.size <= KEPT) break;
          this.#pages.delete(oldest);
        }
        this.#changed();
      },
      // The dump was replaced or the worker died: the page as a whole says so, and a row in view asks again.
      () => this.#pages.delete(page),
    );
    return null;
  }
}
