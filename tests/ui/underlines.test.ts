import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const source = fileURLToPath(new URL('../../src/', import.meta.url));
const sheets = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.css'),
);

/** WebKit takes the shorthand with the kind of line alone. With a thickness, a style or a colour it drops the declaration. */
test('no style sheet says more of an underline at once than WebKit understands', () => {
  expect(sheets.length).toBeGreaterThan(10);
  const dropped = sheets.flatMap((name) =>
    Array.from(readFileSync(join(source, name), 'utf8').matchAll(/text-decoration:\s*([^;}]+)/g))
      .filter(([, value = '']) => !/^(underline|none|line-through)$/.test(value.trim()))
      .map(([declaration]) => `${name}: ${declaration}`),
  );
  expect(dropped).toEqual([]);
});
