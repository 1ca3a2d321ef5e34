import { create } from 'zustand';
import type { FrameLine } from '../../session/types';
import { type FrameRef, useStore } from '../store';
import type { SourceFile } from './registry';

/** What the source view shows instead of the selected frame's own line. It holds while that frame is selected. */
export interface ShownSource {
  readonly of: FrameRef | null;
  /** Which of the frame's lines. */
  readonly inline: number;
  /** A file that was chosen; null: the one of the line. */
  readonly file: SourceFile | null;
  /** A line that was gone to from elsewhere; null: the frame's. */
  readonly at: (FrameLine & { readonly own: SourceFile | null }) | null;
  /** Another number for each visit: the place of one that is there already is brought into view again. */
  readonly visit: number;
}

interface ShownState {
  readonly shown: ShownSource | null;
}

export const useShownSource = create<ShownState>()(() => ({ shown: null }));

/** Shows something else in the source view while a frame stays selected. */
export function setShownSource(shown: Omit<ShownSource, 'visit'>): void {
  useShownSource.setState((state) => ({ shown: { ...shown, visit: (state.shown?.visit ?? 0) + 1 } }));
}

/**
 * Goes to a line in the source view.
 * @param own the file that came with the module.
 */
export function showSource(at: FrameLine, own: SourceFile | null): void {
  const { frame, showView } = useStore.getState();
  setShownSource({ of: frame, inline: 0, file: null, at: { ...at, own } });
  showView('source');
}
