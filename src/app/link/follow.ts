import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { openedFiles } from '../open';
import { stopAsking } from '../remote/asking';
import { type SearchRun, startSearch, useSearch } from '../search';
import { type AppState, type FrameRef, snapshotOf, useStore } from '../store';
import { applyView, fillSearch, sameSearch } from './apply';
import { type AddressBar, Entries } from './entries';
import { dumpKey, dumpName, type Entry } from './entry';
import { fitView } from './fit';
import { type Gesture, gestureAfter, type Input, NO_GESTURE } from './gesture';
import { parseLink } from './parse';
import { printLink } from './print';
import { sourceOf } from './source';
import { useLink } from './state';
import { type LinkGaps, type LinkSearch, type LinkSource, type LinkView, NO_SOURCE, NO_VIEW } from './types';
import { sameFrame, viewOf } from './view-of';

/** Opens what a link names; the dump arrives in the store. */
export type OpenSource = (source: Exclude<LinkSource, { kind: 'none' }>) => void;

/** A view that waits for its dump, or for all of it. */
interface Pending {
  readonly source: LinkSource;
  readonly view: LinkView;
  readonly problems: readonly string[];
  /** The gesture after which it was applied for the first time; null: it was not yet. */
  readonly applied: number | null;
}

/**
 * Keeps address bar and page together. The address is derived from the store: a new selection is an entry of the
 * history, what follows continuously changes the entry. Only an address that the browser went to is read.
 */
export class LinkFollower {
  readonly #entries: Entries;
  readonly #open: OpenSource;
  readonly #unsubscribe: (() => void)[];
  #gesture: Gesture = NO_GESTURE;
  /** Whose selection the present entry shows. */
  #entryGesture = 0;
  #pending: Pending | null = null;
  /** A dump has come, and its view is decided in a moment. */
  #arriving = false;
  /** Overrides that the session was asked for by a link and has not answered. They count until the user does something. */
  #asked: { readonly gaps: readonly LinkGaps[]; readonly gesture: number } | null = null;
  /** The frame that a link asks for. The page's own choice, when it knows whom to blame, does not replace it. */
  #held: { readonly frame: FrameRef; readonly gesture: number } | null = null;
  /** A search that a link asks for: it finds what is indexed, so it begins when all is. */
  #search: LinkSearch | null = null;

  constructor(bar: AddressBar, open: OpenSource) {
    this.#entries = new Entries(bar);
    this.#open = open;
    this.#unsubscribe = [
      useStore.subscribe((state, before) => this.#changed(state, before)),
      useSearch.subscribe(({ run }, before) => {
        if (requestOf(run) === requestOf(before.run)) return;
        this.#search = null;
        this.#write();
      }),
    ];
  }

  /** Reads the address that the page was opened with. */
  start(): void {
    if (this.#entries.hash !== '') this.#read(null);
  }

  end(): void {
    this.#entries.forget();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  /** The user pressed something. */
  touch(input: Input): void {
    this.#gesture = gestureAfter(this.#gesture, input);
  }

  /** The browser went to another entry, or the user changed the address. */
  travelled(): void {
    const entry = this.#entries.travelled();
    this.#entryGesture = this.#gesture.number;
    this.#read(entry);
  }

  #read(entry: Entry | null): void {
    const { source, view, problems } = parseLink(this.#entries.hash);
    const snapshot = snapshotOf(useStore.getState());
    this.#wait(null);
    // A question about the address before this one.
    stopAsking();
    if (source.kind === 'none') {
      if (snapshot === null) this.#waitForDump(view, problems);
      else if (entry?.dump != null && entry.dump !== dumpKey(snapshot)) this.#stay(snapshot, entry.dump);
      else this.#apply({ source, view, problems, applied: null }, snapshot, 'travelled');
      return;
    }
    const pending = { source, view, problems, applied: null };
    if (snapshot !== null && sameSource(source, sourceOf(openedFiles()))) {
      this.#apply(pending, snapshot, 'travelled');
      return;
    }
    this.#wait(pending);
    this.#open(source);
  }

  /** Nothing is open that the link could be about. */
  #waitForDump(view: LinkView, problems: readonly string[]): void {
    say(problems);
    if (printLink({ source: NO_SOURCE, view }) === '') return;
    this.#wait({ source: NO_SOURCE, view, problems: [], applied: null });
  }

  /** The entry is of a dump that cannot be opened from here: what is open stays. */
  #stay(snapshot: Snapshot, dump: string): void {
    say([
      `That place is in ${visible(dumpName(dump), 60)}, which is not open any more; ${visible(snapshot.name, 60)} is.`,
    ]);
    this.#entries.replace(this.#hash(snapshot), dumpKey(snapshot));
  }

