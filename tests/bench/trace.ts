import type { Browser, Page } from '@playwright/test';

/** One event of Chromium's trace; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Of `dur`, what the thread had the processor for. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly frame?: string } };
}

/**
 * What the page's main thread did while something was done to it, in milliseconds of the processor's time: on a machine that
 * does other things too, a task takes longer without being more work.
 */
export interface MainThread {
  /** Work in each frame: all tasks from the beginning of one frame to that of the next. */
  readonly frames: readonly number[];
  /** Every task. */
  readonly tasks: readonly number[];
}

/** Records the page's main thread while `what` is done. */
export async function traced(browser: Browser, page: Page, what: () => Promise<void>): Promise<MainThread> {
  await browser.startTracing(page, {
    categories: ['toplevel', 'devtools.timeline', '__metadata'],
  });
  await what();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return mainThread(trace.traceEvents);
}

/**
 * The main thread of the page is the renderer's with the most frames: other renderers (a spare one, an extension's) draw
 * none.
 */
function mainThread(events: readonly TraceEvent[]): MainThread {
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const threads = mains.map(({ pid, tid }) => {
    const own = events.filter((event) => event.pid === pid && event.tid === tid);
    return {
      begins: own.filter(({ name, ph }) => name === 'AnimationFrame' && ph === 'b').map(({ ts }) => ts),
      tasks: own.filter(({ name, ph }) => ph === 'X' && name === 'ThreadControllerImpl::RunTask'),
    };
  });
  const busiest = threads.sort((a, b) => b.begins.length - a.begins.length)[0];
  if (busiest === undefined || busiest.begins.length === 0 || busiest.tasks.length === 0)
    throw new Error('the trace has no frames of the page');
  const begins = [...busiest.begins].sort((a, b) => a - b);
  const frames = begins.map(() => 0);
  const tasks: number[] = [];
  for (const { ts, dur = 0, tdur = dur } of busiest.tasks) {
    tasks.push(tdur / 1000);
    // The task that holds the frame's begin starts a little before it.
    const frame = begins.findLastIndex((begin) => begin <= ts + dur);
    if (frame >= 0) frames[frame] = (frames[frame] ?? 0) + tdur / 1000;
  }
  return { frames, tasks };
}

/** The value that so large a part of the values does not exceed. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** What the page's worker holds after a collection, in bytes: objects, and the buffers behind typed arrays. */
export async function workerHeap(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  const worker = targetInfos.find(({ type }) => type === 'worker');
  if (worker === undefined) throw new Error('the page has no worker');
  const { sessionId } = await session.send('Target.attachToTarget', {
    targetId: worker.targetId,
    flatten: false,
  });
  const ask = (id: number, method: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const listener = ({ message }: { readonly message: string }) => {
        const answer = JSON.parse(message) as { id?: number; result?: unknown; error?: { message: string } };
        if (answer.id !== id) return;
        session.off('Target.receivedMessageFromTarget', listener);
        if (answer.error === undefined) resolve(answer.result);
        else reject(new Error(answer.error.message));
      };
      session.on('Target.receivedMessageFromTarget', listener);
      void session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    });
  await ask(1, 'HeapProfiler.enable');
  await ask(2, 'HeapProfiler.collectGarbage');
  const usage = (await ask(3, 'Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number };
  await session.detach();
  if (usage.backingStorageSize === undefined)
    throw new Error('this Chromium does not tell the size of buffers');
  return usage.usedSize + usage.backingStorageSize;
}
