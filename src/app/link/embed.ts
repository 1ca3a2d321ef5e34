import { deflateWithin, inflateWithin } from '../../bytes/raw-deflate';
import type { Bytes } from '../../bytes/units';
import { counted, grouped, size } from '../../ui/numbers';
import { fromBase64url, toBase64url } from './base64url';

/** Characters of a dump that "Copy link" puts into a link: what chats and mail let pass. */
export const EMBED_LIMIT = 8000;

/** A dump out of a link is inflated to at most so many bytes. */
export const INFLATED_LIMIT: Bytes = 8 * 2 ** 20;

/** A dump's bytes as a link holds them; null where that is too long for one. */
export async function packed(bytes: Uint8Array, signal?: AbortSignal): Promise<string | null> {
  const deflated = await deflateWithin(bytes, Math.floor((EMBED_LIMIT * 3) / 4), signal);
  return deflated === null ? null : toBase64url(deflated);
}

export type Unpacked =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Nothing can be opened; a sentence. */
  | { readonly kind: 'damaged'; readonly message: string };

/** The dump that a link holds. */
export async function unpacked(data: string): Promise<Unpacked> {
  const deflated = fromBase64url(data);
  if (deflated === null)
    return damaged(`its ${counted(data.length, 'character')} are no base64url: it is cut off`);
  const inflated = await inflateWithin(deflated, INFLATED_LIMIT);
  switch (inflated.kind) {
    case 'bytes':
      return inflated;
    case 'long':
      return damaged(`it inflates to more than ${size(INFLATED_LIMIT)}, the most that a link may hold`);
    case 'cut':
      return damaged(
        `it is cut off after ${counted(data.length, 'character')}, which inflate to ${counted(inflated.after, 'byte')} and more`,
      );
    case 'damaged':
      return damaged(
        `its byte ${grouped(inflated.at)} of ${grouped(deflated.length)} makes no sense (${inflated.reason})`,
      );
  }
}

function damaged(why: string): Unpacked {
  return { kind: 'damaged', message: `The dump in the link is damaged: ${why}.` };
}
