import { describe, expect, it } from 'vitest';
import {
  CAPTURED,
  cellName,
  foldState,
  hexGlyph,
  LOST,
  MISSING,
  OUTSIDE,
  PENDING,
  stateCodes,
  textGlyph,
  ZERO,
} from '../../../src/panels/memory/byte-state';
import { COPY_LIMIT, copyRefusal, hexDump } from '../../../src/panels/memory/hex-dump';
import { liveText } from '../../../src/panels/memory/live-text';
import { pointerAt, wordStart } from '../../../src/panels/memory/pointer';
import { addressDigits, runLength, shortName } from '../../../src/panels/memory/words';

describe('a byte by its state', () => {
  it.each<[number, number, string, string, string]>([
    [0x05, CAPTURED, '05', '.', '00011130, 05, captured'],
    [0x41, CAPTURED, '41', 'A', '00011130, 41, captured'],
    [0, ZERO, '·', '·', '00011130, 00, elided zero'],
    [0x41, MISSING, '??', '', '00011130, ??, missing'],
    [0x41, LOST, 'xx', '', '00011130, xx, lost'],
    [0x41, OUTSIDE, '', '', '00011130, out of bounds'],
    [0x41, PENDING, '', '', '00011130, not indexed yet'],
  ])('%i in state %i', (byte, code, hex, text, name) => {
    expect(hexGlyph(byte, code)).toBe(hex);
    expect(textGlyph(byte, code)).toBe(text);
    expect(cellName('00011130', byte, code)).toBe(name);
  });

  it('is printable from 0x20 to 0x7e, as ASCII has it', () => {
    const shown = Array.from({ length: 256 }, (_, byte) => byte).filter(
      (byte) => textGlyph(byte, CAPTURED) !== '.' || byte === 0x2e,
    );
    expect(shown).toEqual(Array.from({ length: 95 }, (_, index) => 0x20 + index));
  });

  it('takes its code from the runs, out of bounds where none covers it', () => {
    const runs = [
      { start: 0, end: 18, state: 'captured' },
      { start: 18, end: 20, state: 'missing' },
      { start: 20, end: 99, state: 'pending' },
    ] as const;
    expect([...stateCodes(runs, 16, 6)]).toEqual([CAPTURED, CAPTURED, MISSING, MISSING, PENDING, PENDING]);
    expect([...stateCodes([], 16, 2)]).toEqual([OUTSIDE, OUTSIDE]);
    expect([0, 1, 2, 3].map(foldState)).toEqual(['zero-elided', 'missing', 'lost', 'pending']);
  });
});

describe('a hex dump', () => {
  it('writes ?? for missing, xx for lost, 00 for a known zero, and keeps the columns of the grid', () => {
    const bytes = Uint8Array.of(0x30, 0x11, 0x99, 0x99, 0x99, 0x41, 0x42, 0x00);
    const codes = Uint8Array.of(CAPTURED, CAPTURED, MISSING, LOST, ZERO, CAPTURED, CAPTURED, PENDING);
    expect(hexDump({ address: 0x1113c, bytes, codes }, 8).split('\n')).toEqual([
      '00011130                                       30 11 ?? xx  |            0.  |',
      '00011140  00 41 42 --                                       |.AB             |',
    ]);
  });

  it('is refused with both numbers when too long', () => {
    expect(copyRefusal(COPY_LIMIT)).toBe(null);
    expect(copyRefusal(12_976_128)).toBe(
      'Not copied: 12,976,128 bytes are selected, and more than 1,048,576 bytes as text are too long for a clipboard. A saved file has no limit.',
    );
  });
});

describe('the word under the cursor', () => {
  const stretch = (codes: readonly number[]) => ({
    address: 0x11138,
    bytes: Uint8Array.of(0x00, 0x11, 0x01, 0x00),
    codes: Uint8Array.from(codes),
  });

  it('is a pointer when it is whole and lies in the memory from 1,024 on', () => {
    const whole = stretch([CAPTURED, CAPTURED, CAPTURED, ZERO]);
    expect(pointerAt(whole, 0x11138, 4, 12_976_128)).toEqual({ kind: 'pointer', target: 0x11100 });
    expect(pointerAt(whole, 0x11138, 4, 0x11100)).toEqual({ kind: 'number', value: 0x11100n });
    expect(wordStart(0x1113b, 4)).toBe(0x11138);
  });

  it('has no value when one of its bytes is missing', () => {
    const part = stretch([CAPTURED, MISSING, LOST, CAPTURED]);
    expect(pointerAt(part, 0x11138, 4, 12_976_128)).toEqual({ kind: 'no-value', missing: 2, of: 4 });
  });

  it('counts a known zero as 0, whatever the window holds there', () => {
    const bytes = Uint8Array.of(0x00, 0x11, 0xff, 0xff);
    const codes = Uint8Array.of(CAPTURED, CAPTURED, ZERO, ZERO);
    expect(pointerAt({ address: 0, bytes, codes }, 0, 4, 65536)).toEqual({ kind: 'pointer', target: 0x1100 });
  });
});

describe('the live sentence', () => {
  const facts = { address: 0x11138, byte: 0x30, there: null, selected: 1, digits: 8 };
  it('says address, byte, state, segment and place in the file', () => {
    const answer = { state: 'captured', segment: 2, fileOffset: 0x124c, reason: '' } as const;
    expect(liveText({ ...facts, answer })).toBe('0x00011138 30 captured, segment 2, file offset 0x124c');
    expect(liveText({ ...facts, answer, selected: 4 })).toMatch(/, 4 selected$/);
    const there = { state: 'captured', byte: 0x41 } as const;
    expect(liveText({ ...facts, answer, there })).toMatch(/; other dump: 41 captured$/);
    expect(liveText({ ...facts, answer, there: { state: 'missing', byte: 0 } })).toMatch(
      /; other dump: missing$/,
    );
  });
  it('says why there is no byte', () => {
    const answer = {
      state: 'missing',
      segment: null,
      fileOffset: null,
      reason: 'missing: no segment covers it',
    } as const;
    expect(liveText({ ...facts, address: 0x342010, answer })).toBe(
      '0x00342010 missing: no segment covers it',
    );
    expect(liveText({ ...facts, answer: { ...answer, reason: '' } })).toBe('0x00011138 missing');
  });
});

describe('words', () => {
  it('counts exactly below 64 KiB and rounds above', () => {
    expect([1, 1056, 65_535, 65_536, 12_976_128].map(runLength)).toEqual([
      '1 byte',
      '1,056 bytes',
      '65,535 bytes',
      '64.0 KiB',
      '12.4 MiB',
    ]);
  });
  it('prints addresses as wide as the last one is, and 4 GiB still in eight digits', () => {
    expect([0, 65_536, 2 ** 32, 2 ** 32 + 1, 2 ** 40].map(addressDigits)).toEqual([8, 8, 8, 9, 10]);
  });
  it('shows control and bidirectional characters, and cuts what is long', () => {
    expect(shortName('a\u202eb\n')).toBe('a\\u{202e}b\\n');
    expect(shortName('x'.repeat(10_000))).toBe(`${'x'.repeat(60)}… (10,000 characters)`);
  });
});
