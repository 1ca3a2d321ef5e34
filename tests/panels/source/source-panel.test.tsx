// @vitest-environment jsdom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addSources, forgetSources } from '../../../src/app/sources/registry';
import { useStore } from '../../../src/app/store';
import { SourceExcerpt } from '../../../src/panels/source/excerpt';
import { SourcePanel } from '../../../src/panels/source/source-panel';
import type { FrameLine, Snapshot } from '../../../src/session/types';
import { NAMELESS } from '../../../src/symbols/frame-name';
import { type Expected, snapshotOfExpected } from '../../app/fake-session';
import divide from '../../fixtures/wasmtime/c-divide-O0/expected.json';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
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

const at = (file: string | null, line: number, column: number | null = null, name = 'f'): FrameLine => ({
  function: name,
  file,
  directory: null,
  line,
  column,
});
const base = snapshotOfExpected(divide as unknown as Expected, 'a.core');
const withLines = (...frames: readonly (readonly FrameLine[])[]): Snapshot => ({
  ...base,
  names: { ...base.names, frames: [frames.map((lines) => ({ ...NAMELESS, lines }))] },
});
const give = (path: string, text: string) =>
  addSources([{ path, size: text.length, blob: async () => new Blob([text]) }]);

let root: Root;
const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const text = () => document.body.textContent ?? '';
const row = (line: number) => all(`[role=row][aria-rowindex="${line}"]`)[0];
const grid = () => all('[role=grid]')[0];
const press = (key: string) =>
  act(async () => {
    grid()?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });

async function show(snapshot: Snapshot, frame = 0) {
  useStore.getState().reset({ kind: 'open', snapshot });
  useStore.getState().selectFrame({ thread: 0, frame });
  await act(async () => root.render(<SourcePanel snapshot={snapshot} />));
  await act(() => new Promise((resolve) => setTimeout(resolve, 30)));
}

beforeEach(() => {
  forgetSources();
  document.body.innerHTML = '<div></div>';
  root = createRoot(document.body.firstElementChild as HTMLElement);
});
afterEach(() => act(async () => root.unmount()));

