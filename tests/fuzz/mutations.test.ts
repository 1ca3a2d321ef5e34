import { describe, expect, it } from 'vitest';
import { fixture } from '../fixture';
import { mutations, places, sampled } from './mutations';

describe('mutations', () => {
  it('cuts a small file at every length and changes every byte in three ways', () => {
    const all = [...mutations(Uint8Array.of(0x00, 0x61, 0xff))];
    expect(all.map((mutation) => mutation.name)).toEqual([
      'cut at 0',
      'byte 0 = 0xff',
      'byte 0 = 0x80',
      'cut at 1',
      'byte 1 = 0x00',
      'byte 1 = 0xff',
      'byte 1 = 0xe1',
      'cut at 2',
      'byte 2 = 0x00',
      'byte 2 = 0x7f',
    ]);
    expect(all[6]?.bytes).toEqual(Uint8Array.of(0x00, 0xe1, 0xff));
  });

  it('takes 2,000 places of the head of a large file and each header of a section', () => {
    const dump = fixture('wasmtime/c-heap/c-heap.coredump');
    const chosen = places(dump);
    expect(dump.length).toBeGreaterThan(8192);
    expect(chosen.filter((place) => place < 4096).length).toBeGreaterThanOrEqual(2000);
    // The last section, `corestack`, begins in the file's last bytes.
    expect(chosen.some((place) => place > dump.length - 200)).toBe(true);
  });

  it('samples the same for the same seed', () => {
    const dump = fixture('wasmer/crash/crash.coredump');
    const names = (seed: number) => sampled(dump, 20, seed).map((mutation) => mutation.name);
    expect(names(1)).toEqual(names(1));
    expect(names(1)).not.toEqual(names(2));
    expect(new Set(names(1)).size).toBeGreaterThan(10);
  });
});
