import { describe, expect, it } from 'vitest';
import type { GapState } from '../../src/coredump/model';
import type { MemorySummary } from '../../src/session/types';
import { dumpText } from '../helpers/dump-text';
import { openBytes } from '../helpers/open';

/** What is concluded of each memory of a dump. `cut`: bytes taken from its end. */
async function concluded(text: string, cut = 0): Promise<readonly MemorySummary[]> {
  const dump = dumpText(text);
  return (await openBytes(dump.slice(0, dump.length - cut))).snapshot.memories;
}

async function expectGaps(text: string, state: GapState, evidence: string, short: string, cut = 0) {
  const [memory] = await concluded(text, cut);
  expect({ state: memory?.gaps, evidence: memory?.evidence, short: memory?.evidenceShort }).toEqual({
    state,
    evidence,
    short,
  });
}

/** In Wasmtime's order. `segments`: lines. */
const wasmtime = (segments: string, memories = 'memory 2') => `
  core a
  ${memories}
  none global
  ${segments}
  module m
  instance 0 memories 0
  thread main L1
`;

/** In an order that no producer has. */
const composed = (segments: string, memories = 'memory 16') => `
  thread main L1
  ${memories}
  ${segments}
`;

const trimmed = (count: number): string =>
  Array.from({ length: count }, (_, index) => `segment 0x${(index * 4096 + 16).toString(16)} aa bb`).join(
    '\n',
  );

describe('elided zero', () => {
  it('a trimmed dump of Wasmtime, however few segments it has', () =>
    expectGaps(
      wasmtime('segment 0x1ffff0 aa', 'memory 32'),
      'zero',
      "Gaps are zero. 1 of 1 segments are trimmed 4,096-byte chunks, and the sections stand in Wasmtime's order.",
      '1 of 1 segments agree',
    ));

  it('a trimmed dump of newer WasmEdge', () =>
    expectGaps(
      `memory 1
       global i32 var 5
       segment 0x1000 aa
       core a
       module m
       instance 0 memories 0
       thread main L1
       frame func[1]+2 inst 0`,
      'zero',
      "Gaps are zero. 1 of 1 segments are trimmed 4,096-byte chunks, and the sections stand in WasmEdge's order.",
      '1 of 1 segments agree',
    ));

  it('six trimmed segments of anybody', () =>
    expectGaps(
      composed(trimmed(6)),
      'zero',
      'Gaps are zero. 6 of 6 segments are trimmed 4,096-byte chunks, and so many are not so by chance.',
      '6 of 6 segments agree',
    ));

  it('six trimmed segments of all memories together', async () => {
    const other = trimmed(3).replaceAll('segment ', 'segment 1:');
    const memories = await concluded(composed(`${trimmed(3)}\n${other}`, 'memory 1\nmemory 1'));
    expect(memories.map(({ gaps }) => gaps)).toEqual(['zero', 'zero']);
  });

  const OF_A_MODULE =
    'Gaps are zero. This is a module, not a dump: memory that no segment initialises is zero.';

  it('a module', () => expectGaps('memory 1\n segment 0 aa', 'zero', OF_A_MODULE, 'a module'));

  it('a module without a data section', () => expectGaps('memory 1', 'zero', OF_A_MODULE, 'a module'));

  it('a snapshot', () =>
    expectGaps(
      'memory 1\n segment 0 aa\n segment 9 aa',
      'zero',
      'Gaps are zero. This is a snapshot: memory that no segment initialises is zero.',
      'a snapshot',
    ));
});

