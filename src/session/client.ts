import { proxy, type Remote, transfer, wrap } from 'comlink';
import type { FrameCode } from './code-types';
import { compareClient, type WireCompare } from './compare-wire';
import { keepClient, type WireKeep } from './keep-wire';
import { Tickets } from './tickets';
import type { OpenOutcome, Session, Update } from './types';
import { Inbox, type WireMessage, type WireSession } from './wire';

/** Marks on the page's time line, for benchmarks: the file was given, its stack is known, its memory is indexed. */
const MARKS = { open: 'wasmortem:open', stack: 'wasmortem:stack', indexed: 'wasmortem:indexed' } as const;

/** All that the worker answers. */
type Wire = WireSession & WireCompare & WireKeep;

export interface WorkerSession extends Session {
  /** Ends the worker. What was under way is rejected. */
  readonly terminate: () => void;
}

/**
 * A session in a worker.
 * @param onDeath called once when the worker failed to start or died: nothing will be answered any more.
 */
export function createWorkerSession(onDeath: (message: string) => void): WorkerSession {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'wasmortem' });
  const remote: Remote<Wire> = wrap<Wire>(worker);
  const pending = new Set<(reason: Error) => void>();
  let dead: Error | null = null;

  const die = (message: string): void => {
    if (dead !== null) return;
    dead = new Error(message);
    worker.terminate();
    for (const reject of pending) reject(dead);
    pending.clear();
    onDeath(message);
  };
  worker.addEventListener('error', (event) => die(event.message || 'The worker could not be started.'));
  worker.addEventListener('messageerror', () => die("The worker's answer could not be read."));

  /** An answer of the worker, or its death: a promise of a dead worker would never settle. */
  const ask = <T>(call: () => Promise<T>): Promise<T> => {
    if (dead !== null) return Promise.reject(dead);
    return new Promise<T>((resolve, reject) => {
      pending.add(reject);
      call()
        .then(resolve, reject)
        .finally(() => pending.delete(reject));
    });
  };

  const readHere = proxy(async (blob: Blob) => {
    const buffer = await blob.arrayBuffer();
    return transfer(buffer, [buffer]);
  });
  // A worker that does not start says so by `onDeath`.
  ask(async () => remote.readBlobsThere(readHere)).catch(() => undefined);
  // Of a worker that has died there is nothing to give up.
  const tickets = new Tickets((ticket) => void ask(() => remote.cancel(ticket)).catch(() => undefined));

  return {
    open: (files, mode, onUpdate): Promise<OpenOutcome> => {
      performance.mark(MARKS.open);
      const inbox = new Inbox();
      const listener = proxy((message: WireMessage) => {
        const update = inbox.receive(message);
        if (update === null) return;
        mark(update);
        onUpdate(update);
      });
      return ask(() => remote.open(files, mode, listener));
    },
    stop: () => ask(() => remote.stop()),
    resume: () => ask(() => remote.resume()),
    close: () => ask(() => remote.close()),
    read: (memory, address, length, signal) =>
      tickets.ask(signal, (ticket) => ask(() => remote.read(memory, address, length, ticket))),
    readAhead: (memory, edge, direction) => ask(() => remote.readAhead(memory, edge, direction)),
    folds: (memory, rowBytes, minimumRows) => ask(() => remote.folds(memory, rowBytes, minimumRows)),
    runs: (memory, start, end, limit) => ask(() => remote.runs(memory, start, end, limit)),
    strip: (memory, buckets) => ask(() => remote.strip(memory, buckets)),
    classify: (queries) => ask(() => remote.classify(queries)),
    nextRegion: (memory, address, direction) => ask(() => remote.nextRegion(memory, address, direction)),
    namedSegments: (memory) => ask(() => remote.namedSegments(memory)),
    layouts: (memory) => ask(() => remote.layouts(memory)),
    pointersTo: (memory, first, last, from) => ask(() => remote.pointersTo(memory, first, last, from)),
    segments: (first, count) => ask(() => remote.segments(first, count)),
    find: (slot, request, onUpdate) => ask(() => remote.find(slot, request, proxy(onUpdate))),
    stopFind: (slot) => ask(() => remote.stopFind(slot)),
    resumeFind: (slot) => ask(() => remote.resumeFind(slot)),
    closeFind: (slot) => ask(() => remote.closeFind(slot)),
    setGaps: (memory, override) => ask(() => remote.setGaps(memory, override)),
    fileBytes: (offset, length) => ask(() => remote.fileBytes(offset, length)),
    sourceText: (module, path) => ask(() => remote.sourceText(module, path)),
    removeModule: (id) => ask(() => remote.removeModule(id)),
    code: {
      frameCode: (thread, frame) => ask<FrameCode>(() => remote.code.frameCode(thread, frame)),
      disassembly: (place) => ask(() => remote.code.disassembly(place)),
      instructions: (place, first, count) => ask(() => remote.code.instructions(place, first, count)),
      lines: (place) => ask(() => remote.code.lines(place)),
      instructionAt: (place, offset) => ask(() => remote.code.instructionAt(place, offset)),
      findInstruction: (place, text, from, step) =>
        ask(() => remote.code.findInstruction(place, text, from, step)),
      stopOf: (thread, frame) => ask(() => remote.code.stopOf(thread, frame)),
    },
    compare: compareClient(remote, ask, tickets),
    keep: keepClient(remote, ask),
    terminate: () => die('The session was ended.'),
  };
}

function mark(update: Update): void {
  if (update.kind !== 'snapshot') return;
  performance.mark(update.snapshot.indexing.state === 'done' ? MARKS.indexed : MARKS.stack);
}
