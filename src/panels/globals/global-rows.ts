import { valueText } from '../../app/values';
import type { GlobalValue } from '../../coredump/model';
import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import type { Sort } from '../../ui/grid';

export interface GlobalRow {
  readonly index: number;
  readonly name: string;
  readonly instances: string;
  readonly type: string;
  readonly mutability: 'mutable' | 'constant';
  readonly value: GlobalValue;
  readonly decimal: string;
  readonly hex: string;
  readonly known: boolean;
}

/** One global as the table shows it. */
export function globalRow(snapshot: Snapshot, owners: Owners, index: number): GlobalRow | null {
  const global = snapshot.dump.globals[index];
  if (global === undefined) return null;
  const text = valueText(global.value);
  return {
    index,
    name: visible(snapshot.names.globals[index] ?? ''),
    instances: owners[index]?.join(', ') ?? '',
    type: visible(global.type, 60),
    mutability: global.mutable ? 'mutable' : 'constant',
    value: global.value,
    decimal: text.known ? text.decimal : text.reason,
    hex: text.known ? text.hex : '',
    known: text.known,
  };
}

/** For each global the instances that own it. */
export type Owners = readonly (readonly number[] | null)[];

/**
 * The globals that the table shows, in its order; null for all of them in the file's order. Rows are made for what is in
 * view: a dump with 100,000 globals opens as fast as one with ten, and only a filter or an order looks at all.
 */
export function globalOrder(
  snapshot: Snapshot,
  owners: Owners,
  filter: string,
  sort: Sort | null,
): readonly number[] | null {
  if (filter.trim() === '' && sort === null) return null;
  const rows = snapshot.dump.globals.flatMap((_, index) => globalRow(snapshot, owners, index) ?? []);
  return sortGlobals(filterGlobals(rows, filter), sort).map(({ index }) => index);
}

/** Rows that hold every word of `filter` in any column, upper and lower case alike. */
export function filterGlobals(rows: readonly GlobalRow[], filter: string): readonly GlobalRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = [
      row.index,
      row.name,
      row.type,
      row.mutability,
      row.decimal,
      row.decimal.replace(/,/g, ''),
      row.hex,
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Sorted by a column; rows that are equal there stay in the file's order. Values sort as numbers, the unknown last. */
export function sortGlobals(rows: readonly GlobalRow[], sort: Sort | null): readonly GlobalRow[] {
  if (sort === null) return rows;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return rows.toSorted((a, b) => compare(a, b, sort.key, sign) || a.index - b.index);
}

function compare(a: GlobalRow, b: GlobalRow, key: string, sign: number): number {
  switch (key) {
    case 'index':
      return sign * (a.index - b.index);
    case 'name':
      return sign * a.name.localeCompare(b.name);
    case 'instances':
      return sign * a.instances.localeCompare(b.instances, 'en', { numeric: true });
    case 'type':
      return sign * a.type.localeCompare(b.type);
    case 'mutability':
      return sign * a.mutability.localeCompare(b.mutability);
    default:
      return compareNumbers(numberOf(a.value), numberOf(b.value), sign);
  }
}

function compareNumbers(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a === b ? 0 : sign * (a < b ? -1 : 1);
}

/** For sorting only: an i64 may round, two that round alike keep the file's order. */
function numberOf(value: GlobalValue): number | null {
  if (value.type === 'i32' || value.type === 'i64') return Number(value.value);
  if (value.type !== 'f32' && value.type !== 'f64') return null;
  const view = new DataView(new ArrayBuffer(8));
  if (value.type === 'f32') view.setUint32(0, value.bits >>> 0);
  else view.setBigUint64(0, value.bits);
  const number = value.type === 'f32' ? view.getFloat32(0) : view.getFloat64(0);
  return Number.isNaN(number) ? null : number;
}
