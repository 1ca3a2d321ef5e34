import { session } from '../../app/session';
import type { Address, Bytes } from '../../bytes/units';
import { hasValue } from '../../memory/words';
import { STATES, stateCodes } from './byte-state';
import { unknownBytes } from './copy-forms';
import { hexDump } from './hex-dump';
import { addressDigits, byteCount, hexAddress } from './words';

/** Read and handed to the browser at once; a multiple of 16, so that a dump's lines meet. */
const PIECE: Bytes = 4 * 1024 * 1024;
/** A hex dump of it has 5 MiB of text. */
const DUMP_PIECE: Bytes = 1024 * 1024;
/** Runs asked for at once. */
const RUNS = 10_000;

export interface SaveRange {
  readonly memory: number;
  readonly first: Address;
  readonly length: Bytes;
  /** Of the memory. */
  readonly size: Bytes;
}

/** Bytes can be saved as they are, or as the hex dump that can say what is missing. */
export type SaveForm = 'bytes' | 'dump';

export interface SaveWatch {
  readonly signal: AbortSignal;
  readonly onProgress: (done: Bytes) => void;
}

/** A file to hand over, or the sentence that says why there is none. */
export type Saved =
  | { readonly kind: 'file'; readonly name: string; readonly blob: Blob }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Makes a file of a range, however long: it is read in pieces, and each piece goes to the browser's blob store, so that
 * never more than one is in the heap. A file of bytes is refused where a byte has no value: it could not say so.
 */
export async function makeFile(range: SaveRange, form: SaveForm, watch: SaveWatch): Promise<Saved> {
  const { memory, first, length, size } = range;
  const why = form === 'bytes' ? unknownBytes(await countStates(range, watch.signal), length) : null;
  if (why !== null)
    return {
      kind: 'refused',
      reason: `Not saved: ${why}, and a file of bytes cannot say so. A hex dump can.`,
    };
  const parts: Blob[] = [];
  const digits = addressDigits(size);
  for (let at = first; at < first + length; ) {
    watch.signal.throwIfAborted();
    const step = form === 'bytes' ? PIECE : DUMP_PIECE;
    // The first piece ends where a line of a dump does.
    const end = Math.min(first + length, at - (at % 16) + step);
    const { bytes, states } = await session().read(memory, at, end - at);
    if (form === 'bytes') {
      // The override or the index may have changed since the states were counted.
      if (!states.every(({ state }) => hasValue(state)))
        return { kind: 'refused', reason: 'Not saved: the bytes changed their state while they were saved.' };
      for (const run of states) if (run.state !== 'captured') bytes.fill(0, run.start - at, run.end - at);
      parts.push(new Blob([Uint8Array.from(bytes)]));
    } else {
      const stretch = { address: at, bytes, codes: stateCodes(states, at, bytes.length) };
      parts.push(new Blob([`${hexDump(stretch, digits)}\n`]));
    }
    at = end;
    watch.onProgress(at - first);
  }
  return { kind: 'file', name: fileName(range, form), blob: new Blob(parts, { type: typeOf(form) }) };
}

const typeOf = (form: SaveForm) => (form === 'bytes' ? 'application/octet-stream' : 'text/plain');

function fileName({ memory, first, length, size }: SaveRange, form: SaveForm): string {
  const ends = form === 'bytes' ? 'bin' : 'txt';
  return `memory${memory}-0x${hexAddress(first, addressDigits(size))}-${length}.${ends}`;
}

async function countStates(
  { memory, first, length }: SaveRange,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Bytes>> {
  const counts = new Map<number, Bytes>();
  const end = first + length;
  for (let at = first; at < end; ) {
    signal.throwIfAborted();
    const runs = await session().runs(memory, at, end, RUNS);
    for (const run of runs) {
      const code = STATES.indexOf(run.state);
      counts.set(code, (counts.get(code) ?? 0) + run.end - run.start);
    }
    // No progress means that the memory is gone; the read that follows says so.
    const reached = runs.at(-1)?.end ?? end;
    if (reached <= at) break;
    at = reached;
  }
  return counts;
}

/** Hands a file to the browser's downloads, and says so. */
export function download(name: string, blob: Blob): string {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it over long before; until then the address must stay.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return `${byteCount(blob.size)} saved as ${name}.`;
}
