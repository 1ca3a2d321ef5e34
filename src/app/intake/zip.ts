import {
  BlobReader,
  ERR_BAD_FORMAT,
  ERR_CENTRAL_DIRECTORY_NOT_FOUND,
  ERR_ENCRYPTED_CENTRAL_DIRECTORY,
  ERR_EOCDR_NOT_FOUND,
  ERR_INVALID_CRC32,
  ERR_INVALID_UNCOMPRESSED_SIZE,
  ERR_LOCAL_FILE_HEADER_NOT_FOUND,
  ERR_SPLIT_ZIP_FILE,
  ERR_UNSUPPORTED_COMPRESSION,
  type FileEntry,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-custom.js';
import { SourceError } from '../../bytes/source';
import type { Bytes, FileOffset } from '../../bytes/units';
import { yieldToEvents } from '../../bytes/yield';
import { visible } from '../../coredump/visible';
import { counted, grouped, size } from '../../ui/numbers';
import { isGzip } from './classify-file';
import { tooMany } from './folder';
import { type GivenFile, type Listing, lastName } from './given';

const MIB: Bytes = 1024 * 1024;

/** The list of 10,000 members with the longest names and all extra fields is far below. */
const READ_LIMIT: Bytes = 64 * MIB;

/** The most that one member may inflate to: what gzip may too. */
export const MEMBER_LIMIT: Bytes = 4 * 1024 * MIB;

/** What is gathered before the browser is given it as a Blob, which it keeps outside of the heap. */
const PIECE: Bytes = 8 * MIB;

/** How long chunks are taken before the page may draw. In ms. */
const SLICE = 12;

/** Workers of the library would need its own script beside the page; inflating is the browser's own and asynchronous. */
const OPTIONS = { useWebWorkers: false, checkCrc32: true, strictness: 'tolerant' } as const;

/** Reads of the archive's list are bounded: a damaged one can say that its list is as long as the file. */
class BoundedReader extends BlobReader {
  override async readUint8Array(index: FileOffset, length: Bytes): Promise<Uint8Array> {
    if (length > READ_LIMIT)
      throw new SourceError(
        `its list of members claims ${size(length)}; at most ${size(READ_LIMIT)} are read`,
      );
    return super.readUint8Array(index, length);
  }
}

/**
 * The members of a zip archive (APPNOTE 6.3.10, with zip64), none of them unpacked. Names are only names here: nothing is
 * ever written under them, so `../` and absolute paths do no harm. Links, folders and encrypted members are left out.
 * @param room how many members may be listed.
 * @throws SourceError with a sentence when it has no readable list; the signal's reason when it is aborted.
 */
export async function listZip(
  name: string,
  archive: Blob,
  room: number,
  signal: AbortSignal,
): Promise<Listing> {
  const files: GivenFile[] = [];
  const encrypted: string[] = [];
  const problems: string[] = [];
  const reader = new ZipReader(new BoundedReader(archive), OPTIONS);
  try {
    let members = 0;
    for await (const entry of reader.getEntriesGenerator()) {
      signal.throwIfAborted();
      members += 1;
      if (members > room) {
        problems.push(tooMany(name, room));
        break;
      }
      if (entry.directory || entry.symlink) continue;
      if (entry.encrypted) encrypted.push(entry.filename);
      else files.push(member(name, archive, entry));
    }
  } catch (error) {
    signal.throwIfAborted();
    const sentence = archiveSentence(name, error);
    // What was listed before the damage is kept.
    if (files.length === 0 && encrypted.length === 0) throw new SourceError(sentence);
    problems.push(
      `${sentence} ${counted(files.length, 'member')} before that ${files.length === 1 ? 'is' : 'are'} kept.`,
    );
  }
  if (encrypted.length > 0) problems.push(encryptedSentence(name, encrypted));
  return { files, problems };
}

function member(archive: string, blob: Blob, entry: FileEntry): GivenFile {
  const path = entry.filename;
  const shown = visible(lastName(path), 80);
  const given: Omit<GivenFile, 'forSession'> = {
    path,
    size: entry.uncompressedSize,
    nested: true,
    head: async (length, signal) => {
      const head = new Uint8Array(Math.min(length, entry.uncompressedSize));
      let filled = 0;
      await unpack(archive, entry, Math.min(length, entry.uncompressedSize), signal, (chunk) => {
        head.set(chunk.subarray(0, head.length - filled), filled);
        filled = Math.min(head.length, filled + chunk.length);
      });
      return head.slice(0, filled);
    },
    blob: async (signal) => {
      if (entry.uncompressedSize > MEMBER_LIMIT)
        throw new SourceError(
          `${shown} says it unpacks to ${size(entry.uncompressedSize)}; at most ${size(MEMBER_LIMIT)} are unpacked here.`,
        );
      const pieces: Blob[] = [];
      let gathered: Uint8Array<ArrayBuffer>[] = [];
      let waiting = 0;
      const seal = () => {
        if (waiting > 0) pieces.push(new Blob(gathered));
        gathered = [];
        waiting = 0;
      };
      await unpack(archive, entry, null, signal, (chunk) => {
        waiting += chunk.length;
        gathered.push(chunk);
        if (waiting >= PIECE) seal();
      });
      seal();
      return new Blob(pieces);
    },
  };
  return {
    ...given,
    forSession: async (signal) => {
      // A gzip file in the archive would be gzip in gzip, which no session unwraps.
      if (isGzip(await given.head(2, signal))) return given.blob(signal);
      return asGzip(archive, blob, entry, signal);
    },
  };
}

/**
 * A member as a file that the session inflates by itself, in its worker and with its limit, progress and stop, however large
 * it is: deflated data is what gzip holds too (RFC 1952), so a header before it and the archive's own checksum and size
 * behind it make it one. No byte is copied. A stored member is that part of the archive.
 */
async function asGzip(archive: string, blob: Blob, entry: FileEntry, signal: AbortSignal): Promise<Blob> {
  const { compressionMethod, offset, compressedSize, crc32, uncompressedSize } = entry;
  if (compressionMethod !== 0 && compressionMethod !== 8)
    throw new SourceError(memberSentence(archive, entry, new Error(ERR_UNSUPPORTED_COMPRESSION)));
  // APPNOTE 4.3.7: 30 bytes, then the name and the extra field, whose lengths differ from those in the list.
  const header = new DataView(await blob.slice(offset, offset + 30).arrayBuffer());
  signal.throwIfAborted();
  if (header.byteLength < 30 || header.getUint32(0, true) !== 0x04034b50)
    throw new SourceError(memberSentence(archive, entry, new Error(ERR_LOCAL_FILE_HEADER_NOT_FOUND)));
  const start = offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const data = blob.slice(start, start + compressedSize);
  if (compressionMethod === 0) return data;
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, crc32 ?? 0, true);
  trailer.setUint32(4, uncompressedSize % 2 ** 32, true);
  return new Blob([GZIP_HEADER, data, trailer]);
}

