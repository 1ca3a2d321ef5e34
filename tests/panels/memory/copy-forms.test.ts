import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAPTURED, LOST, MISSING, ZERO } from '../../../src/panels/memory/byte-state';
import { COPY_FORMS, type CopyForm, copied } from '../../../src/panels/memory/copy-forms';
import { markClasses, markIn } from '../../../src/panels/memory/mark';

const ARRAYS = ['c', 'rust', 'json', 'base64', 'text'] as const;

function stretch(bytes: readonly number[], codes: readonly number[] = bytes.map(() => CAPTURED)) {
  return { address: 0x11130, bytes: Uint8Array.from(bytes), codes: Uint8Array.from(codes) };
}

const textOf = (form: CopyForm, bytes: readonly number[], codes?: readonly number[]) => {
  const made = copied(form, stretch(bytes, codes), 8);
  return made.kind === 'text' ? made.text : `refused: ${made.reason}`;
};

describe('bytes in every form', () => {
  // The forms as Python, C and Rust write and read them: bytes.hex(' '), base64.b64encode, json.dumps.
  const NODE = [0x6e, 0x6f, 0x64, 0x65, 0x2d, 0x35];

  it.each<[CopyForm, string]>([
    ['hex', '6e 6f 64 65 2d 35'],
    ['c', 'const unsigned char bytes_00011130[6] = {\n    0x6e, 0x6f, 0x64, 0x65, 0x2d, 0x35,\n};'],
    ['rust', 'const BYTES_00011130: [u8; 6] = [\n    0x6e, 0x6f, 0x64, 0x65, 0x2d, 0x35,\n];'],
    ['json', '[110,111,100,101,45,53]'],
    ['base64', 'bm9kZS01'],
    ['text', 'node-5'],
  ])('%s', (form, text) => {
    expect(textOf(form, NODE)).toBe(text);
  });

  it('breaks arrays after 12 bytes', () => {
    const lines = textOf('c', Array(25).fill(7)).split('\n');
    expect(lines.map((line) => line.match(/0x07/g)?.length ?? 0)).toEqual([0, 12, 12, 1, 0]);
  });

  it('known zeros are zero, whatever the window holds there', () => {
    expect(textOf('json', [1, 9, 9], [CAPTURED, ZERO, ZERO])).toBe('[1,0,0]');
    expect(textOf('hex', [1, 9, 9], [CAPTURED, ZERO, ZERO])).toBe('01 00 00');
  });

  it('dump forms say ?? and xx, the others refuse with both numbers', () => {
    const bytes = Array(40).fill(0x41);
    const codes = bytes.map((_, at) => (at < 12 ? MISSING : CAPTURED));
    expect(textOf('c', bytes, codes)).toBe(
      'refused: Not copied: 12 of 40 bytes are missing, and a C array cannot say so. Hex dump can.',
    );
    expect(textOf('json', [1, 2, 3], [MISSING, LOST, CAPTURED])).toBe(
      'refused: Not copied: 1 of 3 bytes is missing, 1 lost, and a JSON array cannot say so. Hex dump can.',
    );
    expect(textOf('hex', [1, 2, 3], [MISSING, LOST, CAPTURED])).toBe('?? xx 03');
    for (const form of ARRAYS) expect(textOf(form, bytes, codes)).toMatch(/^refused: Not copied: 12 of 40/);
    expect(textOf('dump', bytes, codes)).toContain('?? ?? ??');
  });

  it('text ends where its zeros begin, and refuses what no text holds', () => {
    expect(textOf('text', [0x61, 0xc3, 0xa9, 0, 0])).toBe('aé');
    expect(textOf('text', [0x61, 0, 0x62])).toBe(
      'refused: Not copied: a zero at 0x00011131 ends the text. Hex dump can say so.',
    );
    expect(textOf('text', [0xff, 0x61])).toBe(
      'refused: Not copied: the 2 bytes are not UTF-8. Hex dump can say so.',
    );
    expect(textOf('text', [0, 0])).toBe('refused: Not copied: all 2 bytes are zero, no text.');
  });

  it('gives back the bytes, whichever they are (any bytes)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
        const list = [...bytes];
        const numbers = (form: CopyForm) =>
          (
            textOf(form, list)
              .split(/[{[=]\s*\n/)[1]
              ?.match(/0x[\da-f]{2}/g) ?? []
          ).map(Number);
        expect(JSON.parse(textOf('json', list))).toEqual(list);
        expect([...Buffer.from(textOf('base64', list), 'base64')]).toEqual(list);
        expect(
          textOf('hex', list)
            .split(' ')
            .map((pair) => Number.parseInt(pair, 16)),
        ).toEqual(list);
        expect(numbers('c')).toEqual(list);
        expect(numbers('rust')).toEqual(list);
      }),
    );
  });

  it('base64 of more than one call takes', () => {
    const list = Array.from({ length: 70_000 }, (_, at) => (at * 7) & 0xff);
    expect(textOf('base64', list)).toBe(Buffer.from(list).toString('base64'));
  });

  it('no form but the dumps makes anything of a byte without a value (any states)', () => {
    const codes = fc.array(fc.constantFrom(CAPTURED, ZERO, MISSING, LOST), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(codes, (states) => {
        const whole = states.every((code) => code === CAPTURED || code === ZERO);
        for (const form of ARRAYS)
          expect(
            textOf(
              form,
              states.map(() => 0x41),
              states,
            ).startsWith('refused') || whole,
          ).toBe(true);
      }),
    );
    expect(COPY_FORMS.filter(({ noun }) => noun === null).map(({ form }) => form)).toEqual(['dump', 'hex']);
  });
});

describe('a marked range', () => {
  /** The classes of every column of rows of 4, as letters. */
  const drawn = (first: number, last: number, rows: number) =>
    Array.from({ length: rows }, (_, row) => {
      const { markFrom, markTo } = markIn({ memory: 0, first, last }, row * 4, 4);
      return Array.from(
        { length: 4 },
        (_, column) =>
          markClasses(column, 4, markFrom, markTo).replace(' rng', '*').replaceAll(' rng-', '') || '.',
      ).join(' ');
    });

  it('is outlined along the rows, open where it goes on in the next', () => {
    expect(drawn(2, 9, 4)).toEqual(['. . *tl *tr', '*tl *t *b *br', '*bl *br . .', '. . . .']);
    expect(drawn(5, 5, 2)).toEqual(['. . . .', '. *tblr . .']);
    expect(drawn(0, 15, 4)).toEqual(['*tl *t *t *tr', '*l * * *r', '*l * * *r', '*bl *b *b *br']);
  });

  it('looks the same to rows amid a long one: they are not drawn again', () => {
    const range = { memory: 0, first: 0x1000, last: 0x2000 };
    expect(markIn(range, 0x1100, 16)).toEqual(markIn({ ...range, last: 0x9000 }, 0x1200, 16));
    expect(markIn(null, 0, 16)).toEqual(markIn(range, 0, 16));
  });
});
