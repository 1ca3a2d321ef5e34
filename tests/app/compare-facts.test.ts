import { describe, expect, it } from 'vitest';
import { buildVerdict, commonFrames, compareValues, factsOf, globalPair } from '../../src/app/compare-facts';
import type { Frame, Global, Thread } from '../../src/coredump/model';
import type { Snapshot } from '../../src/session/types';
import { fixtureJson } from '../fixture';
import { type Expected, snapshotOfExpected } from './fake-session';

const open = (folder: string): Snapshot =>
  snapshotOfExpected(fixtureJson<Expected>(`${folder}/expected.json`), `${folder}.coredump`);
const divide = open('wasmtime/c-divide-O0');

const withGlobals = (globals: readonly Global[]): Snapshot => ({
  ...divide,
  dump: { ...divide.dump, globals },
  names: { ...divide.names, globals: globals.map(() => null) },
});
const i32 = (value: number): Global => ({
  type: 'i32',
  mutable: true,
  value: { type: 'i32', value },
  imported: false,
});
const frame = (index: number, codeOffset: number): Frame => ({
  instance: 0,
  function: index,
  codeOffset,
  locals: [],
  stack: [],
  offset: 0,
});
const thread = (...frames: Frame[]): Thread => ({
  name: 'main',
  layout: 'L1',
  frames,
  complete: true,
  offset: 0,
});

describe('globals side by side', () => {
  it('are compared by their bits', () => {
    expect(compareValues({ type: 'f64', bits: 0n }, { type: 'f64', bits: 2n ** 63n })).toBe('differs');
    expect(compareValues({ type: 'f32', bits: 0x7fc00000 }, { type: 'f32', bits: 0x7fc00000 })).toBe('same');
    expect(compareValues({ type: 'i64', value: 1n }, { type: 'i32', value: 1 })).toBe('differs');
    expect(compareValues({ type: 'null' }, { type: 'null' })).toBe('same');
    expect(compareValues({ type: 'func', index: 1 }, { type: 'func', index: 2 })).toBe('differs');
  });
  it('are not known where one of them has no value, even where both have none', () => {
    expect(compareValues({ type: 'missing' }, { type: 'i32', value: 0 })).toBe('unknown');
    expect(compareValues({ type: 'missing' }, { type: 'missing' })).toBe('unknown');
  });
  it('say in which dump one is that the other does not have', () => {
    const [one, two] = [withGlobals([i32(1)]), withGlobals([i32(1), i32(-2)])];
    expect(globalPair(one, two, 0)).toMatchObject({ sameness: 'same', here: '1  0x00000001' });
    expect(globalPair(one, two, 1)).toMatchObject({
      sameness: 'only-there',
      here: '',
      there: '-2  0xfffffffe',
    });
    expect(globalPair(two, one, 1)).toMatchObject({ sameness: 'only-here', there: '' });
  });
});

describe('builds and stacks', () => {
  it('one dump agrees with itself in everything', () => {
    const facts = factsOf(divide, divide);
    expect(facts.every(({ sameness }) => sameness === 'same')).toBe(true);
    const frames = divide.dump.threads[0]?.frames.length ?? 0;
    expect(frames).toBeGreaterThan(0);
    expect(buildVerdict(divide, divide, facts)).toContain(`so do ${frames} of ${frames} frames`);
  });
  it('two programs are not one build, and what says so is named', () => {
    const heap = open('wasmtime/c-heap');
    const facts = factsOf(divide, heap);
    expect(facts.find(({ what }) => what === 'Modules')?.sameness).toBe('differs');
    expect(buildVerdict(divide, heap, facts)).toMatch(/^Not the same build: modules\b/);
  });
  it('what is not shown of a long list counts too', () => {
    const many = Array.from({ length: 20 }, () => i32(0));
    const other = [...many.slice(0, 19), { ...i32(0), mutable: false }];
    const fact = factsOf(withGlobals(many), withGlobals(other)).find(
      ({ what }) => what === 'Types of globals',
    );
    expect(fact?.here).toBe(fact?.there);
    expect(fact?.here).toMatch(/and 12 more$/);
    expect(fact?.sameness).toBe('differs');
  });
  it('frames are counted from the oldest on, up to the first that differs', () => {
    const [a, b] = [
      thread(frame(9, 1), frame(2, 5), frame(1, 7)),
      thread(frame(3, 1), frame(8, 2), frame(2, 5), frame(1, 7)),
    ];
    expect(commonFrames(a, b)).toBe(2);
    expect(commonFrames(a, thread(frame(1, 8)))).toBe(0);
    expect(commonFrames(a, undefined)).toBe(0);
    expect(commonFrames(a, a)).toBe(3);
  });
});