/** RFC 1952, 2.3: deflate, no flags, no time, an unknown system. */
const GZIP_HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);

/**
 * Unpacks a member, chunk by chunk. The library hands out no byte beyond the size that the archive says, however small it
 * was packed ("is stopped there" in tests/app/intake/zip.test.ts).
 * @param wanted stop after so many bytes, whatever follows; null: all of it, and its checksum must be right.
 * @throws SourceError with a sentence, or the signal's reason.
 */
async function unpack(
  archive: string,
  entry: FileEntry,
  wanted: Bytes | null,
  signal: AbortSignal,
  take: (chunk: Uint8Array<ArrayBuffer>) => void,
): Promise<void> {
  const enough = new AbortController();
  const stop = () => enough.abort(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener('abort', stop, { once: true });
  let done = 0;
  let rested = performance.now();
  const writable = new WritableStream<Uint8Array<ArrayBuffer>>({
    write: async (chunk) => {
      if (enough.signal.aborted) return;
      done += chunk.length;
      take(chunk);
      if (wanted !== null && done >= wanted) enough.abort();
      // Streams go from chunk to chunk in promises: without it 1 GB held up the page for 17 s.
      if (performance.now() - rested > SLICE) {
        await yieldToEvents();
        rested = performance.now();
      }
    },
  });
  try {
    await entry.getData(writable, { ...OPTIONS, checkCrc32: wanted === null, signal: enough.signal });
  } catch (error) {
    signal.throwIfAborted();
    if (enough.signal.aborted) return;
    throw new SourceError(memberSentence(archive, entry, error));
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function archiveSentence(name: string, error: unknown): string {
  const shown = visible(name, 80);
  const message = error instanceof Error ? error.message : String(error);
  if (message === ERR_EOCDR_NOT_FOUND || message === ERR_BAD_FORMAT)
    return `${shown} is a zip archive that is cut off or damaged: the record at its end is not there.`;
  if (message === ERR_CENTRAL_DIRECTORY_NOT_FOUND)
    return `${shown} is a damaged zip archive: its list of members is not where the record at its end says.`;
  if (message === ERR_SPLIT_ZIP_FILE)
    return `${shown} is one part of a zip archive in several. Join them with \`zip -s 0\`, then drop the result.`;
  if (message === ERR_ENCRYPTED_CENTRAL_DIRECTORY)
    return `${shown} is a zip archive whose list of members is encrypted. Unpack it, then drop what it holds.`;
  return `${shown} is a zip archive that cannot be read: ${message}.`;
}

function memberSentence(archive: string, entry: FileEntry, error: unknown): string {
  const shown = `${visible(lastName(entry.filename), 80)} in ${visible(archive, 80)}`;
  const message = error instanceof Error ? error.message : String(error);
  if (message === ERR_INVALID_CRC32)
    return `${shown} is damaged: its bytes do not have the checksum that the archive says.`;
  if (message === ERR_INVALID_UNCOMPRESSED_SIZE)
    return `${shown} is damaged: it does not unpack to the ${grouped(entry.uncompressedSize)} bytes that the archive says.`;
  if (message === ERR_LOCAL_FILE_HEADER_NOT_FOUND)
    return `${shown} is damaged: its header is not at ${grouped(entry.offset)}, where the archive's list says.`;
  if (message === ERR_UNSUPPORTED_COMPRESSION)
    return `${shown} is packed by method ${entry.compressionMethod}; stored (0) and deflated (8) are unpacked here.`;
  return `${shown} cannot be unpacked: ${message}.`;
}

function encryptedSentence(name: string, encrypted: readonly string[]): string {
  const shown = encrypted.slice(0, 3).map((path) => visible(lastName(path), 60));
  const more = encrypted.length > shown.length ? ` and ${grouped(encrypted.length - shown.length)} more` : '';
  const are = encrypted.length === 1 ? 'is' : 'are';
  return `${shown.join(', ')}${more} in ${visible(name, 80)} ${are} encrypted: unpack the archive with its password, then drop what it holds.`;
}
