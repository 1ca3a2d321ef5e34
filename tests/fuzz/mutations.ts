/** One way to damage a file. */
export interface Mutation {
  /** For the message of a failure: it can be repeated from it. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const SMALL = 8192;
const PLACES = 2000;
const HEAD = 4096;
const HEADER = 16;

/** Cut at every length, and every byte set to 00, ff and itself ^ 80; of a large file at 2,000 places and in every section's header. */
export function* mutations(bytes: Uint8Array): Generator<Mutation> {
  for (const place of places(bytes)) {
    yield { name: `cut at ${place}`, bytes: bytes.slice(0, place) };
    for (const value of [0x00, 0xff, (bytes[place] ?? 0) ^ 0x80]) {
      if (bytes[place] !== value) yield changed(bytes, place, value);
    }
  }
}

/** `count` of all mutations, the same for the same seed. */
export function sampled(bytes: Uint8Array, count: number, seed: number): Mutation[] {
  const all = places(bytes);
  const next = random(seed);
  return Array.from({ length: Math.min(count, all.length * 4) }, () => {
    const place = all[Math.floor(next() * all.length)] ?? 0;
    const value = [null, 0x00, 0xff, (bytes[place] ?? 0) ^ 0x80][Math.floor(next() * 4)] ?? null;
    if (value === null) return { name: `cut at ${place}`, bytes: bytes.slice(0, place) };
    return changed(bytes, place, value);
  });
}

/** Where to damage: everywhere in a small file, else where the structure is. */
export function places(bytes: Uint8Array): number[] {
  if (bytes.length <= SMALL) return range(0, bytes.length);
  const step = HEAD / PLACES;
  const chosen = new Set(range(0, PLACES).map((index) => Math.floor(index * step)));
  for (const header of sectionHeaders(bytes))
    for (const place of range(header, Math.min(bytes.length, header + HEADER))) chosen.add(place);
  return [...chosen].sort((a, b) => a - b);
}

/** Where sections begin, by a walk of its own: the decoder under test has no say in it. */
function sectionHeaders(bytes: Uint8Array): number[] {
  const headers: number[] = [];
  let at = 8;
  while (at < bytes.length && headers.length < 1000) {
    headers.push(at);
    let size = 0;
    let shift = 0;
    let next = at + 1;
    for (; shift < 35; shift += 7) {
      const byte = bytes[next++] ?? 0;
      size += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    at = next + size;
  }
  return headers;
}

function changed(bytes: Uint8Array, place: number, value: number): Mutation {
  const copy = Uint8Array.from(bytes);
  copy[place] = value;
  return { name: `byte ${place} = 0x${value.toString(16).padStart(2, '0')}`, bytes: copy };
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
}

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