describe('missing', () => {
  it('five trimmed segments of an unknown producer', () =>
    expectGaps(
      composed(trimmed(5)),
      'missing',
      'Gaps are missing. 5 of 5 segments are trimmed 4,096-byte chunks, but fewer than 6 can be so by chance, and the producer is not known.',
      '5 of at least 6 segments',
    ));

  it.each([
    [
      'segment 0x10 aa\n segment 0x1fff aa bb',
      'Gaps are missing. Segment 1 spans two chunks (0x1fff to 0x2000), so gaps may hold anything.',
      'segment 1 is not trimmed',
    ],
    [
      'segment 0x10 aa 00',
      'Gaps are missing. Segment 0 has a zero byte at its edge (0x11), so zeros were not left out and gaps may hold anything.',
      'segment 0 is not trimmed',
    ],
    [
      'segment 0x10 aa\n segment 0x5000',
      'Gaps are missing. Segment 1 is empty, so segments are no runs of non-zero bytes.',
      'segment 1 is empty',
    ],
    [
      'segment 0x10 aa\n segment 0x20 bb',
      'Gaps are missing. Segment 1 (0x20 to 0x20) shares a 4,096-byte chunk with another, so gaps may hold anything.',
      'segment 1 shares a chunk',
    ],
    [
      'segment unknown aa\n segment 0x20 bb',
      'Gaps are missing. Segment 0 cannot be placed, so any gap may be its place.',
      'a segment cannot be placed',
    ],
    [
      // Past what 32 bits reach: no place either.
      'segment 0x20 bb\n segment 0xffffffff aa bb',
      'Gaps are missing. Segment 1 cannot be placed, so any gap may be its place.',
      'a segment cannot be placed',
    ],
  ])('one segment that breaks the shape speaks for the whole dump: %s', (segments, evidence, short) =>
    expectGaps(wasmtime(segments), 'missing', evidence, short),
  );

  it('one segment of another memory does too', async () => {
    const text = wasmtime('segment 0x10 aa\n segment 1:0x20 00 bb', 'memory 1\n memory 1');
    expect((await concluded(text)).map(({ gaps }) => gaps)).toEqual(['missing', 'missing']);
  });

  it('a memory without any segment', async () => {
    const memories = await concluded(wasmtime('segment 0x10 aa', 'memory 1\n memory 1'));
    expect(memories[0]?.gaps).toBe('zero');
    expect(memories[1]).toMatchObject({
      gaps: 'missing',
      evidence:
        'Gaps are missing. No segment stands in this memory, so nothing shows whether it was zero or left out.',
    });
  });

  it('a memory that may have pages of one byte', () =>
    expectGaps(
      wasmtime('segment 0x10 aa', 'memory 5000'),
      'missing',
      "Gaps are missing. No segment ends past 5,000, the memory's minimum counted in bytes: with pages of one byte its size would be 5,000 and not 327,680,000, and a last partial chunk left out.",
      'perhaps one-byte pages',
    ));

  it('but not where a segment ends past that, nor where the page size is written', async () => {
    expect((await concluded(wasmtime('segment 0x2000 aa', 'memory 5000')))[0]?.gaps).toBe('zero');
    expect((await concluded(wasmtime('segment 0x10 aa', 'memory 5000 page 1')))[0]?.gaps).toBe('zero');
  });

  it('a second data section', () =>
    expectGaps(
      `${wasmtime('segment 0x10 aa')}\n segment 0x20 bb`,
      'missing',
      'Gaps are missing. 2 data sections; only the first counts, so gaps may stand in another.',
      'a second data section',
    ));

  it('a module whose segment cannot be placed', () =>
    expectGaps(
      'import global i32 const\n memory 1\n segment 0 aa\n segment unknown bb',
      'missing',
      'Gaps are missing. 1 of 2 segments cannot be placed, so any gap may be its place.',
      'a segment cannot be placed',
    ));

  it('an imported memory of a module', () =>
    expectGaps(
      'import memory 1\n segment 0 aa',
      'missing',
      'Gaps are missing. The memory is imported: what it held before this module is not in the file.',
      'imported memory',
    ));
});

