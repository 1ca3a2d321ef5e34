import { ByteWriter } from '../../src/bytes/writer';
import { walkSections } from '../../src/wasm/sections';
import { fixture } from '../fixture';
import { plainSource } from './sources';

/** What names hold that want to run, to load, to move the reader's eye, or to break out of what is copied. */
export const HOSTILE: readonly string[] = [
  '<script>window.ran=1</script>',
  '<img src=x onerror=window.ran=2>',
  '<svg/onload=window.ran=3><iframe srcdoc="<script>parent.ran=4</script>">',
  'javascript:window.ran=5',
  `{{constructor.constructor('window.ran=6')()}}\${window.ran=7}`,
  '"; window.ran=8; //',
  '*/ window.ran=9; /*',
  '\u001b[2J\u001b[31mred\u001b]8;;http://evil.example/\u0007link\u009b31m\u0008\u0008',
  'a\u202egnp.exe\u2066b\u2069',
  'zero\u200bwidth\u2060\ufeff\u00ad\u{e0041}',
  'one\ntwo\r\nthree\u2028four\0five',
  '-->]]></style></textarea><base href=//evil.example/>',
  '=HYPERLINK("http://evil.example/","x")',
  '__proto__',
  `${'\u202e<b>'.repeat(262_144)}`,
];

const nth = (index: number): string => HOSTILE[index % HOSTILE.length] ?? '';
/** As long as what they replace, so that no offset changes. */
const PATCHES: readonly (readonly [string, string])[] = [
  ['crash.c\0', '<i>\u200b"\0'],
  ['/build\0', '<b>\u202e\0'],
  ['divide\0', '<u>\u202e\0'],
];

const utf8 = new TextEncoder();

/**
 * A module whose every name is hostile: functions, locals, globals, memory, data and producers, with a link to a source map;
 * or its DWARF's functions, variables and files. (Not both: names that differ show that a tool changed the code.)
 */
export async function hostileModule(from: 'names' | 'DWARF'): Promise<Uint8Array<ArrayBuffer>> {
  const original = fixture('wasmtime/c-divide-O0/c-divide-O0.wasm');
  const writer = new ByteWriter();
  writer.raw(original.subarray(0, 8));
  for await (const event of walkSections(plainSource(original), 8)) {
    if (event.kind !== 'section') continue;
    const { name, offset, size, start } = event.section;
    if (name === 'name' || name === 'producers') continue;
    const section = original.slice(start, offset + size);
    if (name?.startsWith('.debug_') === true)
      for (const [from, to] of PATCHES) replaceAll(section, utf8.encode(from), utf8.encode(to));
    writer.raw(section);
  }
  custom(writer, 'name', names(from));
  const producers = new ByteWriter();
  producers.vector(['language', 'processed-by'], (field) => {
    producers.name(field);
    producers.vector([nth(0), nth(1), nth(8)], (value) => {
      producers.name(value);
      producers.name(nth(7));
    });
  });
  custom(writer, 'producers', producers.bytes());
  const url = new ByteWriter();
  url.name('javascript:window.ran=10//evil.example/\u202emap');
  if (from === 'names') custom(writer, 'sourceMappingURL', url.bytes());
  for (const name of HOSTILE.slice(0, 4)) custom(writer, name, Uint8Array.of(1, 2, 3));
  return writer.bytes();
}

/** The dump that belongs to it, under hostile names of its own, with text of that kind in its memory. */
export async function hostileDump(): Promise<Uint8Array<ArrayBuffer>> {
  const original = fixture('wasmtime/c-divide-O0/c-divide-O0.coredump');
  const writer = new ByteWriter();
  writer.raw(original.subarray(0, 8));
  for await (const event of walkSections(plainSource(original), 8)) {
    if (event.kind !== 'section') continue;
    const { content, name, offset, size, start } = event.section;
    const payload = original.subarray(content, offset + size);
    const renamed = new ByteWriter();
    if (name === 'core' || name === 'corestack') {
      renamed.u8(0);
      renamed.name(nth(name === 'core' ? 1 : 14));
      // A name of less than 128 bytes: one byte of length.
      renamed.raw(payload.subarray(2 + (payload[1] ?? 0)));
      custom(writer, name, renamed.bytes());
    } else if (name === 'coremodules') {
      renamed.vector([nth(0)], (one) => {
        renamed.u8(0);
        renamed.name(one);
      });
      custom(writer, name, renamed.bytes());
    } else writer.raw(original.subarray(start, offset + size));
  }
  for (const name of HOSTILE) custom(writer, name, utf8.encode(name.slice(0, 100)));
  return writer.bytes();
}

function names(from: 'names' | 'DWARF'): Uint8Array {
  const writer = new ByteWriter();
  const subsection = (id: number, fill: (into: ByteWriter) => void): void => {
    const into = new ByteWriter();
    fill(into);
    writer.u8(id);
    writer.sized(into.bytes());
  };
  const map = (into: ByteWriter, count: number): void =>
    into.vector(
      Array.from({ length: count }, (_, index) => index),
      (index) => {
        into.unsigned(index);
        into.name(nth(index));
      },
    );
  subsection(0, (into) => into.name(nth(2)));
  if (from === 'names') subsection(1, (into) => map(into, 70));
  subsection(2, (into) => {
    into.vector([8, 9, 10], (func) => {
      into.unsigned(func);
      map(into, 6);
    });
  });
  for (const id of [6, 7, 9]) subsection(id, (into) => map(into, 3));
  return writer.bytes();
}

function custom(writer: ByteWriter, name: string, content: Uint8Array): void {
  const payload = new ByteWriter();
  payload.name(name);
  payload.raw(content);
  writer.u8(0);
  writer.sized(payload.bytes());
}

function replaceAll(bytes: Uint8Array, from: Uint8Array, to: Uint8Array): void {
  if (from.length !== to.length) throw new RangeError('a patch changes offsets');
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = view.indexOf(from); at !== -1; at = view.indexOf(from, at + 1)) bytes.set(to, at);
}