describe('the source view', () => {
  const lines = Array.from({ length: 60 }, (_, index) => `line ${index + 1};`).join('\n');

  it('shows the line of the frame that stopped and those of its callers', async () => {
    give('src/a.c', lines);
    await show(withLines([at('a.c', 20, 3)], [at('/b/src/a.c', 24)], [at('a.c', 24)], [at('b.c', 1)]));
    expect(grid()?.getAttribute('aria-rowcount')).toBe('60');
    expect(row(20)?.className).toContain('stopped');
    expect(row(20)?.getAttribute('aria-current')).toBe('location');
    expect(row(20)?.querySelector('mark')?.textContent).toBe('n');
    expect(row(24)?.className).toContain('calling');
    expect(row(24)?.querySelector('button')?.getAttribute('aria-label')).toBe(
      'Frame 1 called from here, and 1 more',
    );
    expect(all('[aria-current=location]').length).toBe(1);
  });

  it('moves by keys, and Enter goes to the frame of a line', async () => {
    give('a.c', lines);
    await show(withLines([at('a.c', 20)], [at('a.c', 22)]));
    await press('ArrowDown');
    await press('ArrowDown');
    expect(grid()?.getAttribute('aria-activedescendant')).toBe(row(22)?.id);
    expect(useStore.getState().live).toBe('a.c line 22 of 60');
    await press('Enter');
    expect(useStore.getState().frame).toEqual({ thread: 0, frame: 1 });
    expect(row(22)?.getAttribute('aria-current')).toBe('location');
    await press('Home');
    expect(grid()?.getAttribute('aria-activedescendant')).toBe(row(1)?.id);
  });

  it('shows each inlined function at its own line', async () => {
    give('a.c', lines);
    await show(withLines([at('a.c', 5, null, 'inner'), at('a.c', 9, null, 'outer')]));
    expect(all('.inline-chain button').map((button) => button.textContent)).toEqual([
      'innera.c:5',
      'outera.c:9',
    ]);
    expect(row(5)?.getAttribute('aria-current')).toBe('location');
    await act(async () => all('.inline-chain button')[1]?.click());
    expect(row(9)?.getAttribute('aria-current')).toBe('location');
    expect(all('.inline-chain [aria-pressed=true]').map((button) => button.textContent)).toEqual([
      'outera.c:9',
    ]);
  });

  it('says what to drop where the file is not here, and which caller has its file', async () => {
    give('main.c', lines);
    await show(withLines([at('./sources/abort.c', 5, 5)], [at('main.c', 7)]));
    expect(text()).toContain('./sources/abort.c:5:5');
    expect(text()).toContain('Drop abort.c, its folder or a zip.');
    await act(async () => all('.source-instead .link')[0]?.click());
    expect(useStore.getState().frame).toEqual({ thread: 0, frame: 1 });
  });

  it('shows the address that a path stands for as text, never as a link that loads', async () => {
    const commit = '4b91a6ea7258a947e59c6522cd5898e7c0a6a88f';
    await show(withLines([at(`/rustc/${commit}/library/core/src/panicking.rs`, 1)]));
    expect(text()).toContain(
      `https://github.com/rust-lang/rust/blob/${commit}/library/core/src/panicking.rs`,
    );
    expect(all('a[href], img, iframe, script')).toEqual([]);
  });

  it('asks which of several files it is', async () => {
    give('one/a.c', 'the first');
    give('two/a.c', 'the second');
    await show(withLines([at('a.c', 1)]));
    expect(text()).toContain('2 files may be a.c:1. Which one is it?');
    await act(async () => all('.source-instead .link')[1]?.click());
    await act(() => new Promise((resolve) => setTimeout(resolve, 30)));
    expect(row(1)?.textContent).toContain('the second');
  });

  it('says that the file is another version, or matches by its name only', async () => {
    give('other/a.c', lines);
    await show(withLines([at('/src/lib/a.c', 100)]));
    expect(text()).toContain('a.c has 60 lines, and the frame stands at line 100: it is another version.');
    expect(text()).toContain('by name only');
  });

  it('refuses what is no text', async () => {
    give('a.c', 'int\0a');
    await show(withLines([at('a.c', 1)]));
    expect(text()).toContain('a.c is no text: byte 3 of 5 is 00.');
  });

  it('draws hostile text as text', async () => {
    give('a.c', '<img src=x onerror=alert(1)>\n<script>alert(2)</script>\n\u202ereversed');
    await show(withLines([at('a.c', 1)]));
    expect(row(1)?.textContent).toContain('<img src=x onerror=alert(1)>');
    expect(row(3)?.textContent).toContain('\\u{202e}reversed');
    expect(all('img, script')).toEqual([]);
  });

  it('draws the rows in view of 100,000, and the line of the frame among them', async () => {
    give('a.c', 'int a;\n'.repeat(100_000));
    await show(withLines([at('a.c', 70_000)]));
    expect(grid()?.getAttribute('aria-rowcount')).toBe('100000');
    expect(all('[role=row]').length).toBeLessThan(80);
    expect(row(70_000)).toBeDefined();
  });

  it('says why there is no line', async () => {
    await show(withLines([]));
    expect(text()).toContain('No line is known for this frame. Drop c-divide-O0.wasm with debug information');
  });
});

describe('the excerpt', () => {
  const render = async (snapshot: Snapshot) => {
    useStore.getState().reset({ kind: 'open', snapshot });
    await act(async () => root.render(<SourceExcerpt snapshot={snapshot} frame={FRAME} />));
    await act(() => new Promise((resolve) => setTimeout(resolve, 30)));
  };
  const FRAME = { thread: 0, frame: 0 };

  it('is four lines, the frame’s marked', async () => {
    give('a.c', 'one\ntwo\nthree\nfour\nfive');
    await render(withLines([at('a.c', 3, 1)]));
    expect(all('.excerpt li').map((line) => line.textContent)).toEqual(['1one', '2two', '3three', '4four']);
    expect(all('.excerpt [aria-current]').map((line) => line.textContent)).toEqual(['3three']);
  });

  it('is cut at the ends of the file', async () => {
    give('a.c', 'one\ntwo');
    await render(withLines([at('a.c', 1)]));
    expect(all('.excerpt li').map((line) => line.textContent)).toEqual(['1one', '2two']);
  });

  it('is the place alone without the file, and nothing without a line', async () => {
    await render(withLines([at('x/a.c', 3, 1)]));
    expect(text()).toBe('a.c:3:1 Drop a.c to see the line.');
    await render(withLines([]));
    expect(text()).toBe('');
  });
});
