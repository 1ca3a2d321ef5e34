import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTRY_LIMIT } from '../../../src/app/recent/entry';
import { parseEntries } from '../../../src/app/recent/parse';
import { parseSetting } from '../../../src/app/recent/setting';

const handle = { kind: 'file', name: 'a.core', isSameEntry: () => false };
const whole = {
  id: 'a',
  name: 'a.core',
  size: 5,
  opened: 7,
  headline: 'Stopped in f',
  modules: 1,
  from: {
    kind: 'handles',
    dump: 'a.core',
    stamp: { size: 5, modified: 6 },
    items: [
      { kind: 'file', path: 'a.core', nested: false, handle, stamp: { size: 5, modified: 6 } },
      { kind: 'folder', handle: { ...handle, kind: 'directory' } },
    ],
  },
  copy: { folder: '0f9e8d7c-1111-4222-8333-123456789abc', files: [{ name: 'a.core', size: 5 }] },
};

describe('what was stored may be anything', () => {
  it('what this page stores comes back as it was', () => {
    expect(parseEntries([whole])).toEqual([whole]);
    const link = { ...whole, copy: null, from: { kind: 'link', dump: '/a', modules: ['/b'] } };
    expect(parseEntries([link])).toEqual([link]);
  });

  it('an entry that lacks something is left out, the others stay', () => {
    for (const key of Object.keys(whole).filter((key) => key !== 'copy'))
      expect(parseEntries([{ ...whole, [key]: undefined }, whole]), key).toEqual([whole]);
    for (const damage of [
      { size: -1 },
      { opened: 'now' },
      { from: { kind: 'link', dump: 5 } },
      { from: { kind: 'user', gave: 'x' } },
    ])
      expect(parseEntries([{ ...whole, ...damage }])).toEqual([]);
  });

  it('what is no handle is no item, and a copy without files is none', () => {
    const from = { ...whole.from, items: [{ ...whole.from.items[0], handle: { kind: 'file' } }] };
    expect(parseEntries([{ ...whole, from }])[0]?.from).toMatchObject({ items: [] });
    for (const copy of [{ ...whole.copy, files: [] }, { ...whole.copy, folder: '..' }, 5])
      expect(parseEntries([{ ...whole, copy }])[0]?.copy).toBeNull();
  });

  it('lists no more than the limit, and never throws', () => {
    expect(parseEntries(Array.from({ length: 50 }, () => whole))).toHaveLength(ENTRY_LIMIT);
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(Array.isArray(parseEntries(value))).toBe(true);
        expect(Array.isArray(parseEntries([value]))).toBe(true);
      }),
    );
  });

  it('the setting', () => {
    expect(parseSetting('off')).toEqual({ kind: 'off' });
    expect(parseSetting('{"rows":3,"at":5}')).toEqual({ kind: 'on', rows: 3 });
    for (const text of [null, '', 'null', '5', '{}', '{"rows":-1}', '{"rows":"3"}', '['])
      expect(parseSetting(text)).toEqual({ kind: 'on', rows: 0 });
  });
});
