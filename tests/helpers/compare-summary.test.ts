import { describe, expect, it } from 'vitest';
import { compareSummaries } from './compare-summary';

const summary = (over: object = {}) => ({
  file: { size: 10, truncatedAt: null },
  producer: { name: 'unknown', versions: '', evidence: '' },
  threads: [{ name: 'main', layout: 'L1', complete: true, frames: [{ function: 1 }] }],
  globals: [{ type: 'f32', value: '0.1', bits: '0x3dcccccd' }],
  problems: [{ section: 'data', offset: 100, message: 'ours' }],
  ...over,
});

describe('compareSummaries', () => {
  it('finds nothing between one and itself, nor where only words differ', () => {
    expect(compareSummaries(summary(), summary())).toEqual([]);
    const others = {
      producer: { name: 'unknown', versions: '14 or later', evidence: 'so' },
      problems: [{ section: 'data', offset: 108, message: 'theirs' }],
      globals: [{ type: 'f32', value: '0.10000000149011612', bits: '0x3dcccccd' }],
    };
    expect(compareSummaries(summary(), summary(others))).toEqual([]);
  });

  it('finds what differs', () => {
    const frames = [{ name: 'main', layout: 'L1', complete: true, frames: [{ function: 2 }] }];
    expect(compareSummaries(summary(), summary({ threads: frames }))).toEqual([
      'threads[0].frames[0].function: 1 | 2',
    ]);
    expect(compareSummaries(summary(), summary({ threads: [] }))).toEqual(['threads.length: 1 | 0']);
    const bits = { globals: [{ type: 'f32', value: '0.1', bits: '0x3dcccccc' }] };
    expect(compareSummaries(summary(), summary(bits))).toEqual([
      'globals[0].bits: "0x3dcccccd" | "0x3dcccccc"',
    ]);
    expect(compareSummaries(summary(), summary({ problems: [] }))).toHaveLength(1);
    expect(compareSummaries(summary({ problems: [] }), summary())).toHaveLength(1);
    const far = { problems: [{ section: 'data', offset: 117, message: '' }] };
    expect(compareSummaries(summary(), summary(far))).toHaveLength(2);
  });

  it('takes layouts for the same that nothing tells apart', () => {
    const as = (layout: string, frames: object[]) =>
      summary({ threads: [{ name: 'main', layout, complete: true, frames }] });
    expect(compareSummaries(as('L1', [{ function: 1 }]), as('L2', [{ function: 1 }]))).toEqual([]);
    expect(compareSummaries(as('L1', []), as('L5', []))).toEqual([]);
    expect(compareSummaries(as('L1', [{ function: 1 }]), as('L3', [{ function: 1 }]))).toHaveLength(1);
  });
});
