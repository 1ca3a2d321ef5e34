import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHAIN_DEPTH, type Chain, followChain } from '../../src/memory/chain';
import { fixture } from '../fixture';
import { dumpText } from '../helpers/dump-text';
import { openBytes } from '../helpers/open';

async function opened(bytes: Uint8Array) {
  const { session, snapshot } = await openBytes(bytes);
  const memory = {
    size: snapshot.memories[0]?.size ?? 0,
    word: 4 as const,
    read: (address: number, length: number) => session.read(0, address, length),
  };
  return {
    session,
    follow: (start: number, origin: number | null = null) => followChain(memory, start, origin),
  };
}

const steps = ({ links }: Chain) => links.map(({ address, target }) => [address, target]);

describe('real linked lists and pointers, by truth.json', () => {
  it('c-heap: g_head leads through the items of the list', async () => {
    const { follow } = await opened(fixture('wasmtime/c-heap/c-heap.coredump'));
    // g_head stands at 69376 and holds 71264; g_head->next is 71200, `it` 71136, it->next 71072: `next` comes first.
    expect(steps(await follow(69376)).slice(0, 4)).toEqual([
      [69376, 71264],
      [71264, 71200],
      [71200, 71136],
      [71136, 71072],
    ]);
  });

  it.each([
    ['who', 65488, 'first'],
    ['argv[1]', 71044, 'first'],
    ['argv[2]', 71048, 'second arg'],
    ['labels[4]', 65440, 'left-right'],
    ['g_countries[2].name', 69040, 'Bhutan'],
    ['g_motd', 69104, 'stock taking in progress'],
    ['g_root->left->right->label', 71468, 'left-right'],
  ])('c-heap: %s at %i leads to "%s"', async (_, address, text) => {
    const { follow } = await opened(fixture('wasmtime/c-heap/c-heap.coredump'));
    const { links, end } = await follow(address);
    expect(links).toHaveLength(1);
    expect(end).toEqual({ kind: 'text', address: links[0]?.target, text, cut: false });
  });

  it('c-pointers: to itself, to null, past the end, to a text', async () => {
    const { follow } = await opened(fixture('wasmtime/c-pointers/c-pointers.coredump'));
    expect(await follow(68912)).toEqual({
      links: [{ address: 68912, target: 68912 }],
      end: { kind: 'cycle', address: 68912 },
    });
    expect((await follow(68864)).end).toEqual({ kind: 'number', address: 68864, value: 0n });
    // The first address past the memory is a number, no pointer.
    expect((await follow(68872)).end).toEqual({ kind: 'number', address: 68872, value: 327_680n });
    expect((await follow(68876)).end).toEqual({ kind: 'number', address: 68876, value: 4_294_967_280n });
    expect((await follow(68900)).end).toMatchObject({ kind: 'text', text: 'a string literal' });
    // to_null points to `hole`, which holds null: its bytes are captured but for the last, a known zero.
    expect(await follow(68908)).toEqual({
      links: [{ address: 68908, target: 65528 }],
      end: { kind: 'number', address: 65528, value: 0n },
    });
  });
});