  #wait(pending: Pending | null): void {
    this.#pending = pending;
    useLink.setState({
      waiting: pending !== null && pending.source.kind === 'none' && pending.applied === null,
    });
  }

  #changed(state: AppState, before: AppState): void {
    const snapshot = snapshotOf(state);
    if (snapshot === null) {
      if (state.phase.kind === 'start' && before.phase.kind !== 'start') this.#closed();
      return;
    }
    if (snapshot.id !== snapshotOf(before)?.id) {
      // Whoever brings it selects its first frame after this.
      this.#arriving = true;
      queueMicrotask(() => this.#arrived());
      return;
    }
    if (this.#pending?.applied != null && settled(snapshot)) this.#again(this.#pending, snapshot);
    if (settled(snapshot)) this.#beginSearch();
    this.#hold(state);
    if (matters(state, before)) this.#write();
  }

  #hold(state: AppState): void {
    const held = this.#held;
    if (held === null || this.#arriving || sameFrame(held.frame, state.frame)) return;
    if (held.gesture === this.#gesture.number) useStore.getState().selectFrame(held.frame);
    else this.#held = null;
  }

  #beginSearch(): void {
    const search = this.#search;
    this.#search = null;
    if (search === null) return;
    fillSearch(search);
    startSearch();
  }

  #closed(): void {
    this.#entries.forget();
    this.#wait(null);
    this.#asked = null;
    this.#held = null;
    this.#search = null;
    if (this.#entries.hash !== '') this.#entries.push('', null);
  }

  #arrived(): void {
    this.#arriving = false;
    const snapshot = snapshotOf(useStore.getState());
    if (snapshot === null) return;
    const pending = this.#pending;
    this.#asked = null;
    this.#held = null;
    this.#search = null;
    this.#entryGesture = this.#gesture.number;
    if (pending !== null) {
      this.#wait(null);
      const source = sourceOf(openedFiles());
      // Another dump was dropped before that of the link came.
      if (pending.source.kind === 'none' || sameSource(pending.source, source)) {
        this.#apply(pending, snapshot, 'opened');
        return;
      }
    }
    const { entry } = this.#entries;
    const dump = dumpKey(snapshot);
    const leaves = pending !== null || (entry?.dump != null && entry.dump !== dump);
    if (leaves) this.#entries.push(this.#hash(snapshot), dump);
    else this.#entries.replace(this.#hash(snapshot), dump);
  }

  #apply(pending: Pending, snapshot: Snapshot, how: 'opened' | 'travelled'): void {
    const { view, problems } = fitView(pending.view, snapshot);
    this.#asked = { gaps: view.gaps, gesture: this.#gesture.number };
    this.#held = view.frame === null ? null : { frame: view.frame, gesture: this.#gesture.number };
    this.#arriving = true;
    applyView(view, snapshot, how);
    this.#askSearch(view.search, snapshot);
    this.#arriving = false;
    this.#entries.replace(this.#hash(snapshot), dumpKey(snapshot));
    if (problems.length > 0 && !settled(snapshot)) this.#wait({ ...pending, applied: this.#gesture.number });
    else say([...pending.problems, ...problems]);
  }

  #askSearch(search: LinkSearch | null, snapshot: Snapshot): void {
    const { run } = useSearch.getState();
    const now = viewOf(useStore.getState(), snapshot, run).search;
    if (search === null || sameSearch(search, now)) return;
    this.#search = search;
    fillSearch(search);
    if (settled(snapshot)) this.#beginSearch();
  }

  /** All of the dump is known: what did not fit before may fit now, unless the user has gone on. */
  #again(pending: Pending, snapshot: Snapshot): void {
    this.#wait(null);
    if (pending.applied === this.#gesture.number) this.#apply(pending, snapshot, 'opened');
    else say([...pending.problems, ...fitView(pending.view, snapshot).problems]);
  }

  #hash(snapshot: Snapshot): string {
    return printLink({ source: sourceOf(openedFiles()), view: this.#view(snapshot) });
  }

  #view(snapshot: Snapshot): LinkView {
    const found = viewOf(useStore.getState(), snapshot, useSearch.getState().run);
    const view = { ...found, search: this.#search ?? found.search };
    const asked = this.#asked;
    if (asked === null) return view;
    const answered = sameGaps(asked.gaps, view.gaps) || asked.gesture !== this.#gesture.number;
    if (answered) this.#asked = null;
    return answered ? view : { ...view, gaps: asked.gaps };
  }

  #write(): void {
    const snapshot = snapshotOf(useStore.getState());
    if (snapshot === null || this.#arriving) return;
    const hash = this.#hash(snapshot);
    if (hash === this.#entries.hash) return;
    if (this.#gesture.number === this.#entryGesture) {
      this.#entries.replaceSoon(hash, dumpKey(snapshot));
      return;
    }
    this.#entryGesture = this.#gesture.number;
    this.#entries.push(hash, dumpKey(snapshot));
  }
}

const requestOf = (run: SearchRun | null) => run?.request ?? null;

/** What the address is derived from; the live line and what is under the pointer change far more often. */
function matters(state: AppState, before: AppState): boolean {
  return (
    state.frame !== before.frame ||
    state.memory !== before.memory ||
    state.bytes !== before.bytes ||
    state.view !== before.view ||
    state.drawer !== before.drawer ||
    state.drawerOpen !== before.drawerOpen ||
    snapshotOf(state)?.memories !== snapshotOf(before)?.memories
  );
}

/** Nothing more will be found of how many frames and memories there are, and of how large those are. */
function settled(snapshot: Snapshot): boolean {
  return snapshot.sectionsKnown && snapshot.indexing.state !== 'running';
}

function sameSource(one: LinkSource, other: LinkSource): boolean {
  const text = (source: LinkSource) => printLink({ source, view: NO_VIEW });
  return text(one) === text(other);
}

function sameGaps(one: readonly LinkGaps[], other: readonly LinkGaps[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function say(problems: readonly string[]): void {
  if (problems.length > 0) useStore.getState().notify(problems.join(' '));
}
