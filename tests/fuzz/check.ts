import type { StateRun } from '../../src/coredump/model';
import { createLocalSession } from '../../src/session/local';
import type { MemoryWindow, Session, Snapshot, Update } from '../../src/session/types';

const MIB = 1024 * 1024;
const LONGEST_MS = 5000;

export interface CheckOptions {
  readonly create: () => Session;
  /** How long one file may take. */
  readonly longest: number;
}

/** A Blob that counts what is sliced off it: every byte that a session reads comes through here. */
class CountedBlob extends Blob {
  readonly handedOut = { bytes: 0 };

  override slice(start?: number, end?: number, type?: string): Blob {
    const piece = super.slice(start, end, type);
    this.handedOut.bytes += piece.size;
    return piece;
  }
}

/**
 * Opens damaged bytes as the page does, asks every question of the session, and closes it again. Returns what is
 * wrong with the answers, or null. Whatever the bytes are, nothing may throw, hang, fail or read without bound.
 */
export async function check(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  { create, longest }: CheckOptions = { create: createLocalSession, longest: LONGEST_MS },
): Promise<string | null> {
  const blob = new CountedBlob([bytes]);
  const session = create();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`not done after ${longest} ms`), longest);
  });
  try {
    const wrong = await Promise.race([openAndAsk(session, name, blob), late]);
    if (wrong !== null) return wrong;
    const limit = 4 * bytes.length + MIB;
    const read = blob.handedOut.bytes;
    return read < limit ? null : `${read} bytes read of a file of ${bytes.length}, the limit is ${limit}`;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
    await session.close();
  }
}

async function openAndAsk(session: Session, name: string, blob: Blob): Promise<string | null> {
  let last: Snapshot | null = null;
  const ended = new Promise<string | null>((resolve) => {
    const onUpdate = (update: Update) => {
      if (update.kind === 'failed') resolve(`failed: ${update.message}`);
      if (update.kind !== 'snapshot') return;
      last = update.snapshot;
      if (last.indexing.state === 'done') resolve(null);
    };
    session.open([{ name, blob }], 'replace', onUpdate).then(
      ({ roles }) => {
        if (roles[0]?.role === 'not-used') resolve(`not used: ${roles[0].reason}`);
      },
      (error: unknown) => resolve(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
  });
  const wrong = await ended;
  if (wrong !== null) return wrong;
  if (last === null) return 'no snapshot';
  return (await askMemories(session, last)) ?? (await askSegments(session, last));
}

async function askMemories(session: Session, snapshot: Snapshot): Promise<string | null> {
  for (const [memory, { size, counts }] of [...snapshot.memories.entries()].slice(0, 3)) {
    const sum = counts.captured + counts.zero + counts.missing + counts.lost + counts.pending;
    if (sum !== size) return `memory ${memory}: the states count ${sum} bytes of ${size}`;
    for (const address of [0, Math.max(0, size - 32), size]) {
      const wrong = wrongWindow(await session.read(memory, address, 64), address, 64);
      if (wrong !== null) return `memory ${memory} at ${address}: ${wrong}`;
    }
    await session.folds(memory, 16, 4);
    await session.strip(memory, 150);
    await session.nextRegion(memory, 0, 1);
    await session.classify([{ memory, address: 4 }]);
    const runs = await session.runs(memory, 0, size, 100);
    if (runs.length > 100) return `memory ${memory}: ${runs.length} runs where 100 were asked for`;
  }
  return null;
}

function wrongWindow(window: MemoryWindow, address: number, length: number): string | null {
  if (window.bytes.length !== length) return `${window.bytes.length} bytes instead of ${length}`;
  const tiled = wrongTiling(window.states, address, address + length);
  if (tiled !== null) return tiled;
  for (const run of window.states) {
    if (run.state === 'pending') return 'pending after the indexing';
    const bytes = window.bytes.subarray(run.start - address, run.end - address);
    if (run.state !== 'captured' && bytes.some((byte) => byte !== 0)) return `a byte that is ${run.state}`;
  }
  return null;
}

function wrongTiling(runs: readonly StateRun[], start: number, end: number): string | null {
  let at = start;
  for (const run of runs) {
    if (run.start !== at || run.end <= run.start) return `a run from ${run.start} to ${run.end} at ${at}`;
    at = run.end;
  }
  return at === end ? null : `states up to ${at} of ${end}`;
}

async function askSegments(session: Session, snapshot: Snapshot): Promise<string | null> {
  const rows = await session.segments(0, 50);
  const expected = Math.min(50, snapshot.segmentCount);
  return rows.length === expected ? null : `${rows.length} rows of segments instead of ${expected}`;
}
