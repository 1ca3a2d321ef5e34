import { proxy, type Remote, transfer } from 'comlink';
import type { OtherOutcome } from './compare-types';
import type { TicketOffice, Tickets } from './tickets';
import type { CompareSession } from './types';
import { Inbox, Outbox, type WireMessage, type WireRead } from './wire';

/** What a second dump is asked for, as the worker offers it: in one level with all other questions. */
export interface WireCompare {
  readonly compareOpen: (
    files: Parameters<CompareSession['open']>[0],
    post: (message: WireMessage) => void,
  ) => ReturnType<CompareSession['open']>;
  readonly compareClose: CompareSession['close'];
  readonly compareStopOpening: CompareSession['stopOpening'];
  readonly compareResumeOpening: CompareSession['resumeOpening'];
  readonly compareRead: WireRead;
  readonly compareStart: CompareSession['start'];
  readonly compareStop: CompareSession['stop'];
  readonly compareResume: CompareSession['resume'];
}

/** The worker's side: says what crosses by transfer instead of by copy. */
export function compareShell(compare: CompareSession, tickets: TicketOffice): WireCompare {
  return {
    compareOpen: (files, post) => {
      const outbox = new Outbox(post);
      return compare.open(files, (update) => outbox.send(update));
    },
    compareClose: () => compare.close(),
    compareStopOpening: () => compare.stopOpening(),
    compareResumeOpening: () => compare.resumeOpening(),
    compareRead: async (memory, address, length, ticket) => {
      const window = await tickets.serve(ticket, (signal) => compare.read(memory, address, length, signal));
      return transfer(window, [window.bytes.buffer]);
    },
    compareStart: (request, onUpdate) =>
      compare.start(request, (update) => {
        const { starts, lengths, differing, kinds } = update;
        onUpdate(transfer(update, [starts.buffer, lengths.buffer, differing.buffer, kinds.buffer]));
      }),
    compareStop: (memory) => compare.stop(memory),
    compareResume: (memory) => compare.resume(memory),
  };
}

/** The page's side. @param ask gives the worker's answer, or its death. */
export function compareClient(
  remote: Remote<WireCompare>,
  ask: <T>(call: () => Promise<T>) => Promise<T>,
  tickets: Tickets,
): CompareSession {
  return {
    open: (files, onUpdate) => {
      const inbox = new Inbox();
      const listener = proxy((message: WireMessage) => {
        const update = inbox.receive(message);
        if (update !== null) onUpdate(update);
      });
      return ask<OtherOutcome>(() => remote.compareOpen(files, listener));
    },
    close: () => ask(() => remote.compareClose()),
    stopOpening: () => ask(() => remote.compareStopOpening()),
    resumeOpening: () => ask(() => remote.compareResumeOpening()),
    read: (memory, address, length, signal) =>
      tickets.ask(signal, (ticket) => ask(() => remote.compareRead(memory, address, length, ticket))),
    start: (request, onUpdate) => ask(() => remote.compareStart(request, proxy(onUpdate))),
    stop: (memory) => ask(() => remote.compareStop(memory)),
    resume: (memory) => ask(() => remote.compareResume(memory)),
  };
}
