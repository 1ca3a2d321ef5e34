// @vitest-environment jsdom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Column, Grid, type Sort } from '../../src/ui/grid';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {
      return undefined;
    }
    disconnect() {
      return undefined;
    }
  },
);
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { get: () => 244 });

const COUNT = 5_000_000;
const pressed: string[] = [];
const COLUMNS: readonly Column<number>[] = [
  { key: 'index', label: '#', width: 50, grow: 0, align: 'end', sortable: true, cell: (row) => row },
  {
    key: 'link',
    label: 'Link',
    width: 50,
    grow: 1,
    align: 'start',
    sortable: false,
    cell: (row) => (
      <button type="button" tabIndex={-1} onClick={() => pressed.push(`link ${row}`)}>
        go
      </button>
    ),
  },
];

const grid = () => document.querySelector<HTMLElement>('[role=grid]') ?? document.body;
const rows = () => [...document.querySelectorAll<HTMLElement>('.grid-row')];
const active = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '');
const press = (key: string, ctrlKey = false) =>
  act(async () => {
    grid().dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));
  });

beforeEach(async () => {
  pressed.length = 0;
  document.body.innerHTML = '<div></div>';
  const root = createRoot(document.body.firstElementChild ?? document.body);
  await act(async () =>
    root.render(
      <Grid
        label="Rows"
        columns={COLUMNS}
        count={COUNT}
        rowAt={(index) => (index === 2 ? null : index)}
        onSelect={(row) => pressed.push(`select ${row}`)}
        onActivate={(row) => pressed.push(`activate ${row}`)}
        sort={null}
        onSort={({ key, direction }: Sort) => pressed.push(`sort ${key} ${direction}`)}
        empty="nothing"
      />,
    ),
  );
});

describe('Grid', () => {
  it('draws a few of 5 million rows and says how many there are', () => {
    expect(grid().getAttribute('aria-rowcount')).toBe(String(COUNT + 1));
    expect(rows().length).toBeLessThan(40);
    expect(rows()[0]?.getAttribute('aria-rowindex')).toBe('2');
    expect(rows()[2]?.querySelectorAll('.skeleton')).toHaveLength(2);
  });

  it('is one tab stop', () => {
    const stops = [...document.querySelectorAll<HTMLElement>('*')].filter((element) => element.tabIndex >= 0);
    expect(stops).toEqual([grid()]);
  });

  it('goes to the last row and back, and marks the cell it is on', async () => {
    await press('End', true);
    expect(active()?.closest('[role=row]')?.getAttribute('aria-rowindex')).toBe(String(COUNT + 1));
    expect(active()?.closest('[role=row]')?.getAttribute('aria-selected')).toBe('true');
    await press('PageUp');
    await press('Home', true);
    expect(active()?.closest('[role=row]')?.getAttribute('aria-rowindex')).toBe('2');
    expect(pressed.at(-1)).toBe('select 0');
  });

  it('Enter presses what is in the cell, takes the row, or sorts', async () => {
    await press('ArrowDown');
    await press('Enter');
    await press('ArrowRight');
    await press('Enter');
    await press('ArrowUp');
    await press('ArrowUp');
    await press('ArrowLeft');
    expect(active()?.getAttribute('role')).toBe('columnheader');
    expect(active()?.getAttribute('aria-sort')).toBe('none');
    await press('Enter');
    expect(pressed.filter((one) => !one.startsWith('select'))).toEqual([
      'activate 1',
      'link 1',
      'sort index ascending',
    ]);
  });
});
