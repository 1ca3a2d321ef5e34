import { isCount, isRecord, listOf } from './checks';
import {
  ENTRY_LIMIT,
  type GivenHandle,
  ITEM_LIMIT,
  type KeptCopy,
  type RecentEntry,
  type RecentSource,
  type Stamp,
} from './entry';

/** The entries of what is stored, as far as they are what this page stores: an older or newer one may have written there. */
export function parseEntries(value: unknown): readonly RecentEntry[] {
  return listOf(value, parseEntry).slice(0, ENTRY_LIMIT);
}

function parseEntry(value: unknown): RecentEntry | null {
  if (!isRecord(value)) return null;
  const { id, name, size, opened, headline, modules } = value;
  if (typeof id !== 'string' || typeof name !== 'string' || typeof headline !== 'string') return null;
  if (!isCount(size) || !isCount(opened) || !isCount(modules)) return null;
  const from = parseSource(value['from']);
  return from === null
    ? null
    : { id, name, size, opened, headline, modules, from, copy: parseCopy(value['copy']) };
}

function parseSource(value: unknown): RecentSource | null {
  if (!isRecord(value)) return null;
  const { kind, dump, gave } = value;
  const stamp = parseStamp(value['stamp']);
  if (kind === 'user' && (gave === 'file' || gave === 'paste' || gave === 'link'))
    return { kind, gave, stamp };
  if (typeof dump !== 'string') return null;
  if (kind === 'link')
    return { kind, dump, modules: listOf(value['modules'], (one) => (typeof one === 'string' ? one : null)) };
  return kind === 'handles'
    ? { kind, dump, items: listOf(value['items'], parseHandle).slice(0, ITEM_LIMIT), stamp }
    : null;
}

function parseHandle(value: unknown): GivenHandle | null {
  if (!isRecord(value)) return null;
  const { kind, handle, nested, path } = value;
  if (kind === 'folder') return isHandle(handle, 'directory') ? { kind, handle } : null;
  const stamp = parseStamp(value['stamp']);
  if (kind !== 'file' || stamp === null || typeof path !== 'string' || typeof nested !== 'boolean')
    return null;
  return isHandle(handle, 'file') ? { kind, path, nested, handle, stamp } : null;
}

function isHandle(value: unknown, kind: 'file'): value is FileSystemFileHandle;
function isHandle(value: unknown, kind: 'directory'): value is FileSystemDirectoryHandle;
function isHandle(value: unknown, kind: string): boolean {
  return isRecord(value) && value['kind'] === kind && typeof value['isSameEntry'] === 'function';
}

function parseStamp(value: unknown): Stamp | null {
  if (!isRecord(value)) return null;
  const { size, modified } = value;
  return isCount(size) && isCount(modified) ? { size, modified } : null;
}

/** As `crypto.randomUUID` names them: `..` would be a place that nobody may ask for, and then nothing could be forgotten. */
const FOLDER = /^[0-9a-f-]{36}$/;

function parseCopy(value: unknown): KeptCopy | null {
  if (!isRecord(value)) return null;
  const { folder } = value;
  const files = listOf(value['files'], (file) => {
    if (!isRecord(file)) return null;
    const { name, size } = file;
    return typeof name === 'string' && isCount(size) ? { name, size } : null;
  });
  return typeof folder === 'string' && FOLDER.test(folder) && files.length > 0 ? { folder, files } : null;
}
