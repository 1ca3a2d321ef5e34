import { create } from 'zustand';
import type { Address, Bytes } from '../bytes/units';
import type { Progress, Snapshot } from '../session/types';

/** What the page is doing. `open` has a snapshot. */
export type Phase =
  | { readonly kind: 'start' }
  /** Nothing of the file is known yet. */
  | { readonly kind: 'opening'; readonly name: string; readonly progress: Progress | null }
  | { readonly kind: 'open'; readonly snapshot: Snapshot }
  /** Nothing can be shown; `message` is a sentence. */
  | { readonly kind: 'failed'; readonly name: string; readonly message: string };

export interface FrameRef {
  readonly thread: number;
  readonly frame: number;
}

/** The selected bytes of the shown memory: from `anchor` to `focus`, both included; `focus` is where the cursor is. */
export interface ByteSelection {
  readonly memory: number;
  readonly anchor: Address;
  readonly focus: Address;
}

export type DrawerTab = 'globals' | 'segments' | 'sections' | 'modules' | 'problems';
export type Pane = 'left' | 'mid' | 'right';

/** What the panels show. Derived things are selectors; nothing here repeats what the snapshot says. */
export interface AppState {
  /** What stands on the page as a whole. */
  readonly phase: Phase;
  /** The frame that the tree marks and the inspector explains. */
  readonly frame: FrameRef | null;
  /** The memory in the middle. */
  readonly memory: number;
  /** The selected bytes; null until something was selected in this dump. */
  readonly bytes: ByteSelection | null;
  /** Grows with each jump: the memory panel scrolls to `bytes.focus` when it changes. */
  readonly reveal: number;
  readonly drawer: DrawerTab;
  readonly drawerOpen: boolean;
  /** Which panel is seen where only one fits. */
  readonly pane: Pane;
  /** The one polite sentence of the status bar: address, byte and state under the cursor, or what an action came to. */
  readonly live: string;
}

export interface AppActions {
  readonly setPhase: (phase: Phase) => void;
  readonly selectFrame: (frame: FrameRef | null) => void;
  readonly showMemory: (memory: number) => void;
  /** Selects without scrolling: the bytes are in view (a click, an arrow key). */
  readonly selectBytes: (bytes: ByteSelection | null) => void;
  /** Selects and scrolls there: a link, go-to, a row of a table. */
  readonly jump: (memory: number, address: Address, length?: Bytes) => void;
  readonly showDrawer: (tab: DrawerTab) => void;
  readonly toggleDrawer: (open: boolean) => void;
  readonly showPane: (pane: Pane) => void;
  readonly setLive: (live: string) => void;
}

export const useStore = create<AppState & AppActions>()((set) => ({
  phase: { kind: 'start' },
  frame: null,
  memory: 0,
  bytes: null,
  reveal: 0,
  drawer: 'globals',
  drawerOpen: true,
  pane: 'mid',
  live: '',
  setPhase: (phase) => set({ phase }),
  selectFrame: (frame) => set({ frame }),
  showMemory: (memory) => set({ memory }),
  selectBytes: (bytes) => set({ bytes }),
  jump: (memory, address, length = 1) =>
    set((state) => ({
      memory,
      bytes: { memory, anchor: address + Math.max(1, length) - 1, focus: address },
      reveal: state.reveal + 1,
      pane: 'mid',
    })),
  showDrawer: (drawer) => set({ drawer, drawerOpen: true }),
  toggleDrawer: (drawerOpen) => set({ drawerOpen }),
  showPane: (pane) => set({ pane }),
  setLive: (live) => set({ live }),
}));

/** The open dump's snapshot, or null. */
export const snapshotOf = (state: AppState): Snapshot | null =>
  state.phase.kind === 'open' ? state.phase.snapshot : null;
