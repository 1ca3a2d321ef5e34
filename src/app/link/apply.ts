import type { Snapshot } from '../../session/types';
import { blamedFrame } from '../cause';
import { goToCode, leaveCode, setOffsetBase } from '../code-place';
import { showMemoryView } from '../memory-view';
import { forgetSearch, setForm } from '../search';
import { session } from '../session';
import { forgetShownSource, setShownSource } from '../sources/shown';
import { useStore } from '../store';
import { setStringsForm } from '../strings';
import { showOverlay } from '../structs/state';
import { moduleOf } from './module-of';
import { pageNow } from './page-now';
import { printLink } from './print';
import { placeOf } from './source-place';
import { useLink } from './state';
import {
  type LinkBytes,
  type LinkCode,
  type LinkGaps,
  type LinkSearch,
  type LinkView,
  NO_SOURCE,
  NO_VIEW,
} from './types';
import { sameFrame, viewOf } from './view-of';

/**
 * Makes the page show a view that fits the dump, but for the search that it asks for. What is as it should be is not touched: showing a panel again would
 * bring it forward where only one fits.
 * @param how what is not said stays as the page has it with a link that was just opened; in the history it is the usual.
 */
export function applyView(view: LinkView, snapshot: Snapshot, how: 'opened' | 'travelled'): void {
  const state = useStore.getState();
  const now = viewOf(pageNow(), snapshot);
  const usual = how === 'opened' ? state.frame : blamedFrame(snapshot);
  const frame = view.frame ?? usual;
  if (!sameFrame(frame, state.frame)) state.selectFrame(frame);
  if (!sameBytes(view.bytes, state.bytes)) selectBytes(view.bytes);
  if (useStore.getState().memory !== view.memory) state.showMemory(view.memory);
  if (useStore.getState().view !== view.middle) state.showView(view.middle);
  if (view.lists !== now.lists) showLists(view.lists, how);
  setGaps(view.gaps, snapshot);
  // Places hold while their frame is selected: after it.
  const differs = (part: keyof LinkView) => !samePart(part, view, viewOf(pageNow(), snapshot));
  const says = (part: keyof LinkView) => how === 'travelled' || !samePart(part, view, NO_VIEW);
  if (differs('code')) showCode(view.code, snapshot);
  if (differs('source')) {
    if (view.source === null) forgetShownSource();
    else setShownSource(placeOf(view.source, useStore.getState().frame, snapshot));
  }
  if (differs('rows') && says('rows')) showMemoryView(view.rows);
  if (differs('offsets') && says('offsets')) setOffsetBase(view.offsets);
  if (differs('strings') && says('strings')) setStringsForm(view.strings);
  if (how === 'travelled' && view.search === null && now.search !== null) forgetSearch();
  // What was typed is work: it is not taken away by a view without it.
  if (view.structs !== null && differs('structs')) showOverlay(snapshot.id, view.structs);
}

function showCode(code: LinkCode | null, snapshot: Snapshot): void {
  const module = code === null ? null : moduleOf(snapshot, code);
  if (code === null || module === null) leaveCode();
  else goToCode({ module: module.id, function: code.function }, code.offset);
}

/** Whether a link would say the same of a part of two views. */
function samePart(part: keyof LinkView, one: LinkView, other: LinkView): boolean {
  const text = (view: LinkView) => printLink({ source: NO_SOURCE, view: { ...NO_VIEW, [part]: view[part] } });
  return text(one) === text(other);
}

function selectBytes(bytes: LinkBytes | null): void {
  const { jump, selectBytes } = useStore.getState();
  if (bytes === null) {
    selectBytes(null);
    return;
  }
  const { memory, anchor, focus } = bytes;
  jump(memory, focus);
  if (anchor !== focus) selectBytes({ memory, anchor, focus });
}

function showLists(lists: LinkView['lists'], how: 'opened' | 'travelled'): void {
  const { showDrawer, toggleDrawer } = useStore.getState();
  if (lists === null && how === 'opened') return;
  if (lists === 'closed') toggleDrawer(false);
  else showDrawer(lists ?? 'globals');
  useLink.setState({ lists: lists === 'closed' ? 'closed' : 'open' });
}

function setGaps(wanted: readonly LinkGaps[], snapshot: Snapshot): void {
  const { notify } = useStore.getState();
  for (const [memory, { override }] of snapshot.memories.entries()) {
    const gaps = wanted.find((one) => one.memory === memory)?.gaps ?? null;
    if (gaps === override) continue;
    session()
      .setGaps(memory, gaps)
      .catch((error: unknown) => notify(error instanceof Error ? error.message : String(error)));
  }
}

/** Fills in the controls of the search. */
export function fillSearch({ query, zeros }: LinkSearch): void {
  const { kind, text } = query;
  setForm({ kind, text, zeros });
  if (query.kind === 'integer') setForm({ integerWidth: query.width });
  if (query.kind === 'float') setForm({ floatWidth: query.width });
  if ('aligned' in query) setForm({ aligned: query.aligned });
  if ('endian' in query) setForm({ endian: query.endian });
  if ('encoding' in query) setForm({ encoding: query.encoding, ignoreCase: query.ignoreCase });
}

function sameBytes(one: LinkBytes | null, other: LinkBytes | null): boolean {
  return one?.memory === other?.memory && one?.anchor === other?.anchor && one?.focus === other?.focus;
}

export function sameSearch(one: LinkSearch, other: LinkSearch | null): boolean {
  const fields = (search: LinkSearch) =>
    Object.entries({ ...search.query, zeros: search.zeros }).sort(([a], [b]) => (a < b ? -1 : 1));
  return other !== null && JSON.stringify(fields(one)) === JSON.stringify(fields(other));
}
