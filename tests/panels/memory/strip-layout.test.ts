import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StateRun } from '../../../src/coredump/model';
import {
  addressAt,
  boxAtY,
  stripBoxes,
  stripLabels,
  viewOutline,
  yOf,
} from '../../../src/panels/memory/strip-layout';

const runs: readonly StateRun[] = [
  { start: 0, end: 0xfb07, state: 'zero-elided' },
  { start: 0xfb07, end: 0xfffd, state: 'captured' },
  { start: 0xfffd, end: 0x7fff_0000, state: 'zero-elided' },
  { start: 0x7fff_0000, end: 0x7fff_0001, state: 'captured' },
  { start: 0x7fff_0001, end: 2 ** 32, state: 'zero-elided' },
];

const anyRuns = fc
  .array(fc.integer({ min: 1, max: 2 ** 40 }), { minLength: 1, maxLength: 140 })
  .map((lengths) => {
    let at = 0;
    return lengths.map((length, index): StateRun => {
      const start = at;
      at += length;
      return { start, end: at, state: index % 2 === 0 ? 'missing' : 'captured' };
    });
  });

describe('the coverage strip', () => {
  it('keeps one byte visible beside gigabytes', () => {
    const box = stripBoxes(runs, true, 500)[3];
    expect(box?.height).toBeGreaterThanOrEqual(2);
  });

  it('fills its height without a hole, in order, exact or merged', () => {
    fc.assert(
      fc.property(anyRuns, fc.boolean(), fc.integer({ min: 1, max: 2000 }), (given, exact, height) => {
        const boxes = stripBoxes(given, exact, height);
        let top = 0;
        for (const box of boxes) {
          expect(box.top).toBeCloseTo(top, 6);
          expect(box.height).toBeGreaterThanOrEqual(0);
          top = box.top + box.height;
        }
        expect(top).toBeCloseTo(height, 3);
      }),
    );
  });

  it('makes a longer run at least as high as a shorter one', () => {
    fc.assert(
      fc.property(anyRuns, fc.boolean(), (given, exact) => {
        const boxes = [...stripBoxes(given, exact, 600)].sort((a, b) => a.end - a.start - (b.end - b.start));
        for (const [index, box] of boxes.entries())
          expect(box.height + 1e-6).toBeGreaterThanOrEqual(boxes[index - 1]?.height ?? 0);
      }),
    );
  });

  it('takes a pixel to an address in the run drawn there, and an address to the pixel of its run', () => {
    fc.assert(
      fc.property(anyRuns, fc.double({ min: 0, max: 599, noNaN: true }), (given, y) => {
        const boxes = stripBoxes(given, true, 600);
        const box = boxAtY(boxes, y);
        const address = addressAt(boxes, y);
        expect(address).toBeGreaterThanOrEqual(box?.start ?? 0);
        expect(address).toBeLessThan(box?.end ?? 0);
        const back = yOf(boxes, address);
        expect(back).toBeGreaterThanOrEqual((box?.top ?? 0) - 1e-6);
        expect(back).toBeLessThanOrEqual((box?.top ?? 0) + (box?.height ?? 0) + 1e-6);
      }),
    );
  });

  it('reaches the first and the last address', () => {
    const boxes = stripBoxes(runs, true, 500);
    expect(addressAt(boxes, -10)).toBe(0);
    expect(addressAt(boxes, 0)).toBe(0);
    expect(addressAt(boxes, 500)).toBe(2 ** 32 - 1);
    expect(boxAtY(boxes, 501)).toBe(null);
  });

  it('outlines the view inside the strip, never thinner than 4 pixels', () => {
    const boxes = stripBoxes(runs, true, 500);
    expect(viewOutline(boxes, 0, 2 ** 32 - 1, 500)).toEqual({ top: 0, height: 500 });
    const end = viewOutline(boxes, 2 ** 32 - 16, 2 ** 32 - 1, 500);
    expect(end.height).toBe(4);
    expect(end.top + end.height).toBeCloseTo(500, 6);
  });

  it('labels where captured runs start, and leaves out what would overlap', () => {
    const boxes = stripBoxes(runs, true, 500);
    expect(stripLabels(boxes, 13).map((label) => label.address)).toEqual([0xfb07, 0x7fff_0000]);
    expect(stripLabels(stripBoxes(runs, true, 20), 13).map((label) => label.address)).toEqual([0xfb07]);
  });

  it('draws nothing of a memory without runs', () => {
    expect(stripBoxes([], true, 500)).toEqual([]);
    expect(addressAt([], 3)).toBe(0);
  });
});
