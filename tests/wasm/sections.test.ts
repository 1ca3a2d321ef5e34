import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../src/bytes/source';
import { SECTION_LIMIT, sectionLabel, type WalkEvent, walkSections } from '../../src/wasm/sections';
import { bytes } from '../helpers/dump-text';
import { chunkedSource, countingSource, plainSource } from '../helpers/sources';

const HEADER = '00 61 73 6d 01 00 00 00';

async function walk(source: ByteSource): Promise<WalkEvent[]> {
  const events: WalkEvent[] = [];
  for await (const event of walkSections(source, 8)) events.push(event);
  return events;
}

/** What the walk over a file says, a line an event; the same over every kind of source. */
async function told(text: string): Promise<string[]> {
  const file = bytes(`${HEADER} ${text}`);
  const lines = (await walk(plainSource(file))).map(line);
  for (const piece of [1, 7, 100]) expect((await walk(chunkedSource(file, piece))).map(line)).toEqual(lines);
  return lines;
}

function line(event: WalkEvent): string {
  switch (event.kind) {
    case 'section': {
      const { id, name, start, offset, content, size } = event.section;
      return `section ${id}${name === null ? '' : ` "${name}"`} at ${start}, payload ${offset}+${size}, content ${content}`;
    }
    case 'problem':
      return `problem ${event.problem.section} ${event.problem.offset}: ${event.problem.message}`;
    case 'cut':
      return `cut at ${event.at}, claimed ${event.claimedEnd}, in ${event.section}`;
  }
}

