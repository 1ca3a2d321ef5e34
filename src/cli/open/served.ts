import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import type { Spool } from '../../bytes/spool';
import type { Bytes, FileOffset } from '../../bytes/units';
import { FileSource } from '../file-source';

/** One state of a file, for the time of one answer. */
export interface Opened {
  readonly size: Bytes;
  readonly etag: string;
  readonly read: (offset: FileOffset, length: Bytes) => Promise<Uint8Array>;
  /** Whether the file still is in that state. */
  readonly unchanged: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

export interface Served {
  readonly type: string;
  /** Null: there is no such file any more. */
  readonly open: () => Promise<Opened | null>;
}

/** Bytes in memory. */
export function servedBytes(bytes: Uint8Array, type: string): Served {
  return held(type, bytes.length, async (offset, length) => bytes.subarray(offset, offset + length));
}

/** What was put aside; nothing more is added to it. */
export function servedSpool(spool: Spool, type: string): Served {
  return held(type, spool.size, (offset, length) => spool.read(offset, length));
}

/** What cannot change while the command runs; its address is never used again. */
function held(type: string, size: Bytes, read: Opened['read']): Served {
  const opened: Opened = {
    size,
    etag: `"${size.toString(36)}"`,
    read,
    unchanged: () => Promise.resolve(true),
    close: () => Promise.resolve(),
  };
  return { type, open: () => Promise.resolve(opened) };
}

/**
 * A file that the user named, at the place where it is now: a link that is laid there later is not followed.
 * @throws a SourceError with a sentence when it cannot be read.
 */
export async function namedFile(path: string, type: string): Promise<Served> {
  const source = await FileSource.open(path);
  await source.close();
  return servedFile(await realpath(path), type);
}

/**
 * A file on disk, opened for each answer: one that was replaced meanwhile (the program died again, a build wrote the
 * module) is another state with another ETag, which the page notices and says.
 */
export function servedFile(path: string, type: string): Served {
  return { type, open: () => openFile(path) };
}

/** Follows no link, and does not wait where a pipe was put in the file's place. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function openFile(path: string): Promise<Opened | null> {
  let handle: FileHandle;
  try {
    handle = await open(path, FLAGS);
  } catch {
    // Removed, renamed, forbidden: for the page it is not there.
    return null;
  }
  try {
    const state = await stateOf(handle);
    if (state === null) {
      await handle.close();
      return null;
    }
    return {
      ...state,
      read: (offset, length) => readAll(handle, offset, length),
      unchanged: async () => (await stateOf(handle))?.etag === state.etag,
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function stateOf(handle: FileHandle): Promise<Pick<Opened, 'size' | 'etag'> | null> {
  const stat = await handle.stat({ bigint: true });
  if (!stat.isFile()) return null;
  const etag = [stat.ino, stat.size, stat.mtimeNs].map((part) => part.toString(36)).join('-');
  return { size: Number(stat.size), etag: `"${etag}"` };
}

/** Shorter where the file ends. */
async function readAll(handle: FileHandle, offset: FileOffset, length: Bytes): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) return bytes.subarray(0, done);
    done += bytesRead;
  }
  return bytes;
}
