import { create } from 'zustand';
import type { Bytes } from '../bytes/units';
import type { CodePlace } from '../session/code-types';
import { type AppState, type FrameRef, snapshotOf, useStore } from './store';

/** What the offsets of the disassembly count from. */
export type OffsetBase = 'function' | 'code' | 'file';

export const OFFSET_BASES: readonly OffsetBase[] = ['function', 'code', 'file'];

/** What the disassembly shows instead of the selected frame's place. It holds while that frame is selected. */
export interface GoneCode {
  /** Of which dump: a frame of another one is another frame. */
  readonly dump: number;
  readonly of: FrameRef | null;
  readonly place: CodePlace;
  /** Of the instruction under the cursor, from the body's start; null: the first. */
  readonly offset: Bytes | null;
  /** Which arrival brought the listing there. Moving the cursor keeps it; with another one the place is brought into view. */
  readonly arrival: string;
}

interface CodePlaceState {
  readonly gone: GoneCode | null;
  readonly arrivals: number;
  readonly base: OffsetBase;
}

export const useCodePlace = create<CodePlaceState>()(() => ({ gone: null, arrivals: 0, base: 'function' }));

/** Where the user went in the code from the selected frame; null: the frame's own place is shown. */
export function goneOf({ gone }: CodePlaceState, state: AppState): GoneCode | null {
  return gone !== null && gone.of === state.frame && gone.dump === snapshotOf(state)?.id ? gone : null;
}

/** Goes to an instruction, also to where one already is: it is then brought into view again. */
export function goToCode(place: CodePlace, offset: Bytes | null): void {
  const arrivals = useCodePlace.getState().arrivals + 1;
  put(place, offset, `gone ${arrivals}`);
  useCodePlace.setState({ arrivals });
}

/** The cursor moved to an instruction that is in view. */
export function moveInCode(place: CodePlace, offset: Bytes, arrival: string): void {
  put(place, offset, arrival);
}

/** Back to where the selected frame stands. */
export function leaveCode(): void {
  useCodePlace.setState(({ arrivals }) => ({ gone: null, arrivals: arrivals + 1 }));
}

export function setOffsetBase(base: OffsetBase): void {
  useCodePlace.setState({ base });
}

function put(place: CodePlace, offset: Bytes | null, arrival: string): void {
  const state = useStore.getState();
  const dump = snapshotOf(state)?.id;
  if (dump !== undefined) useCodePlace.setState({ gone: { dump, of: state.frame, place, offset, arrival } });
}
