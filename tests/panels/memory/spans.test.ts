import { describe, expect, it } from 'vitest';
import { NO_FOLDS, rowSpace } from '../../../src/panels/memory/rows';
import { movedSpan, spanAt, spanned } from '../../../src/panels/memory/spans';

const space = rowSpace(157, 16, NO_FOLDS, []);

describe('groups under the cursor', () => {
  it('are aligned, and end where the memory ends', () => {
    expect(spanAt(6, 4, 157)).toEqual({ first: 4, last: 7 });
    expect(spanAt(156, 4, 157)).toEqual({ first: 156, last: 156 });
    expect(spanAt(6, 1, 157)).toEqual({ first: 6, last: 6 });
  });

  it('are selected whole, forwards and backwards', () => {
    const [a, b] = [spanAt(4, 4, 157), spanAt(20, 4, 157)];
    expect(spanned(a, a)).toEqual({ anchor: 7, focus: 4 });
    expect(spanned(a, b)).toEqual({ anchor: 4, focus: 23 });
    expect(spanned(b, a)).toEqual({ anchor: 23, focus: 4 });
  });

  it('are what left and right step by', () => {
    expect(movedSpan(space, 6, 'right', 10, 4)).toEqual({ first: 8, last: 11 });
    expect(movedSpan(space, 6, 'left', 10, 4)).toEqual({ first: 0, last: 3 });
    expect(movedSpan(space, 0, 'left', 10, 4)).toEqual({ first: 0, last: 3 });
    expect(movedSpan(space, 6, 'down', 10, 8)).toEqual({ first: 16, last: 23 });
    expect(movedSpan(space, 6, 'memory-end', 10, 8)).toEqual({ first: 152, last: 156 });
    expect(movedSpan(space, 6, 'right', 10, 1)).toEqual({ first: 7, last: 7 });
  });
});
