import type { ProxyMarked } from 'comlink';
import type { BlobReader } from '../bytes/read-blob';
import type { Address, Bytes } from '../bytes/units';
import type { Dump, Frame, Global, Section, Thread } from '../coredump/model';
import type { CodeSession } from './code-types';
import type { FrameName, MemoryWindow, Names, Session, Snapshot, Update } from './types';

/** What stands in a list's place while it crosses. */
interface ListName {
  readonly wireList: number;
}

type Packed<T> = readonly T[] | ListName;

type PackedThread = Omit<Thread, 'frames'> & { readonly frames: Packed<Frame> };

type PackedDump = Omit<Dump, 'threads' | 'globals' | 'sections'> & {
  readonly threads: readonly PackedThread[];
  readonly globals: Packed<Global>;
  readonly sections: Packed<Section>;
};

type PackedNames = Omit<Names, 'frames' | 'globals'> & {
  readonly frames: readonly Packed<FrameName>[];
  readonly globals: Packed<string | null>;
};

type PackedSnapshot = Omit<Snapshot, 'dump' | 'names'> & {
  readonly dump: PackedDump;
  readonly names: PackedNames;
};

/**
 * How updates cross the worker's boundary. A snapshot of a deep stack holds hundreds of thousands of small objects, and
 * a message is decoded in one piece: 200,000 frames would stop the page for a second, twice. So long lists go ahead in
 * portions, each a message of its own, and a list that was sent already is named, not sent again.
 */
export type WireMessage =
  | { readonly kind: 'portion'; readonly list: number; readonly items: readonly unknown[] }
  /** Lists of an earlier dump are not needed any more. */
  | { readonly kind: 'forget' }
  | { readonly kind: 'snapshot'; readonly snapshot: PackedSnapshot }
  | { readonly kind: 'update'; readonly update: Exclude<Update, { kind: 'snapshot' }> };

/** A read, with the number by which it can be given up. */
export type WireRead = (
  memory: number,
  address: Address,
  length: Bytes,
  ticket: number,
) => Promise<MemoryWindow>;

/** The session as the worker offers it: updates come as messages. */
export type WireSession = Omit<Session, 'open' | 'read' | 'compare' | 'keep' | 'code'> & {
  readonly read: WireRead;
  readonly cancel: (ticket: number) => Promise<void>;
  readonly code: CodeSession & ProxyMarked;
  /** Names the page as the reader of what the worker is not let read. */
  readonly readBlobsThere: (reader: BlobReader) => void;
  readonly open: (
    files: Parameters<Session['open']>[0],
    mode: Parameters<Session['open']>[1],
    post: (message: WireMessage) => void,
  ) => ReturnType<Session['open']>;
};

/** Shorter lists go with the snapshot. */
const SHORT = 500;
/** A portion holds about this many objects: a few milliseconds of decoding. */
const PORTION = 4000;

/** Cuts updates into messages, on the worker's side. */
export class Outbox {
  readonly #post: (message: WireMessage) => void;
  #dump = -1;
  #sent = new Map<readonly unknown[], number>();
  #next = 0;

  constructor(post: (message: WireMessage) => void) {
    this.#post = post;
  }

  send(update: Update): void {
    if (update.kind !== 'snapshot') {
      this.#post({ kind: 'update', update });
      return;
    }
    const { snapshot } = update;
    if (snapshot.id !== this.#dump) {
      this.#dump = snapshot.id;
      this.#sent = new Map();
      this.#post({ kind: 'forget' });
    }
    const { dump, names } = snapshot;
    const threads = dump.threads.map((thread) => ({
      ...thread,
      frames: this.#name(thread.frames, weighFrame),
    }));
    const packed = {
      ...snapshot,
      dump: {
        ...dump,
        threads,
        globals: this.#name(dump.globals, one),
        sections: this.#name(dump.sections, one),
      },
      names: {
        ...names,
        frames: names.frames.map((frames) => this.#name(frames, one)),
        globals: this.#name(names.globals, one),
      },
    };
    this.#post({ kind: 'snapshot', snapshot: packed });
  }

  /** Sends a long list in portions, once, and answers with what stands in its place. */
  #name<T>(list: readonly T[], weigh: (item: T) => number): Packed<T> {
    if (list.length < SHORT) return list;
    const known = this.#sent.get(list);
    if (known !== undefined) return { wireList: known };
    const id = this.#next;
    this.#next += 1;
    this.#sent.set(list, id);
    let start = 0;
    let weight = 0;
    for (const [index, item] of list.entries()) {
      weight += weigh(item);
      if (weight < PORTION && index < list.length - 1) continue;
      this.#post({ kind: 'portion', list: id, items: list.slice(start, index + 1) });
      start = index + 1;
      weight = 0;
    }
    return { wireList: id };
  }
}

const one = (): number => 1;

const weighFrame = (frame: {
  readonly locals: readonly unknown[];
  readonly stack: readonly unknown[];
}): number => 1 + frame.locals.length + frame.stack.length;

/** Puts messages together again, on the page's side. */
export class Inbox {
  #lists = new Map<number, unknown[]>();

  /** The update that is whole with this message; null for a part of one. */
  receive(message: WireMessage): Update | null {
    switch (message.kind) {
      case 'forget':
        this.#lists = new Map();
        return null;
      case 'portion': {
        const list = this.#lists.get(message.list) ?? [];
        this.#lists.set(message.list, list);
        for (const item of message.items) list.push(item);
        return null;
      }
      case 'snapshot':
        return { kind: 'snapshot', snapshot: this.#unpack(message.snapshot) };
      case 'update':
        return message.update;
    }
  }

  #unpack(packed: PackedSnapshot): Snapshot {
    const { dump, names } = packed;
    const threads = dump.threads.map((thread) => ({ ...thread, frames: this.#list(thread.frames) }));
    return {
      ...packed,
      dump: { ...dump, threads, globals: this.#list(dump.globals), sections: this.#list(dump.sections) },
      names: {
        ...names,
        frames: names.frames.map((frames) => this.#list(frames)),
        globals: this.#list(names.globals),
      },
    };
  }

  /** The portions of a list are of the type that the list had when the outbox took its name. */
  #list<T>(packed: Packed<T>): readonly T[] {
    return 'wireList' in packed ? ((this.#lists.get(packed.wireList) ?? []) as T[]) : packed;
  }
}
