import type { Session } from '../session/types';

let current: Session | null = null;
let make: (() => Session) | null = null;

/** The page's session is this one; tests set an in-process one. */
export function setSession(session: Session): void {
  current = session;
}

/** The page's session is made when it is first asked for: its worker is no part of the first paint. */
export function makeSessionWith(maker: () => Session): void {
  make = maker;
  current = null;
}

/** @throws when called before there is one, or a way to make one: a mistake in the start-up, not in a file. */
export function session(): Session {
  if (current === null) {
    if (make === null) throw new Error('session() before makeSessionWith()');
    current = make();
  }
  return current;
}
