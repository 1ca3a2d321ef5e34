import { visible } from '../../coredump/visible';
import type { Dropped } from '../intake/expand';
import { lastName } from '../intake/given';
import { openGiven } from '../intake/open-given';
import { openUrls } from '../remote/open-url';
import { useStore } from '../store';
import { copiedFiles } from './copies';
import { folderOf } from './directory';
import type { GivenHandle, KeptCopy, RecentEntry } from './entry';
import { mark } from './marks';
import { fileOf } from './open-handles';
import { noteEntry } from './state';
import { changeText } from './words';

/**
 * Opens a dump again, with what was given with it. Called while the user's click counts: the browser may ask for
 * permission. What cannot be opened is said beside the entry, what is different of it as a notice.
 */
export async function openRecent(entry: RecentEntry): Promise<void> {
  const { copy, from } = entry;
  noteEntry(entry.id, '');
  if (copy !== null) await openCopy(entry, copy);
  else if (from.kind === 'link') openUrls(from.dump, from.modules);
  else if (from.kind === 'handles') await openHandles(entry, from.dump, from.items);
}

async function openCopy({ id }: RecentEntry, copy: KeptCopy): Promise<void> {
  let files: Awaited<ReturnType<typeof copiedFiles>>;
  try {
    files = await copiedFiles(copy);
  } catch (error) {
    noteEntry(id, `The copy cannot be opened: ${reason(error)}.`);
    return;
  }
  for (const { blob } of files) mark(blob, { kind: 'copy', id });
  await openGiven(
    files.map(({ blob, name }) => ({ kind: 'file', path: name, blob, nested: false })),
    'replace',
    files[0]?.name ?? null,
  );
}

/** A thing that was given, asked for again. */
type Regiven =
  | { readonly kind: 'there'; readonly item: Dropped; readonly change: string }
  /** `why` continues a sentence that begins with the name. */
  | { readonly kind: 'missing'; readonly name: string; readonly why: string };

async function openHandles(entry: RecentEntry, dump: string, items: readonly GivenHandle[]): Promise<void> {
  const before = useStore.getState().phase;
  const asked = new Date();
  // All at once: the click counts for a moment only, and the browser asks one question for all of them.
  const [first, ...others] = await Promise.all(items.map((item) => regive(item, asked)));
  if (first === undefined || first.kind === 'missing') {
    noteEntry(entry.id, first === undefined ? 'No way to the file was kept.' : sentence(first));
    return;
  }
  // A file that was dropped meanwhile is what the user wants.
  if (useStore.getState().phase !== before) return;
  const there = others.filter((other) => other.kind === 'there');
  await openGiven([first.item, ...there.map(({ item }) => item)], 'replace', dump);
  const changes = [first, ...there].map(({ change }) => change).filter((change) => change !== '');
  const missing = others.filter((other) => other.kind === 'missing').map(sentence);
  const said = [...changes, ...missing].join(' ');
  if (said !== '') useStore.getState().notify(said);
}

async function regive(item: GivenHandle, now: Date): Promise<Regiven> {
  const { handle } = item;
  const { name } = handle;
  try {
    // Where the browser has no such question, reading is allowed or fails.
    const answer = (await handle.requestPermission?.({ mode: 'read' })) ?? 'granted';
    if (answer !== 'granted')
      return { kind: 'missing', name, why: 'may not be read: the browser was not given permission' };
    if (item.kind === 'folder') {
      // Asks for its first member: a folder that is gone is one without members otherwise.
      await item.handle.keys().next();
      return { kind: 'there', item: { kind: 'folder', entry: folderOf(item.handle) }, change: '' };
    }
    const file = await fileOf(item.handle);
    const is = { size: file.size, modified: file.lastModified };
    return {
      kind: 'there',
      item: { kind: 'file', path: item.path, blob: file, nested: item.nested },
      change: changeText(lastName(item.path), item.stamp, is, now),
    };
  } catch (error) {
    const gone = error instanceof DOMException && error.name === 'NotFoundError';
    return { kind: 'missing', name, why: gone ? 'was moved or deleted' : `cannot be read: ${reason(error)}` };
  }
}

const sentence = ({ name, why }: Extract<Regiven, { kind: 'missing' }>): string =>
  `${visible(name, 60)} ${why}.`;

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
