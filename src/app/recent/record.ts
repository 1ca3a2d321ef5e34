import type { FileKind } from '../../coredump/model';
import type { NamedFile, Snapshot } from '../../session/types';
import type { Dropped } from '../intake/expand';
import { sourceOf } from '../link/source';
import { snapshotOf, useStore } from '../store';
import {
  type GivenHandle,
  ITEM_LIMIT,
  isSame,
  type RecentEntry,
  type RecentSource,
  type Stamp,
  withEntry,
} from './entry';
import { changeRecent, loadRecent } from './list';
import { markOf, originOf } from './marks';
import { useOpened } from './opened';
import { remembers } from './setting';
import { headlineOf } from './words';

/** What the page shows as a dump. Of other files it says what they are. */
const LISTED: ReadonlySet<FileKind> = new Set<FileKind>(['coredump', 'module', 'snapshot', 'memory-image']);

/** Snapshots come in quick succession while names are worked out. */
const QUIET_MS = 300;

/** The entry of the open dump, once it has one. */
let current: { readonly snapshot: number; readonly id: string } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
/** The dump of which a first record was begun. */
let begun = -1;
/** One after the other: the second finds what the first wrote. */
let writing: Promise<unknown> = Promise.resolve();

/** Remembers the open dump, and again whenever more is known of it. */
export function followOpened(): void {
  const soon = () => {
    clearTimeout(timer);
    const snapshot = snapshotOf(useStore.getState());
    if (snapshot === null || useOpened.getState().dump === null) return;
    // The first time at once: it may be closed in a moment.
    if (snapshot.id === begun) timer = setTimeout(() => void recordOpened(), QUIET_MS);
    else void recordOpened();
    begun = snapshot.id;
  };
  useStore.subscribe((state, before) => {
    if (snapshotOf(state) !== snapshotOf(before)) soon();
  });
  useOpened.subscribe(soon);
  soon();
}

/** Writes what is known of the open dump now. @returns the id of its entry; null: it has none. */
export function recordOpened(): Promise<string | null> {
  clearTimeout(timer);
  const recorded = writing.then(record);
  writing = Promise.allSettled([recorded]);
  return recorded;
}

async function record(): Promise<string | null> {
  const snapshot = snapshotOf(useStore.getState());
  const { dump } = useOpened.getState();
  if (snapshot === null || dump === null || dump.name !== snapshot.name) return null;
  if (!LISTED.has(snapshot.dump.file.kind) || !remembers()) return null;
  const modules = usedModules(snapshot);
  const from = await sourceNow(dump, modules);
  if (from === null) return null;
  const known = current?.snapshot === snapshot.id ? current.id : null;
  if (known !== null && !(await loadRecent()).some(({ id }) => id === known)) return null;
  const fresh: RecentEntry = {
    id: crypto.randomUUID(),
    name: snapshot.name,
    size: snapshot.dump.file.size,
    opened: Date.now(),
    headline: headlineOf(snapshot),
    modules: modules.length,
    from: from === 'kept' ? { kind: 'user', gave: 'file', stamp: null } : from,
    copy: null,
  };
  const id = known ?? copyId(dump) ?? (await sameEntry(fresh)) ?? fresh.id;
  let written = await changeRecent((entries) => changed(entries, { ...fresh, id }, known !== null, from));
  // Some windows store anything but handles (private ones of some browsers).
  if (written === null && from !== 'kept' && from.kind === 'handles') {
    const bare = { kind: 'user', gave: 'file', stamp: from.stamp } as const;
    written = await changeRecent((entries) =>
      changed(entries, { ...fresh, id, from: bare }, known !== null, bare),
    );
  }
  if (written?.some((entry) => entry.id === id) !== true) return null;
  current = { snapshot: snapshot.id, id };
  return id;
}

