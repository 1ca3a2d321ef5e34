import type { ByteSource } from '../../bytes/source';
import type { Address, Bytes } from '../../bytes/units';
import { WindowReader } from '../../bytes/windows';
import type { MemoryModel } from '../memory-model';
import type { SegmentTable } from '../segment-table';
import { Feeder } from './feeder';
import type { Matcher } from './matcher';
import { bytesAt, inFileOrder, nextParts, type Part, readUnordered } from './parts';

/** So much is looked at between two steps: about a millisecond's work, and at most so many hits. */
const STEP: Bytes = 256 * 1024;
/** A stretch costs time even where it is one byte long. */
const PART_COST: Bytes = 128;
const ZEROS = new Uint8Array(STEP);

export interface ScanInput {
  readonly source: ByteSource;
  readonly table: SegmentTable;
  readonly memory: MemoryModel;
  readonly matcher: Matcher;
  /** Known zeros are looked at too. */
  readonly zeros: boolean;
  readonly signal: AbortSignal;
}

/** What was found since the step before, in address order. */
export interface ScanStep {
  readonly addresses: readonly Address[];
  readonly lengths: readonly Bytes[];
  /** Captured bytes, and known zeros, that were looked at so far. */
  readonly searched: Bytes;
  readonly zeros: Bytes;
  /** All below was looked at. */
  readonly at: Address;
}

/**
 * Looks through the known bytes of a memory in address order; who asks for no further step stops it. The file is read in
 * large windows with reading ahead, front to back where the segments ascend.
 * @throws what the source throws.
 */
export async function* scanMemory(input: ScanInput): AsyncGenerator<ScanStep, void, undefined> {
  const { source, table, memory, matcher, signal } = input;
  let addresses: Address[] = [];
  let lengths: Bytes[] = [];
  const feeder = new Feeder(matcher, (address, length) => {
    addresses.push(address);
    lengths.push(length);
  });
  const reader = new WindowReader(source, 0, Number.MAX_SAFE_INTEGER, signal);
  let searched = 0;
  let zeros = 0;
  let work = 0;
  const step = (at: Address): ScanStep => {
    const found = { addresses, lengths, searched, zeros, at };
    addresses = [];
    lengths = [];
    work = 0;
    return found;
  };

  for (let at = 0; at < memory.size; ) {
    const { parts, next } = nextParts(memory, table, at, input.zeros);
    const unordered = inFileOrder(parts) ? null : await readUnordered(source, parts, signal);
    for (const [index, part] of parts.entries()) {
      const after = parts[index + 1];
      // What comes after the last of these parts is not known yet.
      const touches = after === undefined || after.start === part.end;
      for (let done = 0, length = part.end - part.start; done < length; ) {
        const address = part.start + done;
        const skipped = skippable(matcher, part, done);
        if (skipped > 0) {
          feeder.flush();
          done += skipped;
          zeros += skipped;
          continue;
        }
        const found = part.offset === null ? ZEROS : bytesAt(reader, unordered, part, part.offset, done);
        // An await would cost a turn for each of five million segments.
        const bytes = found instanceof Uint8Array ? found : await found;
        const taken = Math.min(bytes.length, (edge(matcher, part, done) ?? length) - done, STEP);
        feeder.feed(bytes.subarray(0, taken), address, done + taken < length || touches);
        done += taken;
        if (part.offset === null) zeros += taken;
        else searched += taken;
        work += taken + PART_COST;
        if (work >= STEP) yield step(address + taken);
      }
    }
    at = next;
  }
  feeder.flush();
  yield step(memory.size);
}

/**
 * Where known zeros can be passed over: where zeros hold no hit, one can only reach into them from either side.
 * null: they are not passed over, or it is behind them.
 */
function edge(matcher: Matcher, { start, end, offset }: Part, done: Bytes): Bytes | null {
  const { longest } = matcher;
  const worth = offset === null && !matcher.zeros && end - start > 2 * longest;
  return worth && done < longest ? longest : null;
}

function skippable(matcher: Matcher, part: Part, done: Bytes): Bytes {
  const length = part.end - part.start;
  return done > 0 && edge(matcher, part, done - 1) === done ? length - 2 * done : 0;
}
