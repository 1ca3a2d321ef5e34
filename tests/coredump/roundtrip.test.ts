import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EncodedSection, encodeDump } from '../../src/coredump/encode';
import type { EncodedLayout } from '../../src/coredump/encode-thread';
import type { Frame, Layout } from '../../src/coredump/model';
import { arbitraryDump } from '../helpers/arbitrary-dump';
import { openBytes } from '../helpers/open';
import { chunkedSource } from '../helpers/sources';

const LAYOUTS: readonly EncodedLayout[] = [
  'L1',
  'L2',
  'L3',
  'L3w',
  'L3w-absent',
  'L4',
  'L5',
  'L6',
  'L6-untyped',
];

/** Layouts that write the same bytes where no value stands: which of them is named is not in the file. */
const TWINS: Readonly<Record<EncodedLayout, readonly Layout[]>> = {
  L1: ['L1', 'L2'],
  L2: ['L1', 'L2'],
  L3: ['L4', 'L3'],
  L3w: ['L4', 'L3', 'L3w'],
  'L3w-absent': ['L4', 'L3', 'L3w'],
  L4: ['L4', 'L3'],
  L5: ['L5'],
  L6: ['L6'],
  'L6-untyped': ['L6'],
};

const find = <K extends EncodedSection['kind']>(sections: readonly EncodedSection[], kind: K) =>
  sections.filter((section): section is Extract<EncodedSection, { kind: K }> => section.kind === kind);

/** What the dump's bytes say: frames as they must come back, the operand stack dropped where it is not written. */
function framesOf(layout: EncodedLayout, frames: readonly Omit<Frame, 'offset'>[]) {
  return frames.map((frame) => ({ ...frame, stack: layout === 'L3w-absent' ? [] : frame.stack }));
}

describe('an arbitrary dump, encoded and decoded, is the same', () => {
  it.each(LAYOUTS)('in layout %s', async (layout) => {
    await fc.assert(
      fc.asyncProperty(arbitraryDump(layout), fc.constantFrom(0, 7, 100), async (sections, piece) => {
        const bytes = encodeDump(sections);
        const { session, snapshot } = await openBytes(piece === 0 ? bytes : chunkedSource(bytes, piece));
        const { dump } = snapshot;
        expect(dump.file).toMatchObject({ kind: 'coredump', size: bytes.length, truncatedAt: null });
        expect(dump.process.name).toBe(find(sections, 'core')[0]?.name ?? null);
        expect(dump.modules.map(({ name }) => name)).toEqual(find(sections, 'coremodules')[0]?.names ?? []);
        expectThreads(sections, layout, dump.threads);
        expect(
          dump.declarations.map(({ pageSize, memory64, shared }) => ({ pageSize, memory64, shared })),
        ).toEqual(
          (find(sections, 'memory')[0]?.memories ?? []).map(({ pageSize, memory64, shared }) => ({
            pageSize,
            memory64,
            shared,
          })),
        );
        expect(dump.globals).toEqual(
          (find(sections, 'global')[0]?.globals ?? []).map(({ type, mutable, value }) => ({
            type,
            mutable,
            value: value.type === 'empty' ? { type: 'missing' } : value,
            imported: false,
          })),
        );
        await expectSegments(sections, bytes, await session.segments(0, 100));
        // Nothing is wrong with such a file but what its segments say of its memories.
        expect(snapshot.problems.filter(({ section }) => section !== 'data')).toEqual([]);
      }),
      { numRuns: 80, seed: 11 },
    );
  });
});

function expectThreads(
  sections: readonly EncodedSection[],
  layout: EncodedLayout,
  threads: readonly { name: string; layout: Layout | null; complete: boolean; frames: readonly Frame[] }[],
): void {
  const written = find(sections, 'corestack').map(({ thread }) => thread);
  expect(threads.map(({ name }) => name)).toEqual(written.map(({ name }) => name));
  expect(threads.every(({ complete }) => complete)).toBe(true);
  for (const [index, { frames, layout: found }] of threads.entries()) {
    expect(frames.map(({ offset: _, ...frame }) => frame)).toEqual(
      framesOf(layout, written[index]?.frames ?? []),
    );
    if (frames.length > 0) expect(TWINS[layout]).toContain(found);
  }
}

async function expectSegments(
  sections: readonly EncodedSection[],
  bytes: Uint8Array,
  rows: readonly { mode: string; memory: number | null; length: number; fileOffset: number }[],
): Promise<void> {
  const segments = find(sections, 'data')[0]?.segments ?? [];
  expect(rows.map(({ mode, memory, length }) => ({ mode, memory, length }))).toEqual(
    segments.map((segment) => ({
      mode: segment.mode,
      memory: segment.mode === 'active' ? segment.memory : null,
      length: segment.bytes.length,
    })),
  );
  for (const [index, { fileOffset, length }] of rows.entries())
    expect(
      Buffer.from(segments[index]?.bytes ?? []).equals(bytes.slice(fileOffset, fileOffset + length)),
    ).toBe(true);
}
