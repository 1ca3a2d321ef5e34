import { ByteWriter } from '../../src/bytes/writer';
import { walkSections } from '../../src/wasm/sections';
import { plainSource } from './sources';

/** A module without names and debug information, which says in which file they are (tool-conventions, Debugging.md). */
export async function stripped(
  module: Uint8Array<ArrayBuffer>,
  debugFile: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ByteWriter();
  writer.raw(module.subarray(0, 8));
  for await (const event of walkSections(plainSource(module), 8)) {
    if (event.kind !== 'section') continue;
    const { name, offset, size, start } = event.section;
    if (name === 'name' || name?.startsWith('.debug_') === true) continue;
    writer.raw(module.subarray(start, offset + size));
  }
  const content = new ByteWriter();
  content.name('external_debug_info');
  content.name(debugFile);
  writer.u8(0);
  writer.sized(content.bytes());
  return writer.bytes();
}
