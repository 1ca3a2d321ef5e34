import { useEffect, useState } from 'react';

/** A key that repeats is over after this. */
const REST_MS = 120;

/** The answer to a question that is asked once its key has rested; null until it is here. A late answer to an old key is dropped. */
export function useSettled<T>(key: string | null, ask: () => Promise<T>): T | null {
  const [found, setFound] = useState<{ readonly key: string; readonly answer: T } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the question depends on
  useEffect(() => {
    if (key === null) return;
    let wanted = true;
    const timer = setTimeout(() => {
      ask().then(
        (answer) => {
          if (wanted) setFound({ key, answer });
        },
        // The dump was replaced or the worker died: the page as a whole says so.
        () => setFound(null),
      );
    }, REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [key]);
  return found !== null && found.key === key ? found.answer : null;
}
