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

/** Something to know about the files that were just given, or to decide. Success needs none. */
export interface Notice {
  readonly id: number;
  readonly message: string;
  readonly actions: readonly NoticeAction[];
}

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

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

/** Bytes that a row of the inspector speaks of while it is hovered or focused: first to last, both included. */
export interface MarkedRange {
  readonly memory: number;
  readonly first: Address;
  readonly last: Address;
}

/** A number that was picked outside the memory: a global, or a value of a frame. */
export type PickedValue =
  | { readonly kind: 'global'; readonly index: number }
  | { readonly kind: 'local' | 'operand'; readonly frame: FrameRef; readonly index: number };

export type DrawerTab =
  | 'globals'
  | 'segments'
  | 'sections'
  | 'modules'
  | 'search'
  | 'strings'
  | 'structs'
  | 'compare'
  | 'problems';
/** What stands in the middle. */
export type View = 'memory' | 'source' | 'disassembly';
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
  /** Outlined in the grid; null: nothing is. */
  readonly marked: MarkedRange | null;
  /** In which order the inspector reads bytes. Pointers are little-endian always, as Wasm's memory is. */
  readonly endian: 'little' | 'big';
  /** Grows with each wish to copy in another form than a hex dump: the copy menu opens when it changes. */
  readonly copyMenu: number;
  /** The value whose target the inspector explains; null when the bytes are what was picked last. */
  readonly picked: PickedValue | null;
  /** The memory into which integers are followed, by the user's choice; null: memory 0 of the frame's instance. */
  readonly pointerMemory: number | null;
  /** Grows with each jump: the memory panel scrolls to `bytes.focus` when it changes. */
  readonly reveal: number;
  readonly drawer: DrawerTab;
  readonly drawerOpen: boolean;
  /** The row of the Sections list to bring into view, by index; null: none was asked for. */
  readonly section: number | null;
  /** What the middle shows: the memory, or the code of the selected frame. */
  readonly view: View;
  /** Which panel is seen where only one fits. */
  readonly pane: Pane;
  /** What the live line says of the place under the cursor: address, byte, state. */
  readonly live: string;
  /** Grows with each wish to type an address: the memory panel focuses its "Go to" when it changes. */
  readonly focusGoTo: number;
  /** Grows with each wish to search: the box of the search takes the focus when it changes. */
  readonly focusSearch: number;
  /** Where the hits of the search begin, ascending, in memory `hitsMemory`. */
  readonly hits: readonly Address[];
  readonly hitsMemory: number;
  /** Notices that wait for the user, oldest first. */
  readonly notices: readonly Notice[];
}

export interface AppActions {
  readonly setPhase: (phase: Phase) => void;
  readonly selectFrame: (frame: FrameRef | null) => void;
  readonly showMemory: (memory: number) => void;
  /** Selects without scrolling: the bytes are in view (a click, an arrow key). */
  readonly selectBytes: (bytes: ByteSelection | null) => void;
  /** Selects and scrolls there: a link, go-to, a row of a table. */
  readonly jump: (memory: number, address: Address, length?: Bytes) => void;
  readonly mark: (marked: MarkedRange | null) => void;
  readonly setEndian: (endian: AppState['endian']) => void;
  readonly openCopyMenu: () => void;
  readonly pick: (picked: PickedValue | null) => void;
  readonly pointInto: (memory: number | null) => void;
  readonly showDrawer: (tab: DrawerTab) => void;
  /** Shows the Sections list at this section. */
  readonly showSection: (section: number) => void;
  readonly toggleDrawer: (open: boolean) => void;
  readonly showView: (view: View) => void;
  readonly showPane: (pane: Pane) => void;
  readonly setLive: (live: string) => void;
  readonly goTo: () => void;
  /** Shows the search, its box focused. */
  readonly search: () => void;
  readonly setHits: (hits: readonly Address[], memory: number) => void;
  readonly notify: (message: string, actions?: readonly NoticeAction[]) => void;
  readonly dismiss: (id: number) => void;
  readonly dismissAll: () => void;
  /** A new dump: nothing that was selected in the old one means anything. */
  readonly reset: (phase: Phase) => void;
}

const SELECTION = {
  frame: null,
  memory: 0,
  bytes: null,
  marked: null,
  picked: null,
  pointerMemory: null,
  section: null,
  live: '',
  hits: [],
  hitsMemory: 0,
} as const;
let lastNotice = 0;

export const useStore = create<AppState & AppActions>()((set) => ({
  phase: { kind: 'start' },
  frame: null,
  memory: 0,
  bytes: null,
  marked: null,
  endian: 'little',
  copyMenu: 0,
  picked: null,
  pointerMemory: null,
  reveal: 0,
  drawer: 'globals',
  drawerOpen: true,
  section: null,
  view: 'memory',
  pane: 'mid',
  live: '',
  focusGoTo: 0,
  focusSearch: 0,
  hits: [],
  hitsMemory: 0,
  notices: [],
  setPhase: (phase) => set({ phase }),
  selectFrame: (frame) => set({ frame, picked: null }),
  showMemory: (memory) => set({ memory }),
  selectBytes: (bytes) => set({ bytes, picked: null }),
  mark: (marked) => set({ marked }),
  setEndian: (endian) => set({ endian }),
  openCopyMenu: () => set((state) => ({ copyMenu: state.copyMenu + 1, pane: 'right' })),
  pick: (picked) => set({ picked }),
  pointInto: (pointerMemory) => set({ pointerMemory }),
  jump: (memory, address, length = 1) =>
    set((state) => ({
      memory,
      bytes: { memory, anchor: address + Math.max(1, length) - 1, focus: address },
      picked: null,
      reveal: state.reveal + 1,
      view: 'memory',
      pane: 'mid',
    })),
  showDrawer: (drawer) => set({ drawer, drawerOpen: true }),
  showSection: (section) => set({ section, drawer: 'sections', drawerOpen: true, pane: 'mid' }),
  toggleDrawer: (drawerOpen) => set({ drawerOpen }),
  showView: (view) => set({ view, pane: 'mid' }),
  showPane: (pane) => set({ pane }),
  setLive: (live) => set({ live }),
  goTo: () => set((state) => ({ focusGoTo: state.focusGoTo + 1, view: 'memory', pane: 'mid' })),
  search: () =>
    set((state) => ({
      focusSearch: state.focusSearch + 1,
      drawer: 'search',
      drawerOpen: true,
      pane: 'mid',
    })),
  setHits: (hits, hitsMemory) => set({ hits, hitsMemory }),
  notify: (message, actions = []) =>
    set((state) => ({ notices: [...state.notices, { id: ++lastNotice, message, actions }] })),
  dismiss: (id) => set((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) })),
  dismissAll: () => set({ notices: [] }),
  reset: (phase) => set({ phase, ...SELECTION }),
}));

/** The open dump's snapshot, or null. */
export const snapshotOf = (state: AppState): Snapshot | null =>
  state.phase.kind === 'open' ? state.phase.snapshot : null;
