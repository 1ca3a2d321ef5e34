import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FORMAT_CHOICES,
  fits,
  GROUP_CHOICES,
  PLAIN,
  parseView,
  ROW_CHOICES,
  type View,
} from '../../../src/app/memory-view';
import {
  plainColumn,
  plainWidth,
  rowBytesFor,
  rowWidth,
  withFormat,
  withGroup,
} from '../../../src/panels/memory/view';

const CH = 7.2;
const anyView: fc.Arbitrary<View> = fc
  .record({
    rowBytes: fc.constantFrom(...ROW_CHOICES),
    group: fc.constantFrom(...GROUP_CHOICES),
    format: fc.constantFrom(...FORMAT_CHOICES),
  })
  .filter(({ group, format }) => fits(group, format));

describe('how rows are drawn', () => {
  it('are 16 bytes in hex, 8 where the panel is narrow', () => {
    expect(rowBytesFor(PLAIN, 800, 8, CH)).toBe(16);
    expect(rowBytesFor(PLAIN, 601, 8, CH)).toBe(16);
    expect(rowBytesFor(PLAIN, 520, 8, CH)).toBe(8);
    expect(rowBytesFor(PLAIN, 200, 8, CH)).toBe(8);
  });

  it('have each plain cell where its width says', () => {
    for (let column = 0; column < 128; column += 1) {
      const right = plainWidth(column + 1);
      expect(plainColumn(right - 20)).toBe(column);
      expect(plainColumn(right - 1)).toBe(column);
      expect(plainColumn(right)).toBe(column + 1);
    }
    expect(plainColumn(-5)).toBe(0);
  });

  it('hold what was chosen where it fits, else the most that does', () => {
    const wide: View = { rowBytes: 32, group: 1, format: 'hex' };
    expect(rowBytesFor(wide, 800, 8, CH)).toBe(16);
    expect(rowBytesFor(wide, 1200, 8, CH)).toBe(32);
    expect(rowBytesFor({ ...wide, rowBytes: 'fit' }, 2400, 8, CH)).toBe(64);
    expect(rowBytesFor({ ...wide, rowBytes: 8 }, 2400, 8, CH)).toBe(8);
  });

  it('never are wider than the panel, unless 8 bytes are, and always divide a page', () => {
    fc.assert(
      fc.property(
        anyView,
        fc.integer({ min: 1, max: 4000 }),
        fc.constantFrom(8, 14),
        (view, width, digits) => {
          const bytes = rowBytesFor(view, width, digits, CH);
          expect(4096 % bytes).toBe(0);
          expect(bytes % view.group).toBe(0);
          if (bytes > 8) expect(rowWidth(view, bytes, digits, CH)).toBeLessThan(width);
        },
      ),
    );
  });

  it('keep to numbers that exist: there is no float of 1 or 2 bytes', () => {
    expect(withFormat(PLAIN, 'float')).toEqual({ rowBytes: 16, group: 4, format: 'float' });
    expect(withGroup({ rowBytes: 16, group: 8, format: 'float' }, 2)).toEqual({
      rowBytes: 16,
      group: 2,
      format: 'hex',
    });
    fc.assert(
      fc.property(
        anyView,
        fc.constantFrom(...FORMAT_CHOICES),
        fc.constantFrom(...GROUP_CHOICES),
        (view, f, g) => {
          expect(withFormat(view, f).format).toBe(f);
          expect(withGroup(view, g).group).toBe(g);
          for (const next of [withFormat(view, f), withGroup(view, g)])
            expect(fits(next.group, next.format)).toBe(true);
        },
      ),
    );
  });

  it('come back from storage, whatever stands there', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(parseView(JSON.stringify(view))).toEqual(view);
      }),
    );
    for (const text of [
      null,
      '',
      '{',
      'null',
      '[]',
      '{"rowBytes":24,"group":1,"format":"hex"}',
      '{"rowBytes":8,"group":1,"format":"float"}',
    ])
      expect(parseView(text)).toEqual(PLAIN);
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(fits(parseView(text).group, parseView(text).format)).toBe(true);
      }),
    );
  });
});
