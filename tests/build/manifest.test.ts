import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MANIFEST } from '../../build/app';
import { filePolicy, hostedPolicy } from '../../build/policy';

const extensions = (MANIFEST.file_handlers ?? []).flatMap(({ accept }) => Object.values(accept).flat());

describe('the manifest', () => {
  it('opens dumps and modules, in a window of their own', () => {
    expect(extensions).toEqual(expect.arrayContaining(['.coredump', '.core', '.wasm', '.gz']));
    expect(MANIFEST.launch_handler?.client_mode).toBe('navigate-new');
  });

  it('takes shared files by the form that the service worker reads', () => {
    expect(MANIFEST.share_target).toMatchObject({
      action: './share',
      method: 'POST',
      enctype: 'multipart/form-data',
      params: { files: [{ name: 'files' }] },
    });
  });

  it('has no address that is bound to the root of a host, and its icons are there', () => {
    const icons = MANIFEST.icons ?? [];
    for (const url of [MANIFEST.id, MANIFEST.start_url, MANIFEST.scope, ...icons.map(({ src }) => src)])
      expect(url).toMatch(/^\.\//);
    for (const { src } of icons)
      expect(existsSync(new URL(`../../public/${src}`, import.meta.url)), src).toBe(true);
    expect(icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
  });
});

describe('the policy', () => {
  it('of the hosted page runs no inline script, no eval and nothing from elsewhere', () => {
    expect(hostedPolicy().get('script-src')).toBe("'self' 'wasm-unsafe-eval'");
    expect(hostedPolicy().get('default-src')).toBe("'none'");
    expect(hostedPolicy().get('connect-src')).toBe("'self' https: http://127.0.0.1:* http://localhost:*");
  });

  it('of the single file names its scripts by their hashes', () => {
    // SHA-256 of nothing, known from outside.
    const nothing = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
    const policy = filePolicy([''], ['']);
    expect(policy.get('script-src')).toBe(`${nothing} 'wasm-unsafe-eval'`);
    expect(policy.get('style-src')).toBe(nothing);
  });
});
