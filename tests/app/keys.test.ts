import { describe, expect, it } from 'vitest';
import { commandFor, type Key } from '../../src/app/keys';
import { nextRegion } from '../../src/panels/page/regions';

const key = (name: string, changes: Partial<Key> = {}): Key => ({
  key: name,
  ctrl: false,
  alt: false,
  meta: false,
  shift: false,
  ...changes,
});
const panel = { inPanel: true, inText: false };
const text = { inPanel: true, inText: true };
const nowhere = { inPanel: false, inText: false };

describe('commandFor', () => {
  it('single letters act in a panel only, and not in a text field', () => {
    for (const [letter, command] of [
      ['g', 'go-to'],
      ['n', 'next-thread'],
      ['p', 'previous-thread'],
    ] as const) {
      expect(commandFor(key(letter), panel)).toBe(command);
      expect(commandFor(key(letter), text)).toBeNull();
      expect(commandFor(key(letter), nowhere)).toBeNull();
    }
  });

  it('? opens the keys wherever no text is typed', () => {
    expect(commandFor(key('?', { shift: true }), nowhere)).toBe('help');
    expect(commandFor(key('?', { shift: true }), text)).toBeNull();
  });

  it('chords act everywhere', () => {
    expect(commandFor(key('g', { ctrl: true }), text)).toBe('go-to');
    expect(commandFor(key('G', { meta: true }), nowhere)).toBe('go-to');
    expect(commandFor(key('o', { ctrl: true }), nowhere)).toBe('open');
    expect(commandFor(key('F6'), text)).toBe('next-panel');
    expect(commandFor(key('F6', { shift: true }), panel)).toBe('previous-panel');
  });

  it('Alt stays the browser’s, and so do other chords', () => {
    expect(commandFor(key('ArrowLeft', { alt: true }), panel)).toBeNull();
    expect(commandFor(key('n', { alt: true }), panel)).toBeNull();
    expect(commandFor(key('n', { ctrl: true }), panel)).toBeNull();
    expect(commandFor(key('g', { ctrl: true, shift: true }), panel)).toBeNull();
  });
});

describe('nextRegion', () => {
  it('goes around, and from nowhere to the first or last', () => {
    expect(nextRegion(0, 4, 1)).toBe(1);
    expect(nextRegion(3, 4, 1)).toBe(0);
    expect(nextRegion(0, 4, -1)).toBe(3);
    expect(nextRegion(-1, 4, 1)).toBe(0);
    expect(nextRegion(-1, 4, -1)).toBe(3);
    expect(nextRegion(-1, 0, 1)).toBe(-1);
  });
});
