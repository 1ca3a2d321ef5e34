import { describe, expect, it } from 'vitest';
import { progressShare, progressText } from '../../src/app/progress';
import type { Progress } from '../../src/session/types';

const indexing: Progress = {
  task: 'indexing',
  done: 1_299_227_607,
  total: 4_273_492_459,
  rate: 418e6,
  state: 'running',
  message: null,
};

describe('progress', () => {
  it('says both numbers, the rate and what is left', () => {
    expect(progressText(indexing)).toBe('Indexing 1.21 of 3.98 GiB, 418 MB/s, 7 s left');
  });

  it('leaves out what is not known', () => {
    expect(progressText({ ...indexing, rate: 0 })).toBe('Indexing 1.21 of 3.98 GiB');
    expect(progressText({ ...indexing, task: 'inflating', total: null })).toBe(
      'Inflating 1.21 GiB, 418 MB/s',
    );
    expect(progressShare({ ...indexing, total: null })).toBeNull();
  });

  it('says where it stopped', () => {
    expect(progressText({ ...indexing, state: 'stopped' })).toBe(
      'Stopped at 1.21 of 3.98 GiB. The rest is not indexed.',
    );
  });

  it('a share is from 0 to 1, also of nothing', () => {
    expect(progressShare(indexing)).toBeCloseTo(0.304, 3);
    expect(progressShare({ ...indexing, done: 0, total: 0 })).toBe(1);
  });
});
