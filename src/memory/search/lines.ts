import type { Address, Bytes } from '../../bytes/units';

/** Lines of text to be matched somewhere else: their bytes one after the other. */
export interface LineBatch {
  readonly bytes: Uint8Array;
  /** Where each line begins in `bytes`, and where the last one ends. */
  readonly starts: Uint32Array;
}

/** Matches: in which line, from which byte of it on, how long. */
export interface LineMatches {
  readonly lines: Uint32Array;
  readonly from: Uint32Array;
  readonly lengths: Uint32Array;
}

export interface Expression {
  readonly source: string;
  readonly flags: string;
  readonly encoding: 'utf-8' | 'utf-16le';
}

/** Gathers lines into batches, and knows where each line stands in memory. */
export class LineBasket {
  #bytes = new Uint8Array(65_536);
  #used = 0;
  #starts: number[] = [0];
  #addresses: Address[] = [];

  get size(): Bytes {
    return this.#used;
  }

  add(bytes: Uint8Array, from: number, to: number, address: Address): void {
    const used = this.#used + to - from;
    if (used > this.#bytes.length) {
      const larger = new Uint8Array(2 * used);
      larger.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes.subarray(from, to), this.#used);
    this.#used = used;
    this.#starts.push(used);
    this.#addresses.push(address);
  }

  /** What was gathered; the basket is empty then. */
  take(): { readonly batch: LineBatch; readonly addresses: readonly Address[] } {
    const batch = { bytes: this.#bytes.slice(0, this.#used), starts: Uint32Array.from(this.#starts) };
    const addresses = this.#addresses;
    this.#used = 0;
    this.#starts = [0];
    this.#addresses = [];
    return { batch, addresses };
  }
}

/** All matches of an expression in each line, from left to right, without those that match nothing. */
export function matchLines(expression: Expression, { bytes, starts }: LineBatch): LineMatches {
  const pattern = new RegExp(expression.source, expression.flags);
  const decoder = new TextDecoder(expression.encoding, { ignoreBOM: true });
  const lines: number[] = [];
  const from: number[] = [];
  const lengths: number[] = [];
  const whole = decoder.decode(bytes);
  // Where a character is a byte, a line is a piece of the whole: decoding each would take most of the time.
  const plain = whole.length === bytes.length;
  for (let line = 0; line + 1 < starts.length; line += 1) {
    const [start, end] = [starts[line] ?? 0, starts[line + 1] ?? 0];
    const text = plain ? whole.slice(start, end) : decoder.decode(bytes.subarray(start, end));
    let characters = 0;
    let offset = 0;
    const bytesUpTo = (index: number): number => {
      offset += byteLength(text, characters, index, plain, expression.encoding);
      characters = index;
      return offset;
    };
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      if (match[0] === '') {
        // A match of nothing does not move on by itself. Half a pair is never met: with the flag u the engine steps over it.
        pattern.lastIndex += 1;
        continue;
      }
      const begins = bytesUpTo(match.index);
      lines.push(line);
      from.push(begins);
      lengths.push(bytesUpTo(match.index + match[0].length) - begins);
    }
  }
  return { lines: Uint32Array.from(lines), from: Uint32Array.from(from), lengths: Uint32Array.from(lengths) };
}

function byteLength(
  text: string,
  from: number,
  to: number,
  plain: boolean,
  encoding: 'utf-8' | 'utf-16le',
): number {
  if (plain) return to - from;
  return encoding === 'utf-16le' ? 2 * (to - from) : ENCODER.encode(text.slice(from, to)).length;
}

const ENCODER = new TextEncoder();
