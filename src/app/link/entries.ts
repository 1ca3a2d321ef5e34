import { type Entry, parseEntry } from './entry';
import { useLink } from './state';

/** The browser's history, as far as it is needed here. */
export interface AddressBar {
  readonly hash: () => string;
  /** What was put beside the entry that is shown. */
  readonly entry: () => unknown;
  readonly push: (hash: string, entry: Entry) => void;
  readonly replace: (hash: string, entry: Entry) => void;
}

/** Browsers refuse more than 100 changes of the address in 10 s, and count each. */
const AT_MOST_EVERY = 250;

/** The page's entries in the history. What is written continuously is written a few times a second. */
export class Entries {
  readonly #bar: AddressBar;
  #at: number;
  #last: number;
  /** When the address was written last, of the page's clock. */
  #written = Number.NEGATIVE_INFINITY;
  #late: {
    readonly hash: string;
    readonly dump: string;
    readonly timer: ReturnType<typeof setTimeout>;
  } | null = null;

  constructor(bar: AddressBar) {
    this.#bar = bar;
    this.#at = this.entry?.at ?? 0;
    this.#last = this.#at;
    this.#tell();
  }

  /** The address as it is, or will be in a moment. */
  get hash(): string {
    return this.#late?.hash ?? this.#bar.hash();
  }

  get entry(): Entry | null {
    return parseEntry(this.#bar.entry());
  }

  push(hash: string, dump: string | null): void {
    this.#flush();
    this.#at += 1;
    this.#last = this.#at;
    this.#bar.push(hash, { dump, at: this.#at });
    this.#written = performance.now();
    this.#tell();
  }

  replace(hash: string, dump: string): void {
    this.forget();
    this.#bar.replace(hash, { dump, at: this.#at });
    this.#written = performance.now();
  }

  /** Takes the hash out of the address. */
  erase(): void {
    this.forget();
    this.#bar.replace('', { dump: this.entry?.dump ?? null, at: this.#at });
  }

  /** At once where nothing was written for a while: who reloads right after a change finds it ("kept over a reload" in structs.spec.ts). */
  replaceSoon(hash: string, dump: string): void {
    const wait = this.#written + AT_MOST_EVERY - performance.now();
    if (this.#late === null && wait <= 0) {
      this.replace(hash, dump);
      return;
    }
    const timer = this.#late?.timer ?? setTimeout(() => this.#flush(), wait);
    this.#late = { hash, dump, timer };
  }

  /** The browser went to another entry: what was to be written belongs to the one that was left. */
  travelled(): Entry | null {
    this.forget();
    const { entry } = this;
    // An address that was typed is an entry of its own, behind the one that was shown.
    this.#at = entry?.at ?? this.#at + 1;
    this.#last = entry === null ? this.#at : Math.max(this.#last, this.#at);
    this.#tell();
    return entry;
  }

  /** What was to be written in a moment is not written any more. */
  forget(): void {
    if (this.#late !== null) clearTimeout(this.#late.timer);
    this.#late = null;
  }

  #flush(): void {
    const late = this.#late;
    if (late !== null) this.replace(late.hash, late.dump);
  }

  #tell(): void {
    useLink.setState({ canBack: this.#at > 0, canForward: this.#at < this.#last });
  }
}
