import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { closeDump, openedFiles } from '../open';
import { stopAsking } from '../remote/asking';
import { useSearch } from '../search';
import { type AppState, snapshotOf, useStore } from '../store';
import { applyView } from './apply';
import { Awaited } from './awaited';
import { type AddressBar, Entries } from './entries';
import { dumpKey, dumpName, type Entry } from './entry';
import { fitView } from './fit';
import { type Gesture, gestureAfter, type Input, NO_GESTURE } from './gesture';
import { followOthers, pageNow } from './page-now';
import { LONGEST_LINK, parseLink } from './parse';
import { printLink } from './print';
import { settled } from './settled';
import { sourceOf } from './source';
import { useLink } from './state';
import { type LinkSource, type LinkView, NO_SOURCE, NO_VIEW } from './types';
import { viewOf } from './view-of';

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
  readonly #awaited = new Awaited();

  constructor(bar: AddressBar, open: OpenSource) {
    this.#entries = new Entries(bar);
    this.#open = open;
    this.#unsubscribe = [
      useStore.subscribe((state, before) => this.#changed(state, before)),
      useSearch.subscribe(({ run }, before) => {
        if (run?.request !== before.run?.request) this.#awaited.dropSearch();
      }),
      ...followOthers(() => this.#write()),
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
    const { hash } = this.#entries;
    const { source, view, problems } = parseLink(hash);
    // Nothing of it was read, and every look at the address would copy it: browsers take one of a hundred megabytes.
    if (hash.length > LONGEST_LINK) this.#entries.erase();
    const snapshot = snapshotOf(useStore.getState());
    this.#wait(null);
    // A question about the address before this one.
    stopAsking();
    if (source.kind === 'none') {
      if (snapshot === null) this.#waitForDump(view, problems);
      else if (this.#isStart(entry)) void closeDump();
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

  /**
   * The start page's own entry, from which a sample, a URL or a link's dump was opened: Back returns to it, and Forward
   * opens the same again. A file of this disk stays open: nothing but the user could bring it back.
   */
  #isStart(entry: Entry | null): boolean {
    return this.#entries.hash === '' && entry?.dump == null && sourceOf(openedFiles()).kind !== 'none';
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
    this.#awaited.progress(snapshot);
    if (!this.#arriving) this.#awaited.hold(state, this.#gesture.number);
    if (matters(state, before)) this.#write();
  }

  #closed(): void {
    this.#entries.forget();
    this.#wait(null);
    this.#awaited.clear();
    if (this.#entries.hash !== '') this.#entries.push('', null);
  }

  #arrived(): void {
    this.#arriving = false;
    const snapshot = snapshotOf(useStore.getState());
    if (snapshot === null) return;
    const pending = this.#pending;
    this.#awaited.clear();
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
    const leaves = pending !== null || (entry?.dump != null && entry.dump !== dump) || this.#isStart(entry);
    if (leaves) this.#entries.push(this.#hash(snapshot), dump);
    else this.#entries.replace(this.#hash(snapshot), dump);
  }

  #apply(pending: Pending, snapshot: Snapshot, how: 'opened' | 'travelled'): void {
    const { view, problems } = fitView(pending.view, snapshot);
    this.#arriving = true;
    applyView(view, snapshot, how);
    this.#awaited.note(view, pending.view, snapshot, this.#gesture.number);
    this.#awaited.askSearch(view.search, snapshot);
    this.#arriving = false;
    this.#entries.replace(this.#hash(snapshot), dumpKey(snapshot));
    if (problems.length > 0 && !settled(snapshot)) this.#wait({ ...pending, applied: this.#gesture.number });
    else say([...pending.problems, ...problems]);
  }

  /** All of the dump is known: what did not fit before may fit now, unless the user has gone on. */
  #again(pending: Pending, snapshot: Snapshot): void {
    this.#wait(null);
    if (pending.applied === this.#gesture.number) this.#apply(pending, snapshot, 'opened');
    else say([...pending.problems, ...fitView(pending.view, snapshot).problems]);
  }

  #hash(snapshot: Snapshot): string {
    const view = this.#awaited.over(viewOf(pageNow(), snapshot), this.#gesture.number);
    return printLink({ source: sourceOf(openedFiles()), view });
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

/** What the address is derived from; the live line and what is under the pointer change far more often. */
function matters(state: AppState, before: AppState): boolean {
  return (
    state.frame !== before.frame ||
    state.memory !== before.memory ||
    state.bytes !== before.bytes ||
    state.view !== before.view ||
    state.drawer !== before.drawer ||
    state.drawerOpen !== before.drawerOpen ||
    snapshotOf(state)?.memories !== snapshotOf(before)?.memories ||
    snapshotOf(state)?.modules !== snapshotOf(before)?.modules
  );
}

function sameSource(one: LinkSource, other: LinkSource): boolean {
  const text = (source: LinkSource) => printLink({ source, view: NO_VIEW });
  return text(one) === text(other);
}

function say(problems: readonly string[]): void {
  if (problems.length > 0) useStore.getState().notify(problems.join(' '));
}
