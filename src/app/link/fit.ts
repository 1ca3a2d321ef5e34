import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { counted, grouped, hex } from '../../ui/numbers';
import { moduleOf } from './module-of';
import type { LinkView } from './types';

/** A link's view as far as a dump has it, and what the dump has not, as sentences. */
export interface Fitted {
  readonly view: LinkView;
  readonly problems: readonly string[];
}

/** Holds a view against the open dump: a link may be about another one, or was written by hand. */
export function fitView(view: LinkView, snapshot: Snapshot): Fitted {
  const problems: string[] = [];
  const { threads } = snapshot.dump;
  const { memories } = snapshot;
  const name = visible(snapshot.name, 60);
  const has = (what: string) => problems.push(`${name} has ${what}`);

  let { frame, memory, bytes, search, code, source, structs } = view;
  if (frame !== null) {
    const frames = threads[frame.thread]?.frames.length ?? null;
    if (frames === null)
      has(`${counted(threads.length, 'thread')}; the link's is thread ${grouped(frame.thread)}.`);
    else if (frame.frame >= frames)
      has(
        `${counted(frames, 'frame')} in thread ${grouped(frame.thread)}; the link's is frame ${grouped(frame.frame)}.`,
      );
    if (frames === null || frame.frame >= frames) {
      frame = null;
      // They were places seen from that frame.
      code = null;
      source = null;
    }
  }
  if (code !== null && moduleOf(snapshot, code) === null) {
    const from = code.module === null ? 'a debug module' : visible(code.module, 60);
    problems.push(`The link shows func[${code.function}] of ${from}, which is not open: add it.`);
    code = null;
  }
  const known = (index: number, what: string) => {
    if (index === 0 || index < memories.length) return true;
    has(`${counted(memories.length, 'memory', 'memories')}; ${what} memory ${grouped(index)}.`);
    return false;
  };
  if (!known(memory, 'the link shows')) {
    memory = 0;
    bytes = null;
    // It was a search of that memory.
    search = null;
  }
  if (bytes !== null && !known(bytes.memory, 'the link selects bytes of')) bytes = null;
  if (bytes !== null) {
    const size = memories[bytes.memory]?.size ?? 0;
    const last = Math.max(bytes.anchor, bytes.focus);
    if (last >= size) {
      has(`${counted(size, 'byte')} in memory ${bytes.memory}; the link selects ${hex(last)}.`);
      bytes = null;
    }
  }
  if (structs !== null && !known(structs.memory, 'the link lays structs over')) structs = null;
  const gaps = view.gaps.filter((one) => known(one.memory, 'the link sets gaps of'));
  return { view: { ...view, frame, memory, bytes, gaps, search, code, source, structs }, problems };
}
