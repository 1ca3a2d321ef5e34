import { visible } from '../coredump/visible';
import type { FileRole, NamedFile, Session, Snapshot, Update } from '../session/types';
import { grouped } from '../ui/numbers';
import { blamedFrame } from './cause';
import { openOther } from './compare';
import { memoryOfFrame } from './frames';
import { stopIntake } from './intake/state';
import { allLeaves, dumpLeaves, noteRoles } from './recent/opened';
import { stopAsking } from './remote/asking';
import { forgetOpened, rememberOpened } from './reopen';
import { makeSessionWith, session } from './session';
import { type NoticeAction, snapshotOf, useStore } from './store';

export type OpenMode = 'replace' | 'add';

/** Grows with every dump that is asked for: what an earlier one still reports is dropped. */
let generation = 0;
/** What "Open again" opens: the page keeps the handles, never the contents. */
let lastFiles: readonly NamedFile[] = [];
let makeSession: ((onDeath: (message: string) => void) => Session) | null = null;

/** Makes the page's session when it is first needed, and again after it died. */
export function startSession(make: (onDeath: (message: string) => void) => Session): void {
  makeSession = make;
  makeSessionWith(() => make(died));
}

/** The worker is gone: nothing it was asked will ever be answered, so the page says so and offers a new one. */
function died(message: string): void {
  generation++;
  allLeaves();
  const state = useStore.getState();
  const name = snapshotOf(state)?.name ?? lastFiles[0]?.name ?? '';
  state.reset({ kind: 'failed', name, message });
  if (makeSession !== null) startSession(makeSession);
}

/** Opens the files of the last `openFiles` again, in the order given. */
export function openAgain(): void {
  if (lastFiles.length > 0) void openFiles(lastFiles, 'replace');
}

export function canOpenAgain(): boolean {
  return lastFiles.length > 0;
}

/** The files that are open, the dump's first; what was dropped beside it and has no use is among them. */
export function openedFiles(): readonly NamedFile[] {
  return lastFiles;
}

/** Back to the start page: the dump is closed. */
export async function closeDump(): Promise<void> {
  generation++;
  stopIntake();
  forgetOpened();
  allLeaves();
  useStore.getState().dismissAll();
  useStore.getState().reset({ kind: 'start' });
  await session().close();
}

/**
 * Opens what was dropped, chosen or pasted. With `replace` whatever was open, or still loading, is gone at once. With
 * `add` the open dump stays, unless one of the files is a dump.
 */
export async function openFiles(files: readonly NamedFile[], mode: OpenMode): Promise<void> {
  const [first] = files;
  if (first === undefined) return;
  stopAsking();
  const adding = mode === 'add' && snapshotOf(useStore.getState()) !== null;
  const mine = adding ? generation : ++generation;
  // Before it is asked: what it answers about the files may come before or after its first snapshot.
  useStore.getState().dismissAll();
  if (!adding) {
    lastFiles = files;
    dumpLeaves();
    useStore.getState().reset({ kind: 'opening', name: first.name, progress: null });
  }
  const current = () => mine === generation;
  try {
    const { roles } = await session().open(files, adding ? 'add' : 'replace', (update) => {
      if (current()) take(update);
    });
    if (!current()) return;
    noteRoles(files, roles);
    settle(files, roles, adding);
  } catch (error) {
    if (current()) take({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

/** An update of the session becomes the page's state. */
export function take(update: Update): void {
  const state = useStore.getState();
  const open = snapshotOf(state);
  switch (update.kind) {
    case 'snapshot': {
      const { snapshot } = update;
      if (open?.id !== snapshot.id) {
        state.reset({ kind: 'open', snapshot });
        const frame = blamedFrame(snapshot);
        state.selectFrame(frame);
        state.showMemory(memoryOfFrame(snapshot, frame));
        rememberOpened({ name: snapshot.name, size: snapshot.dump.file.size });
      } else {
        state.setPhase({ kind: 'open', snapshot });
        if (state.frame === null || isToldNow(open, snapshot)) state.selectFrame(blamedFrame(snapshot));
      }
      return;
    }
    case 'progress':
      if (open !== null) state.setPhase({ kind: 'open', snapshot: { ...open, indexing: update.progress } });
      else if (state.phase.kind === 'opening') state.setPhase({ ...state.phase, progress: update.progress });
      return;
    case 'failed':
      if (open !== null) state.notify(update.message, [{ label: 'Open again', run: openAgain }]);
      else state.reset({ kind: 'failed', name: lastFiles[0]?.name ?? '', message: update.message });
      return;
  }
}

/** Another frame than so far is to blame, and nothing but that one was selected: by the page, and not by the user. */
function isToldNow(before: Snapshot, snapshot: Snapshot): boolean {
  const { bytes, frame, picked } = useStore.getState();
  const [was, is] = [blamedFrame(before), blamedFrame(snapshot)];
  const untouched = bytes === null && picked === null && frame?.frame === was?.frame;
  return untouched && frame?.thread === was?.thread && was?.frame !== is?.frame;
}

/** Says what became of the files that are not on screen: other dumps can be opened, unused ones have their reason. */
function settle(files: readonly NamedFile[], roles: readonly FileRole[], adding: boolean): void {
  const state = useStore.getState();
  if (adding && roles.some((role) => role.role === 'dump')) lastFiles = files;
  else if (adding) lastFiles = [...lastFiles, ...files.filter((_, at) => roles[at]?.role === 'module')];
  const others = roles.flatMap((role, at) => (role.role === 'other-dump' ? [files[at]] : []));
  const actions = others.flatMap((file): NoticeAction[] =>
    file === undefined
      ? []
      : [
          { label: `Open ${visible(file.name, 40)}`, run: () => void openFiles([file], 'replace') },
          { label: `Compare with ${visible(file.name, 40)}`, run: () => void openOther([file]) },
        ],
  );
  if (others.length > 0) state.notify(otherDumps(roles, others.length), actions);
  const unused = roles.filter((role) => role.role === 'not-used');
  if (unused.length === 0) return;
  const reasons = unused.map((role) => `${visible(role.name, 60)}: ${role.reason}`).join(' ');
  if (unused.length === roles.length && snapshotOf(state) === null) {
    state.reset({ kind: 'failed', name: files[0]?.name ?? '', message: reasons });
    return;
  }
  state.notify(`${grouped(files.length - unused.length)} of ${grouped(files.length)} files used. ${reasons}`);
}

function otherDumps(roles: readonly FileRole[], others: number): string {
  const dump = roles.find((role) => role.role === 'dump');
  const rest = others === 1 ? 'The other dump is' : `${grouped(others)} other dumps are`;
  return `${rest} not shown${dump === undefined ? '' : `: ${visible(dump.name, 60)} is open`}.`;
}
