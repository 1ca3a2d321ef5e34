import { describe, expect, it } from 'vitest';
import { TicketOffice, Tickets } from '../../src/session/tickets';

/** Both sides, with messages that take a moment, as between threads. */
function pair() {
  const office = new TicketOffice();
  const tickets = new Tickets((ticket) => void later().then(() => office.cancel(ticket)));
  const begun: AbortSignal[] = [];
  const read = (signal?: AbortSignal, takes = 20) =>
    tickets.ask(signal, async (ticket) => {
      await later();
      return office.serve(ticket, async (within) => {
        begun.push(within);
        await new Promise((resolve) => setTimeout(resolve, takes));
        within.throwIfAborted();
        return 'bytes';
      });
    });
  return { office, begun, read };
}

const later = () => new Promise((resolve) => setTimeout(resolve, 1));

describe('tickets', () => {
  it('give up a read on the other side, and reject on this one at once', async () => {
    const { begun, read } = pair();
    const left = new AbortController();
    const reading = read(left.signal, 10_000);
    const other = read();
    await later();
    await later();
    left.abort(new Error('left'));
    await expect(reading).rejects.toThrow('left');
    await expect.poll(() => begun[0]?.aborted).toBe(true);
    expect(await other).toBe('bytes');
    expect(begun[1]?.aborted).toBe(false);
  });

  it('ask for nothing that was given up before', async () => {
    const { begun, read } = pair();
    await expect(read(AbortSignal.abort(new Error('left')))).rejects.toThrow('left');
    expect(begun).toEqual([]);
  });

  it('are over when the read is', async () => {
    const { begun, office, read } = pair();
    const left = new AbortController();
    expect(await read(left.signal, 0)).toBe('bytes');
    left.abort();
    office.cancel(0);
    await later();
    expect(begun[0]?.aborted).toBe(false);
  });
});
