import type { Address, Bytes } from '../../bytes/units';
import type { SearchQuery } from '../../memory/search/query';
import type { GapOverride } from '../../session/types';
import type { OffsetBase } from '../code-place';
import { type View as MemoryView, PLAIN } from '../memory-view';
import type { DrawerTab, FrameRef, View } from '../store';
import { ALL_STRINGS, type StringsForm } from '../strings';
import type { Overlay } from '../structs/saved';

/** Everything that a link says. */
export interface Link {
  readonly source: LinkSource;
  readonly view: LinkView;
  /** What could not be understood, as sentences. */
  readonly problems: readonly string[];
}

/** Where the dump is that a link is about. */
export type LinkSource =
  /** Not in the link: whoever opens it has the file. */
  | { readonly kind: 'none' }
  /** As they stand in the link, http(s) or relative to the page. */
  | { readonly kind: 'url'; readonly dump: string; readonly modules: readonly string[] }
  /** One of src/app/samples.ts, by its id: a part of the page, beside it or in the single file. */
  | { readonly kind: 'sample'; readonly id: string }
  /** `data`: the dump, deflated without a wrapper, as base64url. */
  | {
      readonly kind: 'embedded';
      readonly data: string;
      readonly name: string | null;
      /** `none`: its data sections were left out, to be short. */
      readonly memory: 'whole' | 'none';
    };

/** What is seen of the dump. Null, 0 and empty are the defaults, and stand in no link. */
export interface LinkView {
  /** Null: the one that the page selects by itself. */
  readonly frame: FrameRef | null;
  readonly memory: number;
  readonly bytes: LinkBytes | null;
  readonly middle: View;
  /** The list that is open below, or that none is; null: the first one. */
  readonly lists: DrawerTab | 'closed' | null;
  /** The user's word on gaps, by memory, ascending. */
  readonly gaps: readonly LinkGaps[];
  readonly search: LinkSearch | null;
  /** How rows of memory are drawn. */
  readonly rows: MemoryView;
  /** Where the disassembly stands; null: where the frame does. */
  readonly code: LinkCode | null;
  readonly offsets: OffsetBase;
  /** What the source view shows; null: the frame's own line. */
  readonly source: LinkSourcePlace | null;
  /** Which strings are listed. */
  readonly strings: StringsForm;
  /** The structs laid over the memory; null where there are none, or their text is too long for a link. */
  readonly structs: Overlay | null;
}

/** An instruction. */
export interface LinkCode {
  /** The module's file, by its name: numbers of modules mean nothing elsewhere. Null: the only one. */
  readonly module: string | null;
  readonly function: number;
  /** From the body's start; null: the first. */
  readonly offset: Bytes | null;
}

/** A place in the sources. */
export interface LinkSourcePlace {
  /** Which of the frame's lines, from the innermost inlined function on. */
  readonly inline: number;
  /** Null: that line's own. */
  readonly file: { readonly path: string; readonly line: number | null } | null;
}

/** Selected bytes: from `anchor` to `focus`, both included; `focus` is where the cursor is. */
export interface LinkBytes {
  readonly memory: number;
  readonly anchor: Address;
  readonly focus: Address;
}

export interface LinkGaps {
  readonly memory: number;
  readonly gaps: GapOverride;
}

/** A search as it was asked for. How wide a pointer is, the memory says. */
export interface LinkSearch {
  readonly query:
    | Exclude<SearchQuery, { kind: 'pointers' }>
    | { readonly kind: 'pointers'; readonly text: string; readonly aligned: boolean };
  readonly zeros: boolean;
}

export const NO_VIEW: LinkView = {
  frame: null,
  memory: 0,
  bytes: null,
  middle: 'memory',
  lists: null,
  gaps: [],
  search: null,
  rows: PLAIN,
  code: null,
  offsets: 'function',
  source: null,
  strings: ALL_STRINGS,
  structs: null,
};

export const NO_SOURCE: LinkSource = { kind: 'none' };

/** The version that is written, and the only one that is read without a word. */
export const LINK_VERSION = 1;
