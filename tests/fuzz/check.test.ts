import { describe, expect, it } from 'vitest';
import { createLocalSession } from '../../src/session/local';
import type { NamedFile, Session } from '../../src/session/types';
import { fixture } from '../fixture';
import { check } from './check';

const FILE = 'wasmtime/c-divide-O0/c-divide-O0.coredump';

/** A session that does right but for what `wrong` replaces; the check must find it. */
function checkWith(wrong: (right: Session) => Partial<Session>): Promise<string | null> {
  const create = (): Session => {
    const right = createLocalSession();
    return new Proxy(right, {
      get(target, name, receiver) {
        const replaced: unknown = Reflect.get(wrong(right), name);
        const value: unknown = replaced ?? Reflect.get(target, name, receiver);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  };
  return check(FILE, fixture(FILE), { create, longest: 500 });
}

describe('the check of the fuzz', () => {
  it('finds nothing in a session that does right', async () => {
    expect(await checkWith(() => ({}))).toBeNull();
  });

  it('finds an exception', async () => {
    const open = () => Promise.reject(new Error('index out of range'));
    expect(await checkWith(() => ({ open }))).toContain('index out of range');
  });

  it('finds a session that never ends', async () => {
    const open = () => new Promise<never>(() => undefined);
    expect(await checkWith(() => ({ open }))).toBe('not done after 500 ms');
  });

  it('finds a failure', async () => {
    const open: Session['open'] = async (_files, _mode, onUpdate) => {
      onUpdate({ kind: 'failed', message: 'the worker died' });
      return { roles: [] };
    };
    expect(await checkWith(() => ({ open }))).toBe('failed: the worker died');
  });

  it('finds reading without bound', async () => {
    const drain = async ([file]: readonly NamedFile[]) => {
      if (file === undefined || !('blob' in file)) return;
      for (let round = 0; round < 300; round++) await file.blob.slice(0, 5000).arrayBuffer();
    };
    const found = await checkWith((right) => ({
      open: async (files, mode, onUpdate) => {
        await drain(files);
        return right.open(files, mode, onUpdate);
      },
    }));
    expect(found).toMatch(/^\d+ bytes read of a file of 4876/);
  });

  it('finds a value that nobody captured', async () => {
    const found = await checkWith((right) => ({
      read: async (memory, address, length) => {
        const window = await right.read(memory, address, length);
        window.bytes.fill(7);
        return window;
      },
    }));
    expect(found).toContain('a byte that is zero-elided');
  });
});
