import { useEffect, useMemo, useReducer, useState } from 'react';
import { session } from '../../app/session';
import type { Overlay } from '../../app/structs/saved';
import { useStructs } from '../../app/structs/state';
import type { Bytes } from '../../bytes/units';
import { type Compiled, compileStructs } from '../../memory/structs/compile';
import type { RecordType } from '../../memory/structs/layout';
import type { Items, Tree } from '../../memory/structs/tree';
import { type LinkMember, linkMembers, type Walk, walkList } from '../../memory/structs/walk';
import type { Snapshot } from '../../session/types';
import { ByteCache } from './byte-cache';

export interface Root {
  readonly name: string;
  readonly type: RecordType;
}

/** What the text of an overlay amounts to in this dump. */
export interface Laid {
  readonly compiled: Compiled;
  readonly roots: readonly Root[];
  /** The struct that is laid; null: the text has none. */
  readonly root: Root | null;
  readonly links: readonly LinkMember[];
  /** The member that is followed; null: none, or there is no such member any more. */
  readonly link: LinkMember | null;
  readonly pointerSize: 4 | 8;
}

export function useLaid(overlay: Overlay, snapshot: Snapshot): Laid {
  const { text, root: wanted, follow } = overlay;
  const memory64 = snapshot.memories[overlay.memory]?.declaration.memory64 ?? false;
  const compiled = useMemo(() => compileStructs(text, memory64), [text, memory64]);
  return useMemo(() => {
    const pointerSize = memory64 ? 8 : 4;
    if (compiled.kind === 'problem')
      return { compiled, roots: [], root: null, links: [], link: null, pointerSize };
    const { layouts } = compiled;
    const { roots } = layouts;
    const root = roots.find(({ name }) => name === wanted) ?? roots.at(-1) ?? null;
    const links = root === null ? [] : linkMembers(root.type, layouts, pointerSize);
    const link = links.find(({ name }) => name === follow) ?? null;
    return { compiled, roots, root, links, link, pointerSize };
  }, [compiled, wanted, follow, memory64]);
}

/** The tree to show, or null while there is none: no struct, or the list is still being followed. */
export function useTree(laid: Laid, overlay: Overlay, walk: Walk | null): Tree | null {
  const opened = useStructs((state) => state.opened);
  const { compiled, root, link } = laid;
  const { address, count } = overlay;
  return useMemo(() => {
    if (compiled.kind === 'problem' || root === null || (link !== null && walk === null)) return null;
    const { name, type } = root;
    const items: Items =
      walk === null
        ? { kind: 'array', address, count: reachable(count, address, type.size) }
        : { kind: 'list', addresses: walk.addresses };
    return { name, type, layouts: compiled.layouts, items, opened };
  }, [compiled, root, link, walk, address, count, opened]);
}

/** So many that their addresses are still exact numbers. */
function reachable(count: number, address: number, size: Bytes): number {
  if (size === 0) return count;
  return Math.max(1, Math.min(count, Math.floor((Number.MAX_SAFE_INTEGER - address) / size)));
}

/** The nodes of the list that starts at the overlay's address; null while they are not known, or none is followed. */
export function useWalk(laid: Laid, overlay: Overlay, snapshot: Snapshot): Walk | null {
  const { memory, address } = overlay;
  const { link, pointerSize } = laid;
  const limit = useStructs((state) => state.limit);
  const memorySize = snapshot.memories[memory]?.size ?? 0;
  const offset = link?.offset ?? null;
  const { version } = snapshot;
  const [found, setFound] = useState<{ readonly key: string; readonly walk: Walk } | null>(null);
  const key = `${version} ${memory} ${address} ${offset} ${limit}`;
  useEffect(() => {
    if (offset === null) return;
    let wanted = true;
    const read = (at: number, length: number) => {
      if (!wanted) throw new Error('Another walk has begun.');
      return session().read(memory, at, length);
    };
    walkList({ start: address, offset, pointerSize, memorySize, limit, read }).then(
      (walk) => {
        if (wanted) setFound({ key, walk });
      },
      // Another walk has begun, or the worker died: the page as a whole says so.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [key, memory, address, offset, pointerSize, memorySize, limit]);
  if (offset === null || found === null) return null;
  return found.key === key ? found.walk : null;
}

/** Bytes of a memory for what is drawn; the component draws again when some arrive. */
export function useByteCache(memory: number, version: number): ByteCache {
  const [, arrived] = useReducer((count: number) => count + 1, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was fetched for an older version is stale
  return useMemo(
    () => new ByteCache((address, length) => session().read(memory, address, length), arrived),
    [memory, version],
  );
}
