import { describe, expect, it } from 'vitest';
import { buildIdOf } from '../../src/symbols/debug-links';
import { readModuleSymbols } from '../../src/symbols/debug-module';
import { bytes } from '../helpers/dump-text';
import { plainSource } from '../helpers/sources';

describe('a build id', () => {
  it('is counted bytes, or the bytes of a UUID as they are', () => {
    expect(buildIdOf(bytes('04 de ad be ef'))).toBe('deadbeef');
    expect(buildIdOf(bytes('de ad be ef 00 01 02 03 04 05 06 07 08 09 0a 0b'))).toBe(
      'deadbeef000102030405060708090a0b',
    );
    expect(buildIdOf(bytes('00'))).toBe('00');
    expect(buildIdOf(new Uint8Array(0))).toBeNull();
    expect(buildIdOf(null)).toBeNull();
  });
});

describe('the links of a module', () => {
  it('are read from its custom sections', async () => {
    const { links } = await readModuleSymbols(
      plainSource(
        bytes(`00 61 73 6d 01 00 00 00
          00 0c 08 "build_id" 02 ab cd
          00 1c 13 "external_debug_info" 07 "a.debug"
          00 17 10 "sourceMappingURL" 05 "a.map"`),
      ),
    );
    expect(links).toEqual({ buildId: 'abcd', debugFile: 'a.debug', sourceMap: 'a.map' });
  });

  it('that do not decode are none', async () => {
    const { links } = await readModuleSymbols(
      plainSource(bytes('00 61 73 6d 01 00 00 00 00 16 13 "external_debug_info" 07 "a"')),
    );
    expect(links).toEqual({ buildId: null, debugFile: null, sourceMap: null });
  });
});
