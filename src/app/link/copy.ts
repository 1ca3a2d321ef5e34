import type { Snapshot } from '../../session/types';
import { openedFiles } from '../open';
import { session } from '../session';
import { EMBED_LIMIT, INFLATED_LIMIT, packed } from './embed';
import { pageNow } from './page-now';
import { printLink } from './print';
import { sourceOf } from './source';
import { type LinkSource, NO_SOURCE } from './types';
import { viewOf } from './view-of';
import { withoutMemory } from './without-memory';

/** A link to what is seen now. @param page the page's address, without a hash. */
export function linkTo(snapshot: Snapshot, source: LinkSource, page: string): string {
  return page + printLink({ source, view: viewOf(pageNow(), snapshot) });
}

/** Where the open dump comes from: only of a file of this disk is a choice to be made. */
export function openedSource(): LinkSource {
  return sourceOf(openedFiles());
}

/** The dump as it fits into a link. */
export type Embeddable =
  | { readonly kind: 'fits'; readonly source: LinkSource; readonly memory: 'whole' | 'none' }
  /** Continues "The dump is not offered inside the link: ". */
  | { readonly kind: 'no'; readonly why: string };

/** Packs the open dump for a link: whole, else without its memory. */
export async function embeddable(snapshot: Snapshot, page: string, signal: AbortSignal): Promise<Embeddable> {
  const { file, sections } = snapshot.dump;
  if (snapshot.indexing.state !== 'done') return { kind: 'no', why: 'it is still being read.' };
  const read = (offset: number, length: number) => session().fileBytes(offset, length);
  const room = EMBED_LIMIT - linkTo(snapshot, NO_SOURCE, page).length;
  const pack = async (bytes: Uint8Array, memory: 'whole' | 'none'): Promise<Embeddable | null> => {
    const data = await packed(bytes, signal);
    if (data === null || data.length > room) return null;
    return { kind: 'fits', memory, source: { kind: 'embedded', data, name: snapshot.name, memory } };
  };
  const whole = file.size <= INFLATED_LIMIT ? await pack(await read(0, file.size), 'whole') : null;
  if (whole !== null) return whole;
  const rest = await withoutMemory(sections, read);
  signal.throwIfAborted();
  const part = rest === null ? null : await pack(rest, 'none');
  return part ?? { kind: 'no', why: 'it would have more than 8,000 characters, also without memory.' };
}
