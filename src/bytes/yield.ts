/** What Node's ports have besides: one that is not counted does not keep the process alive. */
interface Counted {
  readonly ref: () => void;
  readonly unref: () => void;
}

const waiting: (() => void)[] = [];
let post: (() => void) | null = null;

/**
 * Lets everything else that waits in this thread run: messages of the page, answers of the disk. A promise alone does
 * not, since its continuation comes before any message; a timer does, but browsers stretch it to 4 ms. One channel serves
 * all: a search yields a thousand times a second, and making a channel takes longer than what it is waited for.
 */
export function yieldToEvents(): Promise<void> {
  post ??= opened();
  const send = post;
  return new Promise((resolve) => {
    waiting.push(resolve);
    send();
  });
}

function opened(): () => void {
  const { port1, port2 } = new MessageChannel();
  const counted = 'unref' in port1 ? (port1 as unknown as Counted) : null;
  port1.onmessage = () => {
    const next = waiting.shift();
    // Held by "a process that has yielded can end" in yield.test.ts.
    if (waiting.length === 0) counted?.unref();
    next?.();
  };
  return () => {
    counted?.ref();
    port2.postMessage(null);
  };
}
