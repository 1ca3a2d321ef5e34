import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Package {
  readonly bin: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
}

const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
const { bin, files, scripts, ...rest } = JSON.parse(text) as Package;

describe('the package', () => {
  it('installs nothing else: all that runs is bundled', () => {
    for (const key of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies'])
      expect(rest).not.toHaveProperty(key);
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
      expect(scripts).not.toHaveProperty(script);
  });

  it('holds the command, the page beside it and what the help refers to, and builds them first', () => {
    expect(bin).toEqual({ wasmortem: 'dist/cli.js' });
    expect(files).toEqual(['dist/cli.js', 'dist/site', 'docs/json.md']);
    expect(scripts['prepack']).toBe('npm run build:site && npm run build:cli');
  });
});
