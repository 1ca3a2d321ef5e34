/**
 * Whether another site's page shows this one in a frame. Such a page can lay its own picture over a question for consent and let
 * the user click through it. The policy's `frame-ancestors` forbids it where the host sends headers; static hosts that send none,
 * and the single file, can only be careful: in a foreign frame no consent counts, remembered or new.
 */
export function isFramed(frame: Window = window): boolean {
  for (let inner = frame; inner !== inner.parent; inner = inner.parent) {
    try {
      if (inner.parent.location.origin !== frame.location.origin) return true;
    } catch {
      // Another origin's address may not be read, which is the answer.
      return true;
    }
  }
  return false;
}

/** Why no other host is asked from inside of a frame. */
export const FRAMED =
  'Another site shows this page inside its own, and could hide what you are asked. Open it in a tab of its own to contact other hosts.';
