import { describe, expect, it } from 'vitest';
import { parseOpened } from '../../src/app/reopen';
import { nextTheme } from '../../src/app/theme';
import { parseSizes } from '../../src/panels/page/layout';

describe('what was stored may be anything', () => {
  it('the file that was open', () => {
    expect(parseOpened('{"name":"a.core","size":5,"more":1}')).toEqual({ name: 'a.core', size: 5 });
    for (const text of [null, '', 'null', '5', '{}', '{"name":5,"size":5}', '{"name":"a"}'])
      expect(parseOpened(text)).toBeNull();
  });

  it('sizes of panels', () => {
    expect(parseSizes('{"left":20,"mid":80}')).toEqual({ left: 20, mid: 80 });
    for (const text of [null, '', 'null', '[]', '{}', '{"left":"20"}', '{"left":-1}', '{"left":101}'])
      expect(parseSizes(text)).toBeUndefined();
  });
});

describe('nextTheme', () => {
  it('goes around all three', () => {
    expect(nextTheme('system')).toBe('light');
    expect(nextTheme('light')).toBe('dark');
    expect(nextTheme('dark')).toBe('system');
  });
});
