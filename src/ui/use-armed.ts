import { useEffect, useState } from 'react';

/** As long as a click takes that was meant for what stood there before: browsers wait so for their own questions. */
const DELAY = 500;

/**
 * Whether a button that decides something may be pressed: not in the first half second after the question came, changed, or the
 * window came to the front. A page that opens this one under the second click of a double click, or changes the link just before
 * a click, gets no answer ("a question that comes under the pointer" in hostile-links.spec.ts).
 * @param question another object, another question.
 */
export function useArmed(question: unknown): boolean {
  const [armed, setArmed] = useState<{ readonly question: unknown } | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      clearTimeout(timer);
      setArmed(null);
      timer = setTimeout(() => setArmed({ question }), DELAY);
    };
    wait();
    window.addEventListener('focus', wait);
    document.addEventListener('visibilitychange', wait);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('focus', wait);
      document.removeEventListener('visibilitychange', wait);
    };
  }, [question]);
  return armed !== null && armed.question === question;
}
