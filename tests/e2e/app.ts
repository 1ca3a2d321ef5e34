import { expect, type Locator, type Page } from './test';

/** The page by the accessible names that it promises; nothing here knows its markup. */
export class App {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get threads(): Locator {
    return this.page.getByRole('tree', { name: 'Threads' });
  }

  get memory(): Locator {
    return this.page.getByRole('grid', { name: 'Memory', exact: true });
  }

  get gaps(): Locator {
    return this.page.getByRole('group', { name: 'Gaps' });
  }

  get goTo(): Locator {
    return this.page.getByRole('textbox', { name: 'Go to' });
  }

  get files(): Locator {
    return this.page.getByLabel('Open files');
  }

  async start(): Promise<void> {
    await this.page.goto('/');
    await expect(this.files).toBeAttached();
  }

  /**
   * Drops files from outside of the browser, as a file manager does: the events are trusted.
   * @param zone by its title; the middle of the page without one.
   */
  async drop(paths: readonly string[], zone?: string): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: [...paths], dragOperationsMask: 1 };
    const { width, height } = this.page.viewportSize() ?? { width: 600, height: 400 };
    const middle = { x: Math.floor(width / 2), y: Math.floor(height / 2) };
    const send = (type: 'dragEnter' | 'dragOver' | 'drop', at: typeof middle) =>
      session.send('Input.dispatchDragEvent', { type, ...at, data });
    await send('dragEnter', middle);
    const box = zone === undefined ? null : await this.page.getByText(zone, { exact: true }).boundingBox();
    const at = box === null ? middle : { x: Math.floor(box.x + box.width / 2), y: Math.floor(box.y + 5) };
    await send('dragOver', at);
    await send('drop', at);
    await session.detach();
  }

  /** A table of the drawer, shown by its tab. */
  async table(name: 'Globals' | 'Segments' | 'Problems'): Promise<Locator> {
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
    const grid = this.page.getByRole('grid', { name, exact: true });
    await expect(grid).toBeVisible();
    return grid;
  }

  /** The frames of the tree as far as they are in it, youngest first; threads are its first level. */
  frames(): Locator {
    return this.threads.locator('[role=treeitem][aria-level="2"]');
  }

  async go(address: number | string): Promise<void> {
    await this.goTo.fill(typeof address === 'number' ? `0x${address.toString(16)}` : address);
    await this.goTo.press('Enter');
  }

  /** The decision about gaps, in words; it opens the group in which it can be overruled. */
  gapDecision(words: RegExp): Locator {
    return this.page
      .getByRole('button', { name: words })
      .and(this.page.getByRole('button', { name: /^Gaps are/ }));
  }

  /** Overrules the gap decision, or follows the evidence again. */
  async chooseGaps(choice: RegExp): Promise<void> {
    await this.gapDecision(/./).click();
    await this.gaps.getByRole('radio', { name: choice }).check();
    await this.page.keyboard.press('Escape');
  }
}
