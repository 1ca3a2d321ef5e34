import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'vitest';
import type { Driver } from './driver';
import { dropInPage, type Found, lookInPage, type Query } from './in-page';

/** How long something may take to appear, in ms. CI's machine is shared. */
const PATIENCE = 15_000;

/** The page as a user has it before them, in whatever browser. */
export class Page {
  readonly driver: Driver;

  constructor(driver: Driver) {
    this.driver = driver;
  }

  /** Opens an address in a document of its own, even where only the fragment differs. What went wrong before is asked first. */
  async open(url: string): Promise<void> {
    await this.expectNoErrors();
    await this.driver.open('about:blank');
    await this.driver.open(url);
  }

  /** Loads the document again. What went wrong before is asked first. */
  async reload(): Promise<void> {
    await this.expectNoErrors();
    await this.driver.reload();
  }

  find(query: Query): Promise<Found[]> {
    return this.#look(query, false);
  }

  /** The first that is found, waited for. */
  async one(query: Query): Promise<Found> {
    await expect.poll(() => this.find(query), { timeout: PATIENCE, message: said(query) }).not.toEqual([]);
    const [first] = await this.#look(query, true);
    if (first === undefined) throw new Error(`${said(query)} went away`);
    return first;
  }

  async click(query: Query): Promise<void> {
    await this.driver.click(await this.one(query));
  }

  /** Waits until the text of what is found fits; several are joined by line breaks. */
  async shows(query: Query, text: string | RegExp): Promise<void> {
    const now = async () => (await this.find(query)).map((found) => found.text).join('\n');
    await this.#becomes(now, text, said(query));
  }

  /** Waits until the page's whole text fits. */
  async says(text: string | RegExp): Promise<void> {
    const now = async () => String(await this.driver.run('return document.body.innerText'));
    await this.#becomes(now, text, 'the page');
  }

  /** Waits until one of the state's answers is so. */
  async is(query: Query, state: 'selected' | 'checked' | 'focused' | 'ringed'): Promise<void> {
    const now = async () => (await this.find(query))[0]?.[state];
    await expect.poll(now, { timeout: PATIENCE, message: `${said(query)} is ${state}` }).toBe(true);
  }

  /** The address's fragment. */
  async hash(): Promise<string> {
    return String(await this.driver.run('return location.hash'));
  }

  async hashBecomes(hash: string | RegExp): Promise<void> {
    await this.#becomes(() => this.hash(), hash, 'the address');
  }

  async back(): Promise<void> {
    await this.driver.run('history.back()');
  }

  /** Drops files as the page gets them from a drag. */
  async drop(paths: readonly string[]): Promise<void> {
    const files = paths.map((path) => ({
      name: basename(path),
      data: readFileSync(path).toString('base64'),
    }));
    // The page listens a moment after it is drawn.
    const taken = () => this.driver.run(`return (${dropInPage})(${JSON.stringify(files)})`);
    await expect.poll(taken, { timeout: PATIENCE, message: 'the drop is taken' }).toBe(true);
  }

  /** What is on the clipboard: pasted into a box that the page does not have. */
  async pasted(): Promise<string> {
    await this.driver.run(
      "const box = document.createElement('textarea'); box.id = 'pasted'; document.body.append(box); box.focus();",
    );
    await this.driver.press('Control+v');
    const value = () => this.driver.run("return document.getElementById('pasted').value");
    await expect.poll(value, { timeout: PATIENCE, message: 'the clipboard' }).not.toBe('');
    const text = String(await value());
    await this.driver.run("document.getElementById('pasted').remove()");
    return text;
  }

  /** Presses Tab until the focus is on, or in, what is looked for. */
  async tabTo(query: Query): Promise<void> {
    await this.one(query);
    for (let press = 0; press < 60; press += 1) {
      if ((await this.find(query))[0]?.focused === true) return;
      await this.driver.press('Tab');
    }
    throw new Error(`60 times Tab does not lead to ${said(query)}`);
  }

  /** Fails with what watch.js wrote down since the document was opened. */
  async expectNoErrors(): Promise<void> {
    expect(await this.driver.run('return globalThis.wentWrong ?? []'), 'errors in the page').toEqual([]);
  }

  async #look(query: Query, show: boolean): Promise<Found[]> {
    return (await this.driver.run(`return (${lookInPage})(${JSON.stringify(query)}, ${show})`)) as Found[];
  }

  async #becomes(now: () => Promise<string>, text: string | RegExp, message: string): Promise<void> {
    const poll = expect.poll(now, { timeout: PATIENCE, message });
    await (typeof text === 'string' ? poll.toContain(text) : poll.toMatch(text));
  }
}

const said = ({ role, name }: Query) => (name === undefined ? role : `${role} ${name}`);
