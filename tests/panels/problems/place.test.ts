import { describe, expect, it } from 'vitest';
import { segmentAt } from '../../../src/panels/problems/go-to-place';
import { placeOf } from '../../../src/panels/problems/place';
import { problemReport } from '../../../src/panels/problems/report';
import type { SegmentRow } from '../../../src/session/types';
import { type Expected, snapshotOfExpected } from '../../app/fake-session';
import { fixtureJson } from '../../fixture';

const expected = fixtureJson<Expected>('damaged/bad-tag/expected.json');
const snapshot = snapshotOfExpected(expected, 'bad\u202etag.coredump', {
  notes: [{ offset: 7, message: 'A note.' }],
});
const { sections, threads } = snapshot.dump;
const at = (name: string, id: number) =>
  sections.findIndex((one) => one.name === name || (id > 0 && one.id === id));

describe('placeOf', () => {
  it('an offset in a stack is the frame that holds it', () => {
    const offset = (threads[1]?.frames[1]?.offset ?? 0) + 2;
    expect(placeOf(snapshot, 'corestack', offset)).toEqual({ kind: 'frame', frame: { thread: 1, frame: 1 } });
  });

  it('an offset before any frame is its section', () => {
    const section = at('corestack', 0);
    const offset = sections[section]?.offset ?? 0;
    expect(placeOf(snapshot, 'corestack', offset)).toEqual({ kind: 'section', section });
  });

  it('data, globals, the file as a whole', () => {
    const section = at('', 11);
    const offset = (sections[section]?.offset ?? 0) + 3;
    expect(placeOf(snapshot, 'data', offset)).toEqual({ kind: 'data', offset, section });
    expect(placeOf(snapshot, 'global', null)).toEqual({ kind: 'globals' });
    expect(placeOf(snapshot, 'memory', null)).toEqual({ kind: 'section', section: at('', 5) });
    expect(placeOf(snapshot, null, null)).toEqual({ kind: 'none' });
    expect(placeOf(snapshot, null, 4)).toEqual({ kind: 'none' });
  });
});

describe('segmentAt', () => {
  const row = (index: number, address: number | null): SegmentRow => ({
    index,
    mode: 'active',
    memory: 0,
    address,
    length: 10,
    fileOffset: 100 + 20 * index,
    name: null,
  });
  const asked: number[] = [];
  const fetch = async (index: number) => {
    asked.push(index);
    return row(index, index === 3 ? null : 0x1000 * index);
  };

  it('finds the segment by halving, among 5 million', async () => {
    expect(await segmentAt(100 + 20 * 4_000_000 + 7, 5_000_000, fetch)).toEqual({
      memory: 0,
      address: 0x1000 * 4_000_000 + 7,
    });
    expect(asked.length).toBeLessThan(25);
  });

  it('nothing between segments, nor in one without a place', async () => {
    expect(await segmentAt(115, 10, fetch)).toBeNull();
    expect(await segmentAt(165, 10, fetch)).toBeNull();
    expect(await segmentAt(1, 10, fetch)).toBeNull();
    expect(await segmentAt(1, 0, fetch)).toBeNull();
  });
});

describe('problemReport', () => {
  it('says what the file is and a line each, with no unseen characters', () => {
    const lines = problemReport(snapshot, '1.2.3').split('\n');
    expect(lines[0]).toBe('Wasmortem 1.2.3');
    expect(lines[1]).toMatch(/^bad\\u\{202e\}tag\.coredump: coredump, [\d,]+ bytes$/);
    expect(lines).toContain('Problems: 1');
    expect(lines).toContain('  0x0084  corestack  value tag 0x6f is unknown');
    expect(lines.at(-1)).toBe('  0x0007  file  A note.');
  });
});
