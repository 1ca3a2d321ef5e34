import { create } from 'zustand';
import { partition } from '../bytes/partition';
import type { Address, Bytes } from '../bytes/units';
import { compileQuery, type SearchQuery } from '../memory/search/query';
import type { FindRequest, FindUpdate } from '../session/find-types';
import { hex } from '../ui/numbers';
import { isMemory64 } from './pointers';
import { session } from './session';
import { snapshotOf, useStore } from './store';

/** Hits that are shown before the search stops and asks. */
export const HIT_LIMIT = 1000;

/** What the search's controls say, each kept while another kind is chosen. */
export interface SearchForm {
  readonly kind: SearchQuery['kind'];
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le';
  readonly ignoreCase: boolean;
  readonly integerWidth: 1 | 2 | 4 | 8;
  readonly floatWidth: 4 | 8;
  readonly aligned: boolean;
  readonly endian: 'little' | 'big';
  readonly zeros: boolean;
}

/** A search that was begun, and what is known of it. Where its hits begin stands in the store, as `hits`. */
export interface SearchRun {
  /** Of which dump: another one knows nothing of it. */
  readonly dump: number;
  readonly request: FindRequest;
  readonly update: FindUpdate;
  readonly lengths: readonly Bytes[];
}

interface SearchState {
  readonly form: SearchForm;
  readonly run: SearchRun | null;
}

export const useSearch = create<SearchState>()(() => ({
  form: {
    kind: 'text',
    text: '',
    encoding: 'utf-8',
    ignoreCase: false,
    integerWidth: 4,
    floatWidth: 8,
    aligned: true,
    endian: 'little',
    zeros: false,
  },
  run: null,
}));

export function setForm(change: Partial<SearchForm>): void {
  useSearch.setState(({ form }) => ({ form: { ...form, ...change } }));
}

/** What the controls ask for, in a memory whose addresses have 32 or 64 bits. */
export function queryOf(form: SearchForm, memory64: boolean): SearchQuery {
  const { kind, text, aligned, endian, encoding, ignoreCase } = form;
  switch (kind) {
    case 'text':
    case 'expression':
      return { kind, text, encoding, ignoreCase };
    case 'hex':
      return { kind, text };
    case 'integer':
      return { kind, text, aligned, endian, width: form.integerWidth };
    case 'float':
      return { kind, text, aligned, endian, width: form.floatWidth };
    case 'pointers':
      return { kind, text, aligned, width: memory64 ? 8 : 4 };
  }
}

/** Begins the search that the controls ask for, in the memory that is shown, in place of the one before. */
export function startSearch(): void {
  const state = useStore.getState();
  const snapshot = snapshotOf(state);
  const { form } = useSearch.getState();
  if (snapshot === null) return;
  const { memory } = state;
  const query = queryOf(form, isMemory64(snapshot, memory));
  if (compileQuery(query).kind === 'problem') return;
  const request: FindRequest = { memory, query, zeros: form.zeros, limit: HIT_LIMIT };
  const update: FindUpdate = {
    state: 'running',
    addresses: new Float64Array(0),
    lengths: new Uint32Array(0),
    texts: [],
    searched: 0,
    total: snapshot.memories[memory]?.captured ?? 0,
    zeros: 0,
    at: 0,
    message: null,
  };
  const mine = { dump: snapshot.id, request };
  state.setHits([], memory);
  useSearch.setState({ run: { ...mine, update, lengths: [] } });
  session()
    .find('search', request, (next) => take(request, next))
    .catch((error: unknown) => take(request, { ...update, state: 'failed', message: String(error) }));
}

function take(request: FindRequest, update: FindUpdate): void {
  const { run } = useSearch.getState();
  const state = useStore.getState();
  // Another search was begun, or another dump was opened, while this was on its way.
  if (run === null || run.request !== request || run.dump !== snapshotOf(state)?.id) return;
  useSearch.setState({ run: { ...run, update, lengths: run.lengths.concat([...update.lengths]) } });
  if (update.addresses.length > 0) state.setHits(state.hits.concat([...update.addresses]), request.memory);
}

/** Takes the search away, with its hits. */
export function forgetSearch(): void {
  const state = useStore.getState();
  setForm({ text: '' });
  useSearch.setState({ run: null });
  state.setHits([], state.memory);
  void session().closeFind('search');
}

export function stopSearch(): void {
  void session().stopFind('search');
}

export function resumeSearch(): void {
  void session().resumeFind('search');
}

/** Looks for what points at the selected bytes, known zeros included: the last byte of a pointer is often one. */
export function findPointersToSelection(): boolean {
  const { bytes, search } = useStore.getState();
  if (bytes === null) return false;
  findPointers(Math.min(bytes.anchor, bytes.focus), Math.max(bytes.anchor, bytes.focus));
  search();
  return true;
}

function findPointers(first: Address, last: Address): void {
  const text = first === last ? hex(first, 8) : `${hex(first, 8)}..${hex(last, 8)}`;
  setForm({ kind: 'pointers', text, zeros: true });
  startSearch();
}

/** The index of the hit to step to from an address: the next behind it or the one before it, around the end. -1: there is none. */
export function hitToStepTo(hits: readonly Address[], at: Address | null, direction: 1 | -1): number {
  if (hits.length === 0) return -1;
  if (at === null) return direction === 1 ? 0 : hits.length - 1;
  const low = partition(hits.length, (index) => {
    const hit = hits[index] ?? 0;
    return direction === 1 ? hit <= at : hit < at;
  });
  return direction === 1 ? low % hits.length : (low - 1 + hits.length) % hits.length;
}

/** Jumps to the next or previous hit, seen from the selected byte. */
export function stepHit(direction: 1 | -1): boolean {
  const { hits, hitsMemory, bytes } = useStore.getState();
  const at = bytes === null || bytes.memory !== hitsMemory ? null : Math.min(bytes.anchor, bytes.focus);
  const index = hitToStepTo(hits, at, direction);
  if (index === -1) return false;
  jumpToHit(index);
  return true;
}

export function jumpToHit(index: number): void {
  const { hits, hitsMemory, jump } = useStore.getState();
  const address = hits[index];
  if (address === undefined) return;
  jump(hitsMemory, address, useSearch.getState().run?.lengths[index] ?? 1);
}
