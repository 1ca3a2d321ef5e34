import type { Bytes } from '../bytes/units';
import { yieldToEvents } from '../bytes/yield';
import { bodyOf } from '../symbols/debug-module';
import { type BodyIndex, BodyScan } from '../wasm/body';
import type { CodePlace } from './code-types';
import type { Shelved } from './module-shelf';

/** A function's body and where its instructions stand. */
export interface IndexedBody {
  readonly bytes: Uint8Array;
  readonly index: BodyIndex;
}

/** Longer bodies, and more instructions, are not gone through: engines take 7,654,321 bytes. */
const LONGEST: Bytes = 64 * 1024 * 1024;
const MOST_INSTRUCTIONS = 16 * 1024 * 1024;
/** So many instructions take about 10 ms. */
const PORTION = 200_000;
/** Bodies that are not in view are kept up to this much. */
const KEPT: Bytes = 128 * 1024 * 1024;

/** The bodies that were looked at last, indexed. */
export class CodeBodies {
  /** The one that was used last stands last. */
  readonly #kept = new Map<string, { readonly body: Promise<IndexedBody>; bytes: Bytes }>();

  /** A function's body; null where the module has none. */
  async of(place: CodePlace, module: Shelved, signal: AbortSignal): Promise<IndexedBody | null> {
    const key = `${place.module} ${place.function}`;
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.body;
    }
    const found = bodyOf(module.symbols, place.function);
    if (found === null) return null;
    const body = readBody(module, found.start, found.size, signal);
    const entry = { body, bytes: 0 };
    this.#kept.set(key, entry);
    try {
      const { bytes, index } = await body;
      entry.bytes = bytes.length + 6 * index.offsets.length;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
    this.#evict();
    return body;
  }

  clear(): void {
    this.#kept.clear();
  }

  #evict(): void {
    let all = 0;
    for (const { bytes } of this.#kept.values()) all += bytes;
    for (const [key, { bytes }] of this.#kept) {
      if (all <= KEPT || this.#kept.size === 1) return;
      this.#kept.delete(key);
      all -= bytes;
    }
  }
}

async function readBody(
  { file }: Shelved,
  start: number,
  size: Bytes,
  signal: AbortSignal,
): Promise<IndexedBody> {
  const bytes = await file.source.read(start, Math.min(size, LONGEST), signal);
  const scan = new BodyScan(bytes);
  for (let walked = 0; !scan.advance(PORTION); walked += PORTION) {
    if (walked >= MOST_INSTRUCTIONS) break;
    await yieldToEvents();
    signal.throwIfAborted();
  }
  const index = scan.index();
  const shown = index.offsets.length.toLocaleString('en-US');
  if (index.offsets.length >= MOST_INSTRUCTIONS || size > LONGEST) {
    const message = `${shown} instructions of a body of ${size.toLocaleString('en-US')} bytes are shown`;
    return { bytes, index: { ...index, problem: { offset: scan.at, message } } };
  }
  return { bytes, index };
}
