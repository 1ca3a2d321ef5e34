import type { Session } from '../session/types';

let current: Session | null = null;

/** The page's session. Set at start, and again after the worker died; tests set an in-process one. */
export function setSession(session: Session): void {
  current = session;
}

/** @throws when called before `setSession`: a mistake in the start-up, not in a file. */
export function session(): Session {
  if (current === null) throw new Error('session() before setSession()');
  return current;
}