describe('lost', () => {
  it('a memory without a data section', () =>
    expectGaps(
      'memory 1\n core a\n thread main L1',
      'lost',
      'No memory was captured. The dump declares 1 page and has no data section.',
      'no data section',
    ));

  it('a dump that is cut before its data section', () =>
    expectGaps(
      'core a\n thread main L1\n memory 2\n segment 0 aa',
      'lost',
      'No memory was captured. The dump declares 2 pages and has no data section. It is cut off: one may have stood behind the cut.',
      'no data section',
      8,
    ));

  it('the head of a memory image', async () => {
    const image = (length: number) => `thread main L2\n core\n memory 0..1\n segment 0 aa*${length}`;
    const head = dumpText(image(1)).length - 1;
    // The sizes of a long section and segment take two bytes more each.
    const [memory] = await concluded(image(65_536 - head - 4));
    const last = `0x${(head + 3).toString(16)}`;
    expect(memory).toMatchObject({
      gaps: 'lost',
      evidence: `The dump was written over 0x0 to ${last}: the file is the memory, and its head was overwritten.`,
      evidenceShort: `0x0 to ${last} overwritten`,
      size: 65_536,
      captured: 65_536 - head - 4,
    });
  });

  it('what no whole segment covers, after a cut, where it would be missing anyway', () =>
    expectGaps(
      composed('segment 0x10 aa bb\n segment 0x100 aa*50'),
      'lost',
      'The file is cut off in its data section: what no whole segment covers is lost.',
      'the file is cut off',
      20,
    ));

  it('after a cut, zeros hold below the last whole segment', async () => {
    const dump = dumpText(composed(trimmed(7)));
    const { session, snapshot } = await openBytes(dump.slice(0, dump.length - 1));
    const [memory] = snapshot.memories;
    expect(memory).toMatchObject({
      gaps: 'zero',
      evidence:
        'Gaps are zero. 6 of 6 segments are trimmed 4,096-byte chunks, and so many are not so by chance. The file is cut off in its data section: from 0x5012 on nothing is known.',
    });
    expect(await session.runs(0, 0x5000, 0x100000, 10)).toEqual([
      { start: 0x5000, end: 0x5010, state: 'zero-elided' },
      { start: 0x5010, end: 0x5012, state: 'captured' },
      { start: 0x5012, end: 0x6010, state: 'lost' },
      { start: 0x6010, end: 0x6011, state: 'captured' },
      { start: 0x6011, end: 0x100000, state: 'lost' },
    ]);
    expect(memory?.size).toBe(0x100000);
    expect(memory?.counts).toEqual({
      captured: 13,
      zero: 0x5012 - 12,
      missing: 0,
      lost: 0x100000 - 0x5012 - 1,
      pending: 0,
    });
  });

  it('and only where segments ascend', () =>
    expectGaps(
      composed(`segment 0x90000 aa\n ${trimmed(7)}`),
      'lost',
      'The file is cut off in its data section: what no whole segment covers is lost.',
      'the file is cut off',
      1,
    ));

  it('where a section stops decoding, the same holds from there on', async () => {
    const dump = dumpText(composed(trimmed(8)));
    // The mode of the last segment, `00 41 90 e0 01 0b 02 aa bb`, becomes 5.
    dump[dump.length - 9] = 5;
    const { snapshot } = await openBytes(dump);
    expect(snapshot.problems.map(({ message }) => message)).toEqual(['segment mode 5, expected 0, 1 or 2']);
    expect(snapshot.memories[0]?.gaps).toBe('zero');
    expect(snapshot.memories[0]?.evidence).toMatch(
      /The data section stopped decoding: from 0x6012 on nothing is known\.$/,
    );
  });
});

describe('the override', () => {
  it('is the word of the user, against the evidence, and can be taken back', async () => {
    const { session } = await openBytes(dumpText(composed('segment 0x10 aa', 'memory 1')));
    const state = async () => (await session.runs(0, 0, 16, 5))[0]?.state;
    expect(await state()).toBe('missing');
    await session.setGaps(0, 'zero');
    expect(await state()).toBe('zero-elided');
    expect(session.snapshot()?.memories[0]).toMatchObject({
      gaps: 'missing',
      override: 'zero',
      counts: { captured: 1, zero: 65_535, missing: 0, lost: 0, pending: 0 },
    });
    await session.setGaps(0, 'missing');
    expect(await state()).toBe('missing');
    await session.setGaps(0, null);
    expect(session.snapshot()?.memories[0]?.override).toBeNull();
  });

  it('does not bring back what is lost', async () => {
    const { session } = await openBytes(dumpText('memory 1\n core a\n thread main L1'));
    await session.setGaps(0, 'zero');
    expect(await session.runs(0, 0, 16, 5)).toEqual([{ start: 0, end: 16, state: 'lost' }]);
  });
});
