/** What is needed of standard error. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** What is done sooner needs no progress. */
const FIRST_MS = 400;
const BETWEEN_MS = 100;
/** Of a terminal that does not say it, or says 0 as those of some build systems do. */
const COLUMNS = 80;

/** Progress as one line at a terminal's bottom that is rewritten, and gone when something else is printed. */
export class ProgressLine {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  readonly #enabled: boolean;
  #next: number;
  #drawn = false;

  constructor(
    terminal: Terminal,
    environment: Readonly<Record<string, string | undefined>>,
    now: () => number = () => performance.now(),
  ) {
    this.#terminal = terminal;
    this.#now = now;
    // A dumb terminal cannot rewrite a line.
    this.#enabled = terminal.isTTY === true && environment['TERM'] !== 'dumb';
    this.#next = now() + FIRST_MS;
  }

  /** @param text asked for only when it is to be drawn. */
  show(text: () => string): void {
    if (!this.#enabled || this.#now() < this.#next) return;
    this.#next = this.#now() + BETWEEN_MS;
    // A line that wraps cannot be rewritten.
    const width = (this.#terminal.columns || COLUMNS) - 1;
    this.#terminal.write(`\r${text().slice(0, width)}\u001b[K`);
    this.#drawn = true;
  }

  /** Before anything else is printed, and at the end. */
  clear(): void {
    if (this.#drawn) this.#terminal.write('\r\u001b[K');
    this.#drawn = false;
  }
}
