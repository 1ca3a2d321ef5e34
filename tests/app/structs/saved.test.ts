import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  KEPT_DUMPS,
  NO_OVERLAY,
  type Overlay,
  overlayFor,
  parseSaved,
  type Saved,
  withSaved,
} from '../../../src/app/structs/saved';

const overlay: Overlay = { text: 'u32 a;', root: 'A', memory: 1, address: 0x100, count: 3, follow: null };

describe('saved overlays', () => {
  it('come back for the same name and size only', () => {
    const list = parseSaved(JSON.stringify(withSaved([], { name: 'a', size: 5, overlay })));
    expect(overlayFor(list, { name: 'a', size: 5 })).toEqual(overlay);
    expect(overlayFor(list, { name: 'a', size: 6 })).toBe(NO_OVERLAY);
    expect(overlayFor(list, { name: 'b', size: 5 })).toBe(NO_OVERLAY);
  });

  it('are bounded: the one used longest ago is given up, an empty text is not kept', () => {
    let list: readonly Saved[] = [];
    for (let size = 0; size < KEPT_DUMPS + 4; size++) list = withSaved(list, { name: 'a', size, overlay });
    expect(list.map(({ size }) => size)).toEqual(
      Array.from({ length: KEPT_DUMPS }, (_, at) => KEPT_DUMPS + 3 - at),
    );
    list = withSaved(list, { name: 'a', size: 6, overlay: { ...overlay, text: '' } });
    expect(list.length).toBe(KEPT_DUMPS - 1);
    expect(overlayFor(list, { name: 'a', size: 6 })).toBe(NO_OVERLAY);
  });

  it('are only what was stored: anything else may stand there', () => {
    const sound = { name: 'a', size: 5, overlay };
    for (const change of [
      { count: 0 },
      { count: 1.5 },
      { count: 1e9 },
      { address: -1 },
      { address: 2 ** 53 },
      { text: 5 },
      { text: 'x'.repeat(70_000) },
      { follow: 3 },
      { memory: '0' },
    ])
      expect(parseSaved(JSON.stringify([{ ...sound, overlay: { ...overlay, ...change } }]))).toEqual([]);
    expect(parseSaved(JSON.stringify([null, 3, sound]))).toEqual([sound]);
    for (const text of [null, '', '{', '{"a":1}', 'null']) expect(parseSaved(text)).toEqual([]);
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(Array.isArray(parseSaved(text))).toBe(true);
      }),
    );
  });
});
