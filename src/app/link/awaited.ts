import type { Snapshot } from '../../session/types';
import { goToCode } from '../code-place';
import { startSearch } from '../search';
import { type AppState, type FrameRef, useStore } from '../store';
import { fillSearch, sameSearch } from './apply';
import { moduleOf } from './module-of';
import { pageNow } from './page-now';
import { settled } from './settled';
import type { LinkCode, LinkGaps, LinkSearch, LinkView } from './types';
import { sameFrame, viewOf } from './view-of';

/**
 * What a link asked for and the page does not show yet. Until it does, the address says what was asked for. All of it
 * counts until the user goes on, which the number of the gesture tells.
 */
export class Awaited {
  /** Overrides that the session was asked for and has not answered. */
  #gaps: { readonly gaps: readonly LinkGaps[]; readonly gesture: number } | null = null;
  /** The frame of the link. The page's own choice, when it knows whom to blame, does not replace it. */
  #frame: { readonly frame: FrameRef; readonly gesture: number } | null = null;
  /** A search finds what is indexed, so it begins when all is. */
  #search: LinkSearch | null = null;
  /** Code of a module that is not open yet, seen from a frame. */
  #code: { readonly code: LinkCode; readonly of: FrameRef | null } | null = null;

  clear(): void {
    this.#gaps = null;
    this.#frame = null;
    this.#search = null;
    this.#code = null;
  }

  /** Notes what there is to wait for. @param view as it was applied. @param wanted as the link says it. */
  note(view: LinkView, wanted: LinkView, snapshot: Snapshot, gesture: number): void {
    const { frame } = useStore.getState();
    const { code } = wanted;
    const lacksModule = code !== null && moduleOf(snapshot, code) === null;
    this.#gaps = { gaps: view.gaps, gesture };
    // The store's own: places in code and sources are those of that object.
    this.#frame = view.frame === null || frame === null ? null : { frame, gesture };
    // Of a frame that the dump has not, there is no place to wait for.
    const waits = lacksModule && sameFrame(view.frame, wanted.frame);
    this.#code = waits ? { code, of: frame } : null;
  }

  /** The frame stays selected while the user does nothing. */
  hold(state: AppState, gesture: number): void {
    if (this.#code !== null && !sameFrame(this.#code.of, state.frame)) this.#code = null;
    const held = this.#frame;
    if (held === null || sameFrame(held.frame, state.frame)) return;
    if (held.gesture === gesture) useStore.getState().selectFrame(held.frame);
    else this.#frame = null;
  }

  askSearch(search: LinkSearch | null, snapshot: Snapshot): void {
    if (search === null || sameSearch(search, viewOf(pageNow(), snapshot).search)) return;
    this.#search = search;
    fillSearch(search);
    this.progress(snapshot);
  }

  /** Another search was begun. */
  dropSearch(): void {
    this.#search = null;
  }

  /** More of the dump is known, or other modules are open: what waited for that is shown. */
  progress(snapshot: Snapshot): void {
    const module = this.#code === null ? null : moduleOf(snapshot, this.#code.code);
    if (this.#code !== null && module !== null) {
      const { function: index, offset } = this.#code.code;
      this.#code = null;
      goToCode({ module: module.id, function: index }, offset);
    }
    const search = this.#search;
    if (search === null || !settled(snapshot)) return;
    this.#search = null;
    fillSearch(search);
    startSearch();
  }

  /** A view of the page with what is awaited in it. */
  over(found: LinkView, gesture: number): LinkView {
    if (found.code !== null) this.#code = null;
    const code = this.#code?.code ?? found.code;
    // As wherever a place was gone to.
    const frame = this.#code === null ? found.frame : this.#code.of;
    const view = { ...found, frame, code, search: this.#search ?? found.search };
    const asked = this.#gaps;
    if (asked === null) return view;
    const answered = sameGaps(asked.gaps, view.gaps) || asked.gesture !== gesture;
    if (answered) this.#gaps = null;
    return answered ? view : { ...view, gaps: asked.gaps };
  }
}

function sameGaps(one: readonly LinkGaps[], other: readonly LinkGaps[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
