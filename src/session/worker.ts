import { expose, proxy, transfer } from 'comlink';
import { BlobSpool } from '../bytes/blob-spool';
import { readBlobsElsewhere } from '../bytes/read-blob';
import { compareShell, type WireCompare } from './compare-wire';
import { keepShell, type WireKeep } from './keep-wire';
import { createLocalSession, INFLATE_LIMIT } from './local';
import { openCopyStore } from './opfs-copies';
import { createSpool } from './opfs-spool';
import { TicketOffice } from './tickets';
import { isTransient } from './transient';
import type { Folds, MemoryWindow } from './types';
import { Outbox, type WireSession } from './wire';
import { createWorkerLineRunner } from './worker-line-runner';

/*
 * The worker is one line around the session: it only says what crosses by transfer instead of by copy.
 */
const session = createLocalSession(
  {
    createSpool: isTransient(location.pathname) ? async () => new BlobSpool() : createSpool,
    atLimit: 'wait',
    inflateLimit: INFLATE_LIMIT,
    lineRunner: createWorkerLineRunner,
  },
  openCopyStore,
);

const tickets = new TicketOffice();

const shell: WireSession & WireCompare & WireKeep = {
  readBlobsThere: (reader) => readBlobsElsewhere(reader),
  open: (files, mode, post) => {
    const outbox = new Outbox(post);
    return session.open(files, mode, (update) => outbox.send(update));
  },
  stop: () => session.stop(),
  resume: () => session.resume(),
  close: () => session.close(),
  cancel: async (ticket) => tickets.cancel(ticket),
  readAhead: (memory, edge, direction) => session.readAhead(memory, edge, direction),
  read: async (memory, address, length, ticket): Promise<MemoryWindow> => {
    const window = await tickets.serve(ticket, (signal) => session.read(memory, address, length, signal));
    return transfer(window, [window.bytes.buffer]);
  },
  folds: async (memory, rowBytes, minimumRows): Promise<Folds> => {
    const folds = await session.folds(memory, rowBytes, minimumRows);
    return transfer(folds, [folds.rows.buffer, folds.counts.buffer, folds.states.buffer]);
  },
  runs: (memory, start, end, limit) => session.runs(memory, start, end, limit),
  strip: (memory, buckets) => session.strip(memory, buckets),
  classify: (queries) => session.classify(queries),
  nextRegion: (memory, address, direction) => session.nextRegion(memory, address, direction),
  namedSegments: (memory) => session.namedSegments(memory),
  layouts: (memory) => session.layouts(memory),
  pointersTo: (memory, first, last, from) => session.pointersTo(memory, first, last, from),
  segments: (first, count) => session.segments(first, count),
  find: (slot, request, onUpdate) =>
    session.find(slot, request, (update) =>
      onUpdate(transfer(update, [update.addresses.buffer, update.lengths.buffer])),
    ),
  stopFind: (slot) => session.stopFind(slot),
  resumeFind: (slot) => session.resumeFind(slot),
  closeFind: (slot) => session.closeFind(slot),
  setGaps: (memory, override) => session.setGaps(memory, override),
  fileBytes: async (offset, length) => {
    const bytes = await session.fileBytes(offset, length);
    return transfer(bytes, [bytes.buffer]);
  },
  sourceText: (module, path) => session.sourceText(module, path),
  removeModule: (id) => session.removeModule(id),
  ...compareShell(session.compare, tickets),
  ...keepShell(session.keep),
  code: proxy(session.code),
};

expose(shell);
