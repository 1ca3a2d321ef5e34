/**
 * Waits.
 * @throws the signal's reason when it is aborted.
 */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', abort, { once: true });
  });
}

/**
 * Does something that ends when either of two signals is aborted, with the reason of that one. Not `AbortSignal.any`: what
 * it makes hangs on a long-lived signal for as long as that lives, and one of these lives as long as a dump is open.
 */
export async function withEither<T>(
  one: AbortSignal,
  other: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (other === undefined) return work(one);
  const both = new AbortController();
  const listeners = [one, other].map((signal) => {
    const abort = (): void => both.abort(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    return () => signal.removeEventListener('abort', abort);
  });
  try {
    return await work(both.signal);
  } finally {
    for (const stop of listeners) stop();
  }
}

/**
 * What a promise brings, unless the signal is aborted first; what it brings then is nobody's concern.
 * @throws the signal's reason when it is aborted.
 */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
