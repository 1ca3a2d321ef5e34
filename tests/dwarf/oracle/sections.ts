import type { DebugSections } from '../../../src/dwarf/debug-info';
import { fixture } from '../../fixture';

/** The custom sections of a file in memory: a module, a .dwo, a .dwp. Walked here, so that the reader of modules is not under test too. */
export function sectionsOf(bytes: Uint8Array): DebugSections {
  const contents = new Map<string, Uint8Array>();
  let at = 8;
  const unsigned = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const id = bytes[at++];
    const size = unsigned();
    const end = at + size;
    if (id === 0) {
      const length = unsigned();
      contents.set(
        new TextDecoder().decode(bytes.subarray(at, at + length)),
        bytes.subarray(at + length, end),
      );
    }
    at = end;
  }
  return {
    names: [...contents.keys()],
    size: (name) => contents.get(name)?.length ?? 0,
    read: (name, offset, length) =>
      Promise.resolve((contents.get(name) ?? new Uint8Array()).subarray(offset, offset + length)),
  };
}

/** A fixture's module and its companions, named as in the answers: `symbols/split5/split5.wasm dwp`. */
export function fixtureSections(name: string): [module: DebugSections, companions: DebugSections[]] {
  const [module = '', companions] = name.split(' ');
  const folder = module.slice(0, module.lastIndexOf('/'));
  const files =
    companions === 'dwo'
      ? ['main', 'tally', 'hash'].map((unit) => `${folder}/${unit}.dwo`)
      : companions === 'dwp'
        ? [module.replace(/\.wasm$/, '.dwp')]
        : [];
  return [sectionsOf(fixture(module)), files.map((file) => sectionsOf(fixture(file)))];
}
