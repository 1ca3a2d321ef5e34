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
  /** The line that the cursor was moved to; null: it stands where the view went. */
  readonly line: number | null;
  /** Another number for each visit: the place of one that is there already is brought into view again. */
  readonly visit: number;
}

interface ShownState {
  readonly shown: ShownSource | null;
}

export const useShownSource = create<ShownState>()(() => ({ shown: null }));

/** Shows something else in the source view while a frame stays selected. */
export function setShownSource(shown: Omit<ShownSource, 'visit' | 'line'>): void {
  useShownSource.setState((state) => ({
    shown: { ...shown, line: null, visit: (state.shown?.visit ?? 0) + 1 },
  }));
}

/** Back to the selected frame's own line. */
export function forgetShownSource(): void {
  useShownSource.setState({ shown: null });
}

/** The cursor moves in the text that is shown. @param file which that is, where it is the frame's own. */
export function moveInSource(file: SourceFile, line: number): void {
  const { frame } = useStore.getState();
  const { shown } = useShownSource.getState();
  const held = shown?.of === frame ? shown : null;
  const here = held ?? { of: frame, inline: 0, file: null, at: null, visit: shown?.visit ?? 0 };
  // A line that was gone to has its file already.
  useShownSource.setState({ shown: { ...here, file: here.at === null ? file : here.file, line } });
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
