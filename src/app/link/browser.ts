import type { AddressBar } from './entries';
import { LinkFollower, type OpenSource } from './follow';
import { isContinuous } from './gesture';

/** Keeps the browser's address bar and the page together from now on. */
export function followAddressBar(open: OpenSource): void {
  const follower = new LinkFollower(browserBar(), open);
  window.addEventListener(
    'pointerdown',
    ({ timeStamp }) => follower.touch({ kind: 'press', continuous: false, at: timeStamp }),
    { capture: true },
  );
  window.addEventListener(
    'keydown',
    (event) => follower.touch({ kind: 'key', continuous: isContinuous(event), at: event.timeStamp }),
    { capture: true },
  );
  // A changed address comes as both where the browser follows the standard, as the second one alone where it does not.
  let seen = location.href;
  const travelled = () => {
    follower.travelled();
    seen = location.href;
  };
  window.addEventListener('popstate', travelled);
  window.addEventListener('hashchange', () => {
    if (location.href !== seen) travelled();
  });
  follower.start();
}

function browserBar(): AddressBar {
  const write = (method: 'pushState' | 'replaceState', hash: string, entry: unknown) => {
    try {
      history[method](entry, '', `${location.pathname}${location.search}${hash}`);
    } catch (error) {
      // A frame without rights, or too many changes at once: the page works on, "Copy link" too.
      if (!(error instanceof DOMException)) throw error;
    }
  };
  return {
    hash: () => location.hash,
    entry: () => history.state,
    push: (hash, entry) => write('pushState', hash, entry),
    replace: (hash, entry) => write('replaceState', hash, entry),
  };
}