describe('what ends a chain', () => {
  const SPARSE = dumpText(`
    memory 1
    segment 0x1000 00 20 00 00 00 00
    segment 0x2000 00 30 00
    segment 0x5000 "ok" 00 00 "abcdefgh" 00
  `);

  it('a word with a missing byte, which is not followed', async () => {
    const { follow, session } = await opened(SPARSE);
    await session.setGaps(0, 'missing');
    expect((await session.classify([{ memory: 0, address: 0x3000 }]))[0]?.state).toBe('missing');
    expect(await follow(0x1000)).toEqual({
      links: [{ address: 0x1000, target: 0x2000 }],
      end: { kind: 'unread', address: 0x2000, state: 'missing', bytes: 1, of: 4 },
    });
    expect((await follow(0x3000)).end).toMatchObject({ kind: 'unread', state: 'missing', bytes: 4 });
    await session.setGaps(0, 'zero');
    expect(steps(await follow(0x1000))).toEqual([
      [0x1000, 0x2000],
      [0x2000, 0x3000],
    ]);
    expect((await follow(0x10000 - 2)).end).toMatchObject({
      kind: 'unread',
      state: 'out-of-bounds',
      bytes: 2,
    });
  });

  it('a way back, also to where the pointer itself stands', async () => {
    const { follow } = await opened(
      dumpText(`
        memory 1
        segment 0x4000 08 40 00 00 00 00 00 00 10 40 00 00 00 00 00 00 00 40 00 00
      `),
    );
    const whole = [
      { address: 0x4008, target: 0x4010 },
      { address: 0x4010, target: 0x4000 },
    ];
    expect(await follow(0x4008, 0x4000)).toEqual({ links: whole, end: { kind: 'cycle', address: 0x4000 } });
    expect(await follow(0x4008)).toEqual({
      links: [...whole, { address: 0x4000, target: 0x4008 }],
      end: { kind: 'cycle', address: 0x4008 },
    });
  });

  it('a text; a short one only where its number leads to no captured byte', async () => {
    const { follow } = await opened(SPARSE);
    expect((await follow(0x5000)).end).toEqual({ kind: 'text', address: 0x5000, text: 'ok', cut: false });
    expect((await follow(0x5004)).end).toMatchObject({ kind: 'text', text: 'abcdefgh' });
    const captured = await opened(
      dumpText('memory 1\nsegment 0x5000 "ok" 00 00\nsegment 0x6b6f 07 00 00 00'),
    );
    expect(steps(await captured.follow(0x5000))).toEqual([[0x5000, 0x6b6f]]);
  });

  it('a long text is cut at a whole character', async () => {
    const { follow } = await opened(dumpText(`memory 1\nsegment 0x5000 41 c3*0 ${'c3 a9 '.repeat(70)} 00`));
    const { end } = await follow(0x5000);
    expect(end).toMatchObject({ kind: 'text', cut: true, text: `A${'é'.repeat(63)}` });
  });
});

/** A number from 0 to 1 for each call, by a seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

it('over any words it equals following by hand, ends, and is never deeper than 8', async () => {
  // 128 words that may be followed: a way back is met as often as an end.
  const SIZE = 1536;
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      fc.nat({ max: 127 }),
      fc.double({ min: 0, max: 1 }),
      async (seed, from, far) => {
        const bytes = new Uint8Array(SIZE);
        const view = new DataView(bytes.buffer);
        const next = random(seed);
        // `far`: how many of the words lead out of the memory or near its beginning.
        for (let at = 0; at < SIZE; at += 4) {
          const least = next() < far / 10 ? 0 : 1024;
          view.setUint32(at, (least + next() * (least === 0 ? 3 * SIZE : SIZE - 1024)) & ~3, true);
        }
        const read = async (address: number, length: number) => {
          const end = Math.min(SIZE, address + length);
          const states = [{ start: address, end, state: 'captured' as const }];
          return { bytes: bytes.slice(address, end), states };
        };
        const start = 1024 + from * 4;
        const { links, end } = await followChain({ size: SIZE, word: 4, read }, start, null);
        kinds.add(end.kind);
        expect(links.length).toBeLessThanOrEqual(CHAIN_DEPTH);
        let at = start;
        for (const link of links) {
          expect(link).toEqual({ address: at, target: view.getUint32(at, true) });
          at = link.target;
        }
        const seen = new Set([start, ...links.slice(0, -1).map(({ target }) => target)]);
        expect(end.kind === 'cycle').toBe(links.length > 0 && seen.has(at));
        if (end.kind === 'number') {
          const value = view.getUint32(at, true);
          expect(value < 1024 || value >= SIZE).toBe(true);
        }
        if (end.kind === 'depth') expect(links).toHaveLength(CHAIN_DEPTH);
      },
    ),
  );
  expect([...kinds]).toEqual(expect.arrayContaining(['number', 'depth', 'cycle']));
});
