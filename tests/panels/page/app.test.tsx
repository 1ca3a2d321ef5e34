// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFiles, startSession } from '../../../src/app/open';
import { useStore } from '../../../src/app/store';
import { App } from '../../../src/panels/page/app';
import type { Snapshot } from '../../../src/session/types';
import { type Expected, FakeSession, snapshotOfExpected } from '../../app/fake-session';
import badTag from '../../fixtures/damaged/bad-tag/expected.json';
import elfCore from '../../fixtures/notdumps/elf-core/expected.json';
import crash from '../../fixtures/rewriter/crash-022/expected.json';
import divide from '../../fixtures/wasmtime/c-divide-O0/expected.json';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
vi.stubGlobal('__VERSION__', '1.2.3');
// What jsdom has not: sizes, media queries, canvases, popovers, dialogs.
vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: false }));
HTMLCanvasElement.prototype.getContext = () => null;
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {
      return undefined;
    }
    unobserve() {
      return undefined;
    }
    disconnect() {
      return undefined;
    }
  },
);
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { get: () => 600 });
Object.defineProperty(HTMLElement.prototype, 'checkVisibility', { value: () => true });
HTMLDialogElement.prototype.showModal = function show(this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close(this: HTMLDialogElement) {
  this.open = false;
};

let root: Root;
let fake: FakeSession;
const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const one = (selector: string): HTMLElement => {
  const [found] = all(selector);
  if (found === undefined) throw new Error(`nothing matches ${selector}`);
  return found;
};
const frames = () => all('[role=treeitem][aria-level="2"]');
const text = () => document.body.textContent ?? '';
const press = (target: HTMLElement, key: string) =>
  act(async () => {
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
const click = (target: HTMLElement) => act(async () => target.click());

function startWith(json: unknown, changes: Partial<Snapshot> = {}) {
  const expected = json as Expected;
  fake = new FakeSession(expected, snapshotOfExpected(expected, 'a.coredump', changes));
  startSession(() => fake);
}

async function open(json: unknown, changes: Partial<Snapshot> = {}) {
  startWith(json, changes);
  await act(async () => {
    await openFiles([{ name: 'a.coredump', blob: new Blob([]) }], 'replace');
  });
  // The panels, and the list of a drawer's tab, come as chunks of their own.
  for (let turn = 0; turn < 50 && one('.app').querySelector('[aria-busy=true]') !== null; turn += 1)
    await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
}

// Compiled before the clock runs: on a busy machine the panels' chunk takes longer than a page is waited for.
beforeAll(async () => void (await import('../../../src/panels/page/open-page')), 60_000);
beforeEach(async () => {
  document.body.innerHTML = '<div></div>';
  useStore.getState().reset({ kind: 'start' });
  startWith(divide);
  useStore.getState().showDrawer('globals');
  root = createRoot(one('div'));
  await act(async () => root.render(<App />));
});
afterEach(() => act(async () => root.unmount()));

describe('the page', () => {
  it('starts with the file input, samples and where the data goes', () => {
    expect(one('input[type=file]').getAttribute('aria-label')).toBe('Open files');
    expect(all('.samples li').length).toBeGreaterThanOrEqual(5);
    expect(text()).toContain('Nothing leaves this page: no upload, no tracking.');
  });

  it('shows the stack, with the youngest frame selected', async () => {
    await open(divide);
    expect(one('[role=tree]').getAttribute('aria-label')).toBe('Threads');
    expect(frames().map((frame) => frame.textContent?.trim())).toEqual([
      '0 func[8] +0x28',
      '1 func[10] +0x44',
      '2 func[9] +0x49',
      '3 func[11] +0x99',
      '4 func[29] +0x73',
      '5 func[20] +0x1',
      '6 func[7] +0x5',
      '7 func[67] +0x1',
    ]);
    expect(frames().map((frame) => frame.getAttribute('aria-selected'))).toEqual([
      'true',
      ...Array(7).fill('false'),
    ]);
    expect(document.title).toBe('func[8] +0x28 — a.coredump — Wasmortem');
    expect(text()).toContain('the dump does not store the trap');
    expect(text()).toContain('4,669 of 131,072 bytes captured in 4 segments');
    expect(text()).toContain('Wasmortem 1.2.3');
  });

  it('walks the tree with keys, and the inspector follows', async () => {
    await open(divide);
    const tree = one('[role=tree]');
    await press(tree, 'ArrowDown');
    expect(frames()[1]?.getAttribute('aria-selected')).toBe('true');
    expect(tree.getAttribute('aria-activedescendant')).toBe(frames()[1]?.id);
    expect(one('[aria-label=Frame]').textContent).toContain('Frame 1 func[10]');
    await press(tree, 'Home');
    expect(frames()[1]?.getAttribute('aria-selected')).toBe('true');
    expect(tree.getAttribute('aria-activedescendant')).toBe(all('[role=treeitem]')[0]?.id);
    await press(tree, 'ArrowLeft');
    expect(frames()).toEqual([]);
  });

  it('says that Wasmtime writes no locals, and marks the rewriter’s placeholders', async () => {
    await open(divide);
    expect(one('[aria-label=Frame]').textContent).toContain('Locals: not in this dump');
    await open(crash);
    expect(one('[aria-label=Frame]').textContent).not.toContain('placeholder');
    await press(one('[role=tree]'), 'ArrowDown');
    const rows = all('[aria-label=Locals] tbody tr').map((row) => row.textContent);
    expect(rows.slice(0, 3)).toEqual([
      '0i32placeholder 669 not a value',
      '1i32placeholder 670 not a value',
      '2i3265,4400x0000ffa0captured',
    ]);
  });

  it('says what a global points at when it is picked, on the live line too', async () => {
    await open(divide);
    const grid = one('[role=grid][aria-label=Globals]');
    expect(grid.getAttribute('aria-rowcount')).toBe('2');
    expect(grid.textContent).toContain('0x0000ffa0captured');
    await click(one('[role=grid][aria-label=Globals] [role=rowheader]'));
    expect(one('[aria-label=Value]').textContent).toContain('captured, segment 0, file offset 0x40');
    expect(one('[role=status]').textContent).toContain('global 0 points to 0x0000ffa0, captured');
  });

  it('shows problems and notes apart, and goes to the place', async () => {
    await open(badTag, { notes: [{ offset: null, message: 'A note.' }] });
    await click(all('header button').find((button) => button.textContent?.includes('problem')) ?? one('x'));
    const rows = () => all('[aria-label=Problems] .grid-row').map((row) => row.textContent);
    expect(rows()).toEqual(['Problem0x0084corestackvalue tag 0x6f is unknown', 'NoteA note.']);
    await click(all('[aria-pressed]').find((chip) => chip.textContent === '1 note') ?? one('x'));
    expect(rows()).toEqual(['NoteA note.']);
  });

  it('explains a file of another kind', async () => {
    await open(elfCore);
    expect(all('[role=tree]')).toEqual([]);
    expect(one('[role=alert]').textContent).toContain(elfCore.problems[0]?.message ?? 'a problem');
  });

  it('keeps the rest alive when a panel fails', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const broken = { frames: [], globals: null } as unknown as Snapshot['names'];
    await open(divide, { names: { ...broken, memories: [null], stackPointer: null } });
    const failed = all('[role=alert]').map((alert) => alert.textContent ?? '');
    expect(failed.some((alert) => alert.startsWith('Globals failed. The rest of the page works.'))).toBe(
      true,
    );
    expect(failed.some((alert) => alert.includes('Wasmortem 1.2.3, Globals'))).toBe(true);
    expect(frames()).toHaveLength(8);
  });

  it('obeys the page’s keys in a panel only', async () => {
    await open(badTag);
    const tree = one('[role=tree]');
    await press(document.body, 'n');
    expect(useStore.getState().frame).toEqual({ thread: 0, frame: 0 });
    await press(tree, 'n');
    expect(useStore.getState().frame).toEqual({ thread: 1, frame: 0 });
    await press(one('input[aria-label="Filter globals"]'), 'p');
    expect(useStore.getState().frame).toEqual({ thread: 1, frame: 0 });
    await press(tree, '?');
    expect(document.querySelector('dialog')?.open).toBe(true);
  });
});