describe('walkSections', () => {
  it('goes from header to header', async () => {
    expect(await told('05 03 01 00 01  00 06 04 "name" 07  0b 81 80 00 00')).toEqual([
      'section 5 at 8, payload 10+3, content 10',
      'section 0 "name" at 13, payload 15+6, content 20',
      'section 11 at 21, payload 25+1, content 25',
    ]);
  });

  it('says nothing of an empty module', async () => {
    expect(await told('')).toEqual([]);
  });

  it('lists sections that it does not know', async () => {
    expect(await told('63 02 aa bb')).toEqual(['section 99 at 8, payload 10+2, content 10']);
    expect(sectionLabel({ id: 99, name: null })).toBeNull();
    expect(sectionLabel({ id: 11, name: null })).toBe('data');
    expect(sectionLabel({ id: 0, name: 'memory' })).toBe('memory');
  });

  it('a custom section without a readable name has a problem', async () => {
    expect(await told('00 00 05 01 00')).toEqual([
      'section 0 at 8, payload 10+0, content 10',
      'problem null 10: custom section name length is cut off after 0 bytes',
      'section 5 at 10, payload 12+1, content 12',
    ]);
    expect(await told('00 02 05 61 05 01 00')).toEqual([
      'section 0 at 8, payload 10+2, content 10',
      'problem null 10: custom section name of 5 bytes, 1 remain',
      'section 5 at 12, payload 14+1, content 14',
    ]);
  });

  it.each([
    ['after the id', '05', ['cut at 9, claimed null, in null']],
    ['inside the size', '05 80', ['cut at 10, claimed null, in null']],
    [
      'in the payload',
      '05 03 01',
      ['section 5 at 8, payload 10+3, content 10', 'cut at 11, claimed 13, in memory'],
    ],
    [
      'before the payload',
      '05 03',
      ['section 5 at 8, payload 10+3, content 10', 'cut at 10, claimed 13, in memory'],
    ],
    [
      'inside a custom name',
      '00 20 09 "core"',
      ['section 0 at 8, payload 10+32, content 10', 'cut at 15, claimed 42, in null'],
    ],
    [
      'after a custom name',
      '00 20 04 "core" 00',
      ['section 0 "core" at 8, payload 10+32, content 15', 'cut at 16, claimed 42, in core'],
    ],
    [
      'with a name that its section could not hold either',
      '00 04 09 "co"',
      [
        'section 0 at 8, payload 10+4, content 10',
        'problem null 10: custom section name of 9 bytes, 3 remain',
        'cut at 13, claimed 14, in null',
      ],
    ],
  ])('a file that is cut %s', async (_where, text, lines) => {
    expect(await told(text)).toEqual(lines);
  });

  it('a size that is no LEB128 ends the walk', async () => {
    expect(await told('05 80 80 80 80 80 01 00')).toEqual([
      'problem null 9: section size is longer than 5 bytes',
    ]);
    expect(await told('05 ff ff ff ff 1f 00 00')).toEqual(['problem null 9: section size overflows 32 bits']);
    // Five bytes, all of them continued, up to the very end: it is no LEB128, whatever would have followed.
    expect(await told('05 80 80 80 80 80')).toEqual(['problem null 9: section size is longer than 5 bytes']);
  });

  it('zeros up to the end are no sections', async () => {
    expect(await told('05 01 00 00*10000')).toEqual([
      'section 5 at 8, payload 10+1, content 10',
      'problem null 11: 10000 zero bytes up to the end of the file, expected a section',
    ]);
    expect(await told('00 00')).toEqual([
      'problem null 8: 2 zero bytes up to the end of the file, expected a section',
    ]);
    // A single one is the id of a section whose size is cut off.
    expect(await told('00')).toEqual(['cut at 9, claimed null, in null']);
  });

  it('reads neither payloads nor anything twice', async () => {
    const file = bytes(`${HEADER} 0b 80 80 80 01 00*2097152 00 03 02 "hi"`);
    const source = countingSource(plainSource(file));
    expect((await walk(source)).map(line)).toEqual([
      'section 11 at 8, payload 13+2097152, content 13',
      'section 0 "hi" at 2097165, payload 2097167+3, content 2097170',
    ]);
    expect(source.handedOut).toBeLessThan(10_000);
  });

  it('a name may be longer than a block, but not endless', async () => {
    const long = bytes(`${HEADER} 00 92 4e 90 4e 61*10000`);
    const [first] = await walk(plainSource(long));
    expect(first?.kind === 'section' && first.section.name === 'a'.repeat(10_000)).toBe(true);
    // 16 MiB and one byte: not read, since strings have an end and files have not.
    const size = 16 * 1024 * 1024 + 1;
    const endless = new Uint8Array(size + 20);
    endless.set(bytes(`${HEADER} 00 85 80 80 08 81 80 80 08`));
    const source = countingSource(plainSource(endless));
    expect((await walk(source)).slice(0, 2).map(line)).toEqual([
      `section 0 at 8, payload 13+${size + 4}, content 13`,
      `problem null 13: custom section name of ${size} bytes, at most 16777216 are read`,
    ]);
    expect(source.handedOut).toBeLessThan(20_000);
  });

  it('stops after 100,000 sections, and looks for zeros only where they begin', async () => {
    // `00 00` looks like the start of a zero tail at every second section: looking to the end each time is quadratic.
    const pairs = new Uint8Array(8 + 4 * SECTION_LIMIT);
    pairs.set(bytes(HEADER));
    for (let at = 8; at < pairs.length; at += 4) pairs[at + 2] = 1;
    const source = countingSource(plainSource(pairs));
    const events = await walk(source);
    expect(events.filter(({ kind }) => kind === 'section')).toHaveLength(SECTION_LIMIT);
    const last = events.at(-1);
    expect(last === undefined ? '' : line(last)).toBe(
      `problem null ${8 + 2 * SECTION_LIMIT}: more than 100000 sections; the rest is not read`,
    );
    expect(source.handedOut).toBeLessThan(2 * pairs.length);
  });

  it('looks through a long run of zeros once', async () => {
    const file = bytes(`${HEADER} 00*60000 05 01 00`);
    const source = countingSource(plainSource(file));
    const events = await walk(source);
    // 30,000 custom sections without size and name, each with a problem, and the memory section.
    expect(events).toHaveLength(60_001);
    expect(source.handedOut).toBeLessThan(3 * file.length);
  });

  it('stops when it is told to', async () => {
    const abort = new AbortController();
    const walking = walkSections(chunkedSource(bytes(`${HEADER} 05 40 00`), 1), 8, abort.signal);
    abort.abort(new Error('closed'));
    await expect(walking.next()).rejects.toThrow('closed');
  });
});
