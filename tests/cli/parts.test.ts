import { describe, expect, it } from 'vitest';
import { appendRuns, hexDump, jsonBytes } from '../../src/cli/hex-dump';
import { PLAIN, styleFor } from '../../src/cli/style';
import { floatOf, floatText } from '../../src/coredump/floats';
import type { RunState, StateRun } from '../../src/coredump/model';
import type { MemoryWindow } from '../../src/session/types';

/** A window from `address` on: a word of text for what is captured, `state*count` for anything else. */
function window(address: number, ...parts: string[]): MemoryWindow {
  const bytes: number[] = [];
  const states: StateRun[] = [];
  for (const part of parts) {
    const [, state, count] = /^([\w-]+)\*(\d+)$/.exec(part) ?? [];
    const start = address + bytes.length;
    const added =
      state === undefined ? [...Buffer.from(part)] : Array.from({ length: Number(count) }, () => 0);
    bytes.push(...added);
    states.push({ start, end: start + added.length, state: (state as RunState | undefined) ?? 'captured' });
  }
  return { memory: 0, address, bytes: Uint8Array.from(bytes), states, version: 1 };
}

const lines = (seen: MemoryWindow): string[] =>
  new TextDecoder()
    .decode(hexDump(seen))
    .split('\n')
    .filter((line) => line !== '');

describe('the hex dump', () => {
  it('says what is not there, and draws text in printable ASCII only', () => {
    expect(
      lines(window(0x1008, 'hi~\u007f', 'zero-elided*4', 'missing*3', 'lost*2', 'out-of-bounds*3')),
    ).toEqual([
      '00001000                           68 69 7e 7f 00 00 00 00  |        hi~.....|',
      '00001010  ?? ?? ?? xx xx                                    |                |',
    ]);
  });

  it('draws addresses past 4 GiB', () => {
    expect(lines(window(0x1_2345_6780, 'a'))).toEqual([
      '123456780  61                                                |a               |',
    ]);
  });

  it('of nothing is nothing', () => {
    expect(lines(window(16))).toEqual([]);
  });
});

describe('read --json', () => {
  it('has two characters a byte, ?? wherever the value is not known', () => {
    const seen = window(0, 'E', 'zero-elided*1', 'missing*1', 'lost*1', 'out-of-bounds*1');
    expect(jsonBytes(seen)).toBe('4500??????');
  });

  it('joins runs across windows', () => {
    const runs: StateRun[] = [];
    appendRuns(runs, [{ start: 0, end: 16, state: 'captured' }]);
    appendRuns(runs, [
      { start: 16, end: 20, state: 'captured' },
      { start: 20, end: 32, state: 'missing' },
    ]);
    expect(runs).toEqual([
      { start: 0, end: 20, state: 'captured' },
      { start: 20, end: 32, state: 'missing' },
    ]);
  });
});

describe('colours', () => {
  it('are used on a terminal only, and not where NO_COLOR says so', () => {
    expect(styleFor(true, {}).strong('x')).toBe('\u001b[1mx\u001b[22m');
    expect(styleFor(true, { NO_COLOR: '' }).warn('x')).toBe('\u001b[33mx\u001b[39m');
    expect(styleFor(true, { NO_COLOR: '1' })).toBe(PLAIN);
    expect(styleFor(true, { TERM: 'dumb' })).toBe(PLAIN);
    expect(styleFor(false, {})).toBe(PLAIN);
  });

  it('are used anywhere where FORCE_COLOR says so, and nowhere where it says no', () => {
    expect(styleFor(false, { FORCE_COLOR: '1' })).not.toBe(PLAIN);
    expect(styleFor(false, { FORCE_COLOR: '3', NO_COLOR: '1', TERM: 'dumb' })).not.toBe(PLAIN);
    expect(styleFor(true, { FORCE_COLOR: '0' })).toBe(PLAIN);
    expect(styleFor(false, { FORCE_COLOR: '' })).toBe(PLAIN);
  });
});

describe('floats', () => {
  it.each([
    ['f32', 0x3dcc_cccd, '0.10000000149011612'],
    ['f32', 0x8000_0000, '-0'],
    ['f32', 0x7fa0_0001, 'NaN'],
    ['f32', 0xff80_0000, '-Infinity'],
  ] as const)('%s 0x%s is %s', (type, bits, text) => {
    expect(floatText(floatOf({ type, bits }))).toBe(text);
  });

  it.each([
    [0x3fb9_9999_9999_999an, '0.1'],
    [0x7fef_ffff_ffff_ffffn, '1.7976931348623157e+308'],
    [1n, '5e-324'],
  ])('f64 %s is %s', (bits, text) => {
    expect(floatText(floatOf({ type: 'f64', bits }))).toBe(text);
  });
});
