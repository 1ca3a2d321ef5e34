import type { DebugProblem } from './model';
import { SectionError } from './section';

const MOST = 100;

/** What is damaged, each place once. */
export class Problems {
  readonly #seen = new Set<string>();
  readonly #list: DebugProblem[] = [];

  /** Keeps an error of decoding. @throws the error when it is any other. */
  add(error: unknown): void {
    if (!(error instanceof SectionError)) throw error;
    const { section, offset, message } = error;
    const key = `${section} ${offset} ${message}`;
    if (this.#list.length > MOST || this.#seen.has(key)) return;
    this.#seen.add(key);
    const more = this.#list.length === MOST;
    this.#list.push({
      section,
      offset,
      message: more ? `more than ${MOST} problems; the rest is not listed` : message,
    });
  }

  list(): readonly DebugProblem[] {
    return [...this.#list];
  }
}
