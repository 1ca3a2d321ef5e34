import { describe, expect, it } from 'vitest';
import { fixture } from '../fixture';
import { dumpText } from '../helpers/dump-text';
import { openBytes } from '../helpers/open';

const open = (text: string) => openBytes(dumpText(text));

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('where segments belong', () => {
  it('a drop of a 32-bit offset in a 64-bit memory marks another 2^32', async () => {
    const { session, snapshot } = await open(`
      thread main L1
      memory 200000 i64
      segment 0x10 11
      segment 0xfffffff0 22
      segment 0x10 33
      segment 0x20 44
      segment 0x8 55
    `);
    const rows = await session.segments(0, 10);
    expect(rows.map(({ address }) => address)).toEqual([
      0x10, 0xffff_fff0, 0x1_0000_0010, 0x1_0000_0020, 0x2_0000_0008,
    ]);
    expect(snapshot.problems).toEqual([]);
  });

  it('Wasmtime 25 wrote two segments at 0x10, of which the second belongs 4 GiB higher', async () => {
    const { session } = await openBytes(fixture('wasmtime/v25-memory64/v25-memory64.coredump'));
    expect(hex((await session.read(0, 0x10, 8)).bytes)).toBe('1111111111111111');
    const [high] = (await session.classify([{ memory: 0, address: 0x1_0000_0010 }])).map(
      ({ state }) => state,
    );
    expect(high).toBe('captured');
  });

  it('each memory counts its own laps, and a 32-bit one none', async () => {
    const { session } = await open(`
      thread main L1
      memory 200000 i64
      memory 1
      segment 0x100 11
      segment 1:0x200 22
      segment 1:0x100 33
      segment 0x50 44
    `);
    const rows = await session.segments(0, 10);
    expect(rows.map(({ memory, address }) => [memory, address])).toEqual([
      [0, 0x100],
      [1, 0x200],
      [1, 0x100],
      [0, 0x1_0000_0050],
    ]);
  });

  it('i64 offsets are taken as they are, up to what numbers hold', async () => {
    const { session, snapshot } = await open(`
      thread main L1
      memory 1 i64
      segment i64 0x100000010 11
      segment i64 0x10 22
      segment i64 0x1ffffffffffff8 33
      segment i64 0xffffffffffffffff 44
    `);
    expect((await session.segments(0, 10)).map(({ address }) => address)).toEqual([
      0x1_0000_0010,
      0x10,
      2 ** 53 - 8,
      null,
    ]);
    expect(snapshot.memories[0]).toMatchObject({ size: 2 ** 53 - 7, segments: 4, captured: 3 });
    expect(snapshot.problems.map(({ section, message }) => [section, message])).toEqual([
      [
        'data',
        '1 of 4 segments of memory 0 cannot be placed: the offset is not known or past what addresses reach',
      ],
      ['data', 'a segment of memory 0 ends at 9007199254740985, the memory declares 65536 bytes'],
    ]);
  });

  it('what ends past 4 GiB in a 32-bit memory has no place; what ends there has', async () => {
    const { session } = await open(`
      thread main L1
      memory 65536
      segment 0xffffffff aa
      segment 0xffffffff aa bb
      segment i64 0x100000000 cc
    `);
    expect((await session.segments(0, 5)).map(({ address }) => address)).toEqual([0xffff_ffff, null, null]);
  });

  it('an offset may be a global of the dump', async () => {
    const { session } = await open(`
      thread main L1
      global i32 const 4096
      memory 1
      plain 11 01 00 23 00 0b 02 aa bb
    `);
    expect((await session.segments(0, 1))[0]).toMatchObject({ address: 4096, length: 2 });
  });
});

describe('what is said of them', () => {
  it('segments for memories that are not there', async () => {
    const one = await open('thread main L1\n memory 1\n segment 3:0x10 aa');
    expect(one.snapshot.problems).toEqual([
      { section: 'data', offset: null, message: 'a segment for memory 3; the dump has 1' },
    ]);
    expect(await one.session.segments(0, 1)).toMatchObject([{ mode: 'active', memory: 3, address: null }]);
    const two = await open('thread main L1\n memory 1\n segment 3:0x10 aa\n segment 7:0x10 aa');
    expect(two.snapshot.problems.map(({ message }) => message)).toEqual([
      '2 segments for memories that are not there, the last for memory 7; the dump has 1',
    ]);
  });

  it('a segment past the declared size says both numbers, once a memory, and the memory is that large', async () => {
    const { snapshot, session } = await open(`
      thread main L1
      memory 1
      segment 0xfff0 aa*32
      segment 0x10010 bb
    `);
    expect(snapshot.memories[0]?.size).toBe(0x10011);
    expect(snapshot.problems).toEqual([
      {
        section: 'data',
        offset: null,
        message: 'a segment of memory 0 ends at 65553, the memory declares 65536 bytes',
      },
    ]);
    expect(await session.runs(0, 0x1000f, 0x10020, 5)).toEqual([
      { start: 0x1000f, end: 0x10011, state: 'captured' },
      { start: 0x10011, end: 0x10020, state: 'out-of-bounds' },
    ]);
  });

  it('passive segments are listed, and belong to no memory', async () => {
    const { session, snapshot } = await open('thread main L1\n memory 1\n segment passive aa bb');
    expect(await session.segments(0, 1)).toMatchObject([
      { mode: 'passive', memory: null, address: null, length: 2 },
    ]);
    expect(snapshot.memories[0]).toMatchObject({ segments: 0, captured: 0 });
    expect(snapshot.problems).toEqual([]);
  });

  it('only an empty segment: captured is 0, all the rest adds up', async () => {
    const { snapshot } = await open('thread main L1\n memory 1\n segment 0x10');
    expect(snapshot.memories[0]).toMatchObject({
      segments: 1,
      captured: 0,
      gaps: 'missing',
      counts: { captured: 0, zero: 0, missing: 65_536, lost: 0, pending: 0 },
    });
  });

  it('a cut segment that lies over an earlier one takes that from it', async () => {
    const dump = dumpText('thread main L1\n memory 1\n segment 0 aa*32\n segment 0x10 bb*32');
    const { session, snapshot } = await openBytes(dump.slice(0, dump.length - 24));
    expect(await session.runs(0, 0, 65_536, 10)).toEqual([
      { start: 0, end: 0x18, state: 'captured' },
      { start: 0x18, end: 65_536, state: 'lost' },
    ]);
    expect(snapshot.memories[0]?.counts).toEqual({
      captured: 0x18,
      zero: 0,
      missing: 0,
      lost: 65_536 - 0x18,
      pending: 0,
    });
    const window = await session.read(0, 0xc, 16);
    expect(hex(window.bytes)).toBe('aaaaaaaabbbbbbbbbbbbbbbb00000000');
  });
});
