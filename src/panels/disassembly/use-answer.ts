import { useEffect, useRef, useState } from 'react';

export type Answer<T> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'answer'; readonly value: T }
  | { readonly kind: 'failed'; readonly message: string };

const WAITING = { kind: 'waiting' } as const;

/**
 * The session's answer to a question. `subject` says what is asked: another one begins with waiting. `version` asks
 * again, and the old answer stands until the new one is here. Answers that come too late are dropped.
 */
export function useAnswer<T>(subject: string, version: unknown, ask: () => Promise<T>): Answer<T> {
  const [held, setHeld] = useState<{ readonly subject: string; readonly answer: Answer<T> } | null>(null);
  const latest = useRef(ask);
  latest.current = ask;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version changes the answer to the same question
  useEffect(() => {
    let late = false;
    const take = (answer: Answer<T>) => {
      if (!late) setHeld({ subject, answer });
    };
    latest.current().then(
      (value) => take({ kind: 'answer', value }),
      (error: unknown) =>
        take({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      late = true;
    };
  }, [subject, version]);
  return held?.subject === subject ? held.answer : WAITING;
}