function changed(
  entries: readonly RecentEntry[],
  fresh: RecentEntry,
  again: boolean,
  from: RecentSource | 'kept',
): readonly RecentEntry[] {
  const before = entries.find(({ id }) => id === fresh.id);
  // Forgotten by the user while the dump was open: it stays forgotten.
  if (before === undefined) return again ? entries : withEntry(entries, fresh);
  return withEntry(entries, {
    ...fresh,
    from: from === 'kept' ? before.from : from,
    opened: again ? before.opened : fresh.opened,
    copy: before.copy,
  });
}

/** The files of the modules that are used with the dump: those that do not match are not among them. */
function usedModules({ modules }: Snapshot): readonly NamedFile[] {
  const { modules: files } = useOpened.getState();
  return modules.flatMap(({ id, verdict }) => (verdict === 'no-match' ? [] : (files.get(id) ?? [])));
}

/** Where the open dump came from. 'kept': out of a copy, so its entry knows. Null: nothing to remember. */
async function sourceNow(
  dump: NamedFile,
  modules: readonly NamedFile[],
): Promise<RecentSource | 'kept' | null> {
  const link = sourceOf([dump, ...modules]);
  if (link.kind === 'url') return { kind: 'link', dump: link.dump, modules: link.modules };
  if (link.kind === 'embedded') return { kind: 'user', gave: 'link', stamp: null };
  if (!('blob' in dump)) return null;
  const origin = originOf(dump.blob);
  if (origin === null) return { kind: 'user', gave: 'paste', stamp: null };
  const mark = markOf(origin.item);
  if (mark?.kind === 'sample') return null;
  if (mark?.kind === 'copy') return 'kept';
  const items = new Set<Dropped>([origin.item]);
  for (const module of modules) {
    const item = 'blob' in module ? originOf(module.blob)?.item : undefined;
    if (item !== undefined) items.add(item);
  }
  for (const item of useOpened.getState().texts) items.add(item);
  const handles = await Promise.all(Array.from(items).slice(0, ITEM_LIMIT).map(handleOf));
  const stamp = stampOf(origin.item);
  if (handles[0] === null) return { kind: 'user', gave: 'file', stamp };
  const given = handles.filter((handle) => handle !== null);
  return { kind: 'handles', dump: origin.path, items: given, stamp };
}

/** The entry whose copy is open. */
function copyId(dump: NamedFile): string | null {
  const origin = 'blob' in dump ? originOf(dump.blob) : null;
  const mark = origin === null ? null : markOf(origin.item);
  return mark?.kind === 'copy' ? mark.id : null;
}

async function handleOf(item: Dropped): Promise<GivenHandle | null> {
  const mark = markOf(item);
  const handle = mark?.kind === 'handle' ? await mark.handle : null;
  if (handle === null) return null;
  if (item.kind === 'folder')
    return handle.kind === 'directory'
      ? { kind: 'folder', handle: handle as FileSystemDirectoryHandle }
      : null;
  const stamp = stampOf(item);
  if (handle.kind !== 'file' || stamp === null) return null;
  const { nested, path } = item;
  return { kind: 'file', path, nested, handle: handle as FileSystemFileHandle, stamp };
}

/** Null for what has no date: a Blob that no file system knows. */
function stampOf(item: Dropped): Stamp | null {
  if (item.kind === 'folder' || !(item.blob instanceof File)) return null;
  return { size: item.blob.size, modified: item.blob.lastModified };
}

/** The entry of the same dump, opened before. */
async function sameEntry(fresh: RecentEntry): Promise<string | null> {
  for (const entry of await loadRecent()) {
    if (isSame(entry, fresh)) return entry.id;
    // The file has changed since: a copy is of what it was, so that entry stays.
    if (entry.copy === null && (await isSameFile(entry.from, fresh.from))) return entry.id;
  }
  return null;
}

async function isSameFile(one: RecentSource, other: RecentSource): Promise<boolean> {
  if (one.kind !== 'handles' || other.kind !== 'handles' || one.dump !== other.dump) return false;
  const [a, b] = [one.items[0], other.items[0]];
  return a !== undefined && b !== undefined && a.kind === b.kind && a.handle.isSameEntry(b.handle);
}
