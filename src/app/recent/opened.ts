import { create } from 'zustand';
import type { FileRole, NamedFile } from '../../session/types';
import type { Dropped } from '../intake/expand';

interface OpenedNow {
  /** The file of the open dump; null: none is open, or its role is not known yet. */
  readonly dump: NamedFile | null;
  /** The files of the debug modules that the session has, by their ids. */
  readonly modules: ReadonlyMap<number, NamedFile>;
  /** What source texts came in that were given while the dump was open, or with it. */
  readonly texts: readonly Dropped[];
}

const NOTHING: OpenedNow = { dump: null, modules: new Map(), texts: [] };

/** Which files became what. */
export const useOpened = create<OpenedNow>()(() => NOTHING);

/** Another dump is being opened. Debug modules stay with the session. */
export function dumpLeaves(): void {
  useOpened.setState({ dump: null, texts: [] });
}

/** The session was closed, or died. */
export function allLeaves(): void {
  useOpened.setState(NOTHING);
}

export function noteRoles(files: readonly NamedFile[], roles: readonly FileRole[]): void {
  const modules = new Map(useOpened.getState().modules);
  let dump: NamedFile | null = null;
  for (const [at, role] of roles.entries()) {
    const file = files[at];
    if (file === undefined) continue;
    if (role.role === 'dump') dump = file;
    if (role.role === 'module') modules.set(role.id, file);
  }
  useOpened.setState(dump === null ? { modules } : { modules, dump, texts: [] });
}

/** Source texts came in these, each named once. */
export function noteTexts(items: readonly Dropped[]): void {
  const { dump, texts } = useOpened.getState();
  if (dump !== null && items.length > 0) useOpened.setState({ texts: [...new Set([...texts, ...items])] });
}
