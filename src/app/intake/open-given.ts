import { SourceError } from '../../bytes/source';
import { visible } from '../../coredump/visible';
import type { NamedFile } from '../../session/types';
import { counted, grouped } from '../../ui/numbers';
import { openOther } from '../compare';
import { type OpenMode, openFiles } from '../open';
import { noteOrigin } from '../recent/marks';
import { noteTexts } from '../recent/opened';
import { namesFile } from '../sources/named';
import { addSources } from '../sources/registry';
import { snapshotOf, useStore } from '../store';
import { type Dropped, type Expanded, expand, type Sorted } from './expand';
import { lastName } from './given';
import { MODULE_LIMIT, type Plan, plan } from './plan';
import { beginIntake, type IntakeTask } from './state';
import { nothingUsable, unusedText } from './words';

/** `compare`: a second dump beside the open one. */
export type GivenMode = OpenMode | 'compare';

/**
 * Opens what was dropped, chosen or pasted: folders and zip archives are looked into, source texts stay with the page, of
 * several dumps the user chooses, and the session gets the rest as if it had been given by itself.
 * @param wanted the path of the dump that is meant, where that is known.
 */
export async function openGiven(
  dropped: readonly Dropped[],
  mode: GivenMode,
  wanted: string | null = null,
): Promise<void> {
  if (dropped.length === 0) return;
  const task = beginIntake();
  const { signal } = task;
  try {
    const isNamed = namesFile(snapshotOf(useStore.getState()));
    const expanded = await expand(dropped, {
      signal,
      isNamed,
      onProgress: (name, done, total) => task.report({ name, done, total }),
    });
    await use(expanded, plan(expanded), mode, task, wanted);
  } catch (error) {
    // Stopped, or other files were given meanwhile: nothing is to be said.
    if (signal.aborted) return;
    useStore.getState().notify(error instanceof Error ? error.message : String(error));
  } finally {
    task.end();
  }
}

async function use(
  expanded: Expanded,
  planned: Plan,
  mode: GivenMode,
  task: IntakeTask,
  meant: string | null = null,
): Promise<void> {
  const added = addSources(
    planned.sources.map(({ file }) => ({
      path: file.path,
      size: file.size,
      blob: file.blob,
    })),
  );
  const known = planned.dumps.findIndex(({ file }) => file.path === meant);
  const asks = planned.dumps.length > 1 && known === -1;
  const chosen = asks ? await task.choose(listed(planned.dumps)) : Math.max(0, known);
  task.signal.throwIfAborted();
  if (chosen === null) return;
  const dump = planned.dumps[chosen];
  const wanted = [...(dump === undefined ? [] : [dump]), ...planned.others];
  const problems = [...expanded.problems];
  const files = await unpackAll(wanted, problems, task);
  const state = useStore.getState();
  const open = snapshotOf(state) !== null;
  if (files.length > 0) {
    // Neither a source map nor a source text replaces what is open.
    const adds = open && wanted.every(({ is }) => is.kind === 'source-map');
    if (mode === 'compare') await openOther(files);
    else await openFiles(files, adds ? 'add' : mode);
    task.signal.throwIfAborted();
  }
  if (mode !== 'compare') noteTexts(planned.sources.map(({ from }) => from));
  report(expanded, planned, problems, { used: files.length + added.length, open: open || files.length > 0 });
  if (planned.dumps.length > 1) offerOthers(expanded, planned, dump, mode);
}

const listed = (dumps: readonly Sorted[]) => dumps.map(({ file }) => ({ path: file.path, size: file.size }));

/** The files as the session takes them. What cannot be unpacked is left out, with its sentence. */
async function unpackAll(
  wanted: readonly Sorted[],
  problems: string[],
  task: IntakeTask,
): Promise<NamedFile[]> {
  const files: NamedFile[] = [];
  const names = new Set<string>();
  for (const { file, from } of wanted) {
    const last = lastName(file.path);
    try {
      const blob = await file.forSession(task.signal);
      noteOrigin(blob, { item: from, path: file.path });
      // Modules are matched by their file's name. Two of one name in different folders keep their paths, to be told apart.
      files.push({ name: names.has(last) ? file.path : last, blob });
      names.add(last);
    } catch (error) {
      task.signal.throwIfAborted();
      if (!(error instanceof SourceError)) throw error;
      problems.push(error.message);
    }
  }
  return files;
}

interface Outcome {
  /** Files that the session or the page took. */
  readonly used: number;
  /** Something is on screen. */
  readonly open: boolean;
}

/** Says what is to be known: in place of the page where nothing is open, else as notices. */
function report(
  expanded: Expanded,
  planned: Plan,
  problems: readonly string[],
  { used, open }: Outcome,
): void {
  const state = useStore.getState();
  const [container] = expanded.containers;
  if (used === 0 && container !== undefined) {
    const message = [...problems, nothingUsable(expanded)].filter((text) => text !== '').join(' ');
    if (open) state.notify(message);
    else state.reset({ kind: 'failed', name: container, message });
    return;
  }
  const unused = unusedText(planned.unused, expanded.containers);
  const text = [...problems, ...(unused === '' ? [] : [unused])].join(' ');
  if (planned.cut > 0)
    state.notify(
      `${grouped(planned.cut)} more modules are not used: at most ${MODULE_LIMIT} of a folder are.`,
    );
  if (text !== '') state.notify(text);
  if (planned.sources.length === 0) return;
  const kept = `${counted(planned.sources.length, 'source file')} kept`;
  if (!open)
    state.notify(`${kept}: ${named(planned.sources)}. Drop the dump and its module to see where it stopped.`);
  else state.setLive(`${kept}: ${named(planned.sources)}`);
}

function named(files: readonly Sorted[]): string {
  const shown = files.slice(0, 3).map(({ file }) => visible(lastName(file.path), 60));
  return shown.join(', ') + (files.length > shown.length ? ', …' : '');
}

/** After one of several dumps was opened: the way back to the list, or to another beside it. */
function offerOthers(expanded: Expanded, planned: Plan, opened: Sorted | undefined, mode: GivenMode): void {
  const others = { ...planned, others: [], dumps: planned.dumps.filter((dump) => dump !== opened) };
  useStore.getState().notify(`${counted(others.dumps.length, 'other dump')} in what was given.`, [
    { label: 'Choose another', run: () => void openAgainFrom(expanded, planned, mode) },
    { label: 'Compare with another', run: () => void openAgainFrom(expanded, others, 'compare') },
  ]);
}

async function openAgainFrom(expanded: Expanded, planned: Plan, mode: GivenMode): Promise<void> {
  const task = beginIntake();
  try {
    await use({ ...expanded, problems: [] }, { ...planned, sources: [] }, mode, task);
  } catch (error) {
    if (task.signal.aborted) return;
    useStore.getState().notify(error instanceof Error ? error.message : String(error));
  } finally {
    task.end();
  }
}
