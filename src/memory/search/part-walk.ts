import type { Address, Bytes, FileOffset } from '../../bytes/units';
import { Feeder } from './feeder';
import type { Matcher } from './matcher';
import type { Part } from './parts';

/** So much is looked at between two steps: a fraction of a millisecond's work for most matchers, and at most so many hits. */
const STEP: Bytes = 128 * 1024;
/** A stretch costs time even where it is one byte long. */
const PART_COST: Bytes = 128;
/** The matcher is asked so far ahead for what holds no hit. */
const AHEAD: Bytes = 1 << 20;
/** Where a hit may be, so much is looked at before the matcher is asked again: asking has its price too. */
const DENSE: Bytes = 4096;
/** Less without a hit is not worth to be passed over. */
const WORTH_PASSING: Bytes = 1024;
const ZEROS = new Uint8Array(STEP);

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

/** What the walk waits for: bytes of a part from a place in the file on, or nothing but its next turn. */
export type Wants =
  | { readonly kind: 'bytes'; readonly part: Part; readonly done: Bytes; readonly offset: FileOffset }
  | { readonly kind: 'step'; readonly at: Address }
  | { readonly kind: 'end' };

/**
 * Leads a matcher over parts of memory in address order, as far as their bytes are at hand. Without a promise: an await
 * would cost a turn for each of five million segments. What holds no hit for certain is passed over, but for the bytes
 * at either side that a hit can reach into from what touches them.
 */
export class PartWalk {
  readonly #matcher: Matcher;
  readonly #feeder: Feeder;
  #parts: readonly Part[] = [];
  #index = 0;
  #done: Bytes = 0;
  /** Where the part before ends. */
  #before: Address = -1;
  /** Bytes at hand, and where they stand in the file. */
  #window: Uint8Array = new Uint8Array(0);
  #windowStart: FileOffset = 0;
  /** Between these places in the file the matcher said that there is nothing of what every hit has. */
  #barrenFrom: FileOffset = 0;
  #barrenTo: FileOffset = 0;
  /** Between these places it need not be asked. */
  #askedFrom: FileOffset = 0;
  #askedTo: FileOffset = 0;
  #addresses: Address[] = [];
  #lengths: Bytes[] = [];
  #searched: Bytes = 0;
  #zeros: Bytes = 0;
  #work = 0;

  constructor(matcher: Matcher) {
    this.#matcher = matcher;
    this.#feeder = new Feeder(matcher, (address, length) => {
      this.#addresses.push(address);
      this.#lengths.push(length);
    });
  }

  /** Goes on with these parts, which come behind those before. */
  begin(parts: readonly Part[]): void {
    this.#parts = parts;
    this.#index = 0;
    this.#done = 0;
  }

  /** Takes the bytes that were asked for, and all that is at hand behind them. */
  take(bytes: Uint8Array, offset: FileOffset): void {
    this.#window = bytes;
    this.#windowStart = offset;
  }

  /** Nothing comes behind what was walked. */
  finish(): void {
    this.#feeder.flush();
  }

  /** What was found since the step before. */
  step(at: Address): ScanStep {
    const found = {
      addresses: this.#addresses,
      lengths: this.#lengths,
      searched: this.#searched,
      zeros: this.#zeros,
      at,
    };
    this.#addresses = [];
    this.#lengths = [];
    this.#work = 0;
    return found;
  }

  /** Walks on, to the end of the parts or as far as it can go now. */
  go(): Wants {
    for (; this.#index < this.#parts.length; this.#index += 1) {
      const part = this.#parts[this.#index];
      if (part === undefined) break;
      const after = this.#parts[this.#index + 1];
      // What comes after the last of these parts is not known yet.
      const touches = after === undefined || after.start === part.end;
      const wants =
        part.offset === null ? this.#zeroPart(part, touches) : this.#stored(part, part.offset, touches);
      if (wants !== null) return wants;
      this.#before = part.end;
      this.#done = 0;
    }
    return { kind: 'end' };
  }

  /** Over captured bytes. null: to their end. */
  #stored(part: Part, start: FileOffset, touches: boolean): Wants | null {
    const length = part.end - part.start;
    while (this.#done < length) {
      const address = part.start + this.#done;
      if (this.#work >= STEP) return { kind: 'step', at: address };
      const offset = start + this.#done;
      const index = offset - this.#windowStart;
      const here = index >= 0 && index < this.#window.length;
      if (here && !this.#isBarren(offset) && !(offset >= this.#askedFrom && offset < this.#askedTo))
        this.#ask(offset, index);
      const way = this.#way(start, length, part.start, touches);
      if (way < 0) {
        this.#feeder.flush();
        this.#searched -= way;
        this.#walked(-way);
        continue;
      }
      if (!here) return { kind: 'bytes', part, done: this.#done, offset };
      const taken = Math.min(this.#window.length - index, way, STEP);
      const more = this.#done + taken < length || touches;
      this.#feeder.feed(this.#window.subarray(index, index + taken), address, more);
      this.#searched += taken;
      this.#walked(taken);
    }
    return null;
  }

  #isBarren(offset: FileOffset): boolean {
    return offset >= this.#barrenFrom && offset < this.#barrenTo;
  }

  #ask(offset: FileOffset, index: number): void {
    const found = this.#matcher.barren(this.#window, index, Math.min(this.#window.length, index + AHEAD));
    if (found !== null && found - index >= WORTH_PASSING) {
      this.#barrenFrom = offset;
      this.#barrenTo = offset + found - index;
      return;
    }
    this.#askedFrom = offset;
    this.#askedTo = offset + (found === null ? AHEAD : DENSE);
  }

  /** How many bytes of a part come next in one way: those to be looked at, or, below 0, those to be passed over. */
  #way(start: FileOffset, length: Bytes, address: Address, touches: boolean): number {
    const { longest } = this.#matcher;
    const done = this.#done;
    if (!this.#isBarren(start + done)) {
      const asked = this.#askedTo - start;
      return asked > done ? Math.min(length, asked) - done : length - done;
    }
    const from = Math.max(0, this.#barrenFrom - start);
    const to = Math.min(length, this.#barrenTo - start);
    // A hit reaches into what is barren from where it is not, and from a part that touches.
    const lower = from === 0 && this.#before !== address ? 0 : from + longest;
    const upper = to === length && !touches ? length : to - longest;
    if (lower >= upper || done >= upper) return to - done;
    return done < lower ? lower - done : done - upper;
  }

  /** Over known zeros: where zeros hold no hit, one can only reach into them from either side. null: to their end. */
  #zeroPart({ start, end }: Part, touches: boolean): Wants | null {
    const { longest, zeros } = this.#matcher;
    const length = end - start;
    const edge = !zeros && length > 2 * longest ? longest : length;
    while (this.#done < length) {
      const address = start + this.#done;
      if (this.#work >= STEP) return { kind: 'step', at: address };
      const passed = edge < length && this.#done === edge ? length - 2 * edge : 0;
      if (passed > 0) {
        this.#feeder.flush();
        this.#zeros += passed;
        this.#done += passed;
        continue;
      }
      const taken = Math.min(this.#done < edge ? edge - this.#done : length - this.#done, STEP);
      this.#feeder.feed(ZEROS.subarray(0, taken), address, this.#done + taken < length || touches);
      this.#zeros += taken;
      this.#walked(taken);
    }
    return null;
  }

  #walked(bytes: Bytes): void {
    this.#done += bytes;
    this.#work += bytes + PART_COST;
  }
}
