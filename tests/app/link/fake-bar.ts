import type { AddressBar } from '../../../src/app/link/entries';

/** A browser's history, without the browser. */
export class FakeBar implements AddressBar {
  readonly entries: { hash: string; state: unknown }[];
  shown = 0;
  writes = 0;

  constructor(hash = '') {
    this.entries = [{ hash, state: null }];
  }

  get hashes(): readonly string[] {
    return this.entries.map(({ hash }) => hash);
  }

  hash = (): string => this.entries[this.shown]?.hash ?? '';
  entry = (): unknown => this.entries[this.shown]?.state ?? null;

  push = (hash: string, state: unknown): void => {
    this.writes += 1;
    this.entries.splice(this.shown + 1);
    this.shown = this.entries.push({ hash, state: structuredClone(state) }) - 1;
  };

  replace = (hash: string, state: unknown): void => {
    this.writes += 1;
    this.entries[this.shown] = { hash, state: structuredClone(state) };
  };

  /** The user types an address, or follows a link within the page. */
  type(hash: string): void {
    this.entries.splice(this.shown + 1);
    this.shown = this.entries.push({ hash, state: null }) - 1;
  }
}
