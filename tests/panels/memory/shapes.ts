import type { FakeMemory } from './fake-session';

/** Bytes that are neither all zero nor all the same: the low byte of a multiple, so that every address tells itself. */
export function pattern(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index % 7 === 0 ? 0 : (index * 37 + seed) & 0xff));
}

const ZERO = {
  gaps: 'zero',
  evidenceShort: '5 of 5 segments agree',
  evidence:
    'All 5 segments lie inside one 4,096-byte chunk each and start and end in a non-zero byte. Wasmtime writes memory so, and leaves out only zeros.',
} as const;
const MISSING = {
  gaps: 'missing',
  evidenceShort: 'segment 3 spans two chunks',
  evidence: 'Segment 3 spans two chunks (0x1f80 to 0x2a40), so gaps may hold anything.',
} as const;
const LOST = {
  gaps: 'lost',
  evidenceShort: 'overwritten by the dump',
  evidence: 'The dump was written over 0x0 to 0x1a3f.',
} as const;

const sentence = new TextEncoder().encode('walking 4 nodes, depth 2');

/** The memory of the pictures: five segments in 12.4 MiB, a pointer to 0x11100 at 0x11138. */
function heap(): FakeMemory {
  const list = pattern(243, 3);
  list.set([0x05, 0, 0, 0, 0x06, 0, 0, 0, 0x00, 0x11, 0x01, 0x00], 0x11130 - 0x110cc);
  return {
    ...ZERO,
    size: 12_976_128,
    segments: [
      { at: 0xfb07, bytes: pattern(1270, 1) },
      { at: 0x10000, bytes: pattern(3232, 2) },
      { at: 0x110cc, bytes: list },
      { at: 0xc5e86c, bytes: Uint8Array.from([0x23, 0, 0, 0, ...sentence, 0, 0, 0, 0, 0x41, 0x17]) },
      { at: 0xc5ffcc, bytes: Uint8Array.of(0x38) },
    ],
  };
}

/** Every other 4 KiB chunk of the first 32 MiB captured: more list rows than one window holds. */
function striped(): FakeMemory {
  return {
    ...ZERO,
    size: 64 * 1024 * 1024,
    segments: Array.from({ length: 8192 }, (_, index) => ({ at: index * 4096, bytes: pattern(4000, index) })),
  };
}

/** Synthetic memories by what they show. */
export const SHAPES = {
  heap,
  small: (): FakeMemory => ({
    ...MISSING,
    size: 65536,
    segments: [
      { at: 0x400, bytes: pattern(3000, 5) },
      { at: 0x1f85, bytes: pattern(45, 6) },
    ],
  }),
  sparse: (): FakeMemory => ({
    ...ZERO,
    size: 2 ** 32,
    segments: [0x1000, 0x7fff_ff00, 0xffff_fff0].map((at, index) => ({
      at,
      bytes: pattern(index === 2 ? 16 : 400, index),
    })),
  }),
  striped,
  lost: (): FakeMemory => ({
    ...LOST,
    size: 131072,
    segments: [{ at: 0x1a45, bytes: pattern(131072 - 0x1a45, 9) }],
  }),
  short: (): FakeMemory => ({
    ...MISSING,
    size: 157,
    segments: [
      { at: 3, bytes: pattern(20, 2) },
      { at: 140, bytes: pattern(17, 2) },
    ],
  }),
  empty: (): FakeMemory => ({ ...MISSING, size: 0, segments: [] }),
  none: (): FakeMemory => ({
    ...LOST,
    evidence: 'The dump declares 198 pages and has no data section.',
    size: 198 * 65536,
    segments: [],
  }),
  pending: (): FakeMemory => ({ ...heap(), pendingFrom: 0x10000, segments: heap().segments.slice(0, 1) }),
} as const;
