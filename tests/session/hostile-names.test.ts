import { expect, it } from 'vitest';
import { createLocalSession } from '../../src/session/local';
import { HOSTILE, hostileDump, hostileModule } from '../helpers/hostile-names';

it.each(['names', 'DWARF'] as const)('hostile %s are names: they fit and change nothing', async (from) => {
  const session = createLocalSession();
  const given = [
    { name: `${HOSTILE[8]}.coredump`, blob: new Blob([await hostileDump()]) },
    { name: `${HOSTILE[1]}.wasm`, blob: new Blob([await hostileModule(from)]) },
  ];
  const { roles } = await session.open(given, 'replace', () => undefined);
  expect(roles.map(({ role }) => role)).toEqual(['dump', 'module']);
  await expect.poll(() => session.snapshot()?.modules[0]?.verdict).toBe('matches');
  await expect.poll(() => session.snapshot()?.symbolicating).toBe(false);
  const snapshot = session.snapshot();
  expect(snapshot?.dump.process.name).toBe(HOSTILE[1]);
  expect(snapshot?.dump.threads[0]?.name).toBe(HOSTILE[14]);
  const frames = snapshot?.names.frames[0] ?? [];
  const functions = frames.map((frame) => frame.function);
  expect(functions).toContain(from === 'names' ? HOSTILE[8] : '<u>\u202e');
  const files = frames.flatMap(({ lines }) => lines.map(({ file }) => file));
  expect(files.some((file) => file?.endsWith('<i>\u200b"'))).toBe(from === 'DWARF');
  await session.close();
});
