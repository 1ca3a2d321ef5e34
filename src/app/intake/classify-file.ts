import { Cursor } from '../../bytes/cursor';
import type { Bytes } from '../../bytes/units';
import { lastName } from './given';

/** How many of the first bytes `classifyFile` looks at. */
export const HEAD_LENGTH: Bytes = 4096;

/** What a given file is to the page. The session says the last word about everything that it is handed. */
export type GivenClass =
  /** `\0asm`, or gzip: the session looks inside. */
  | { readonly kind: 'wasm'; readonly role: WasmRole }
  | { readonly kind: 'zip' }
  /** A source map, which the session reads. */
  | { readonly kind: 'source-map' }
  /** Text in a language that compiles to Wasm: it stays with the page. */
  | { readonly kind: 'source' }
  | { readonly kind: 'other' };

export type WasmRole = 'dump' | 'module';

/** Endings of texts that debug information names, by language, assembly and generators' input included. */
const SOURCE_ENDINGS = new Set(
  `c h cc hh cp cpp hpp cxx hxx c++ h++ inc inl ipp tpp tcc ixx cppm def m mm cu
  rs go s asm sx wat wast ts mts cts tsx js mjs cjs jsx as swift zig d nim v odin hare ha
  kt kts java scala cs fs fsx vb py pyx rb cr dart ml mli hs lhs lisp el clj ex erl grain mbt
  f f77 f90 f95 f03 f08 for pas pp ada adb ads cob jl lua moon php pl pm raku r tcl y yy l ll lex re
  td proto fbs idl wit glsl hlsl wgsl`.split(/\s+/),
);

/** Relocatable objects and archives of them: Wasm too, but no module that ran. */
const OBJECT = /\.(o|obj|rcgu\.o|bc|a|rlib|rmeta|lib)$/i;
const DUMP_NAME = /\.(core|coredump|dump|dmp)(\.gz)?$|(^|[\\/])core(\.\d+)?(\.gz)?$/i;

/** Whether a path is called as dumps are: `app.coredump`, `core.1234`. */
export const isDumpName = (path: string): boolean => DUMP_NAME.test(path);

const starts = (head: Uint8Array, ...magic: number[]): boolean =>
  magic.every((byte, at) => head[at] === byte);

/** The ending of a path's last component, in lower case and without its dot; empty where it has none. */
export function endingOf(path: string): string {
  const name = lastName(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** Whether a path is of a text in a programming language, by its ending. */
export const isSourcePath = (path: string): boolean => SOURCE_ENDINGS.has(endingOf(path));

/**
 * What a file is. Its bytes go before its name: a module that is called `main.c` is a module.
 * @param head the first HEAD_LENGTH bytes, inflated where the file is gzip, and `gzip` says so.
 * @param isNamed whether the debug information that is open names a file of this last component.
 */
export function classifyFile(
  path: string,
  head: Uint8Array,
  gzip: boolean,
  isNamed: (name: string) => boolean,
): GivenClass {
  if (starts(head, 0x00, 0x61, 0x73, 0x6d))
    return OBJECT.test(path) ? { kind: 'other' } : { kind: 'wasm', role: roleOf(path, head) };
  // What gzip holds is the session's to say, whatever it is.
  if (gzip) return { kind: 'wasm', role: DUMP_NAME.test(path) ? 'dump' : 'module' };
  if (isZip(head)) return { kind: 'zip' };
  if (endingOf(path) === 'map' && isText(head)) return { kind: 'source-map' };
  if ((isSourcePath(path) || isNamed(lastName(path))) && isText(head)) return { kind: 'source' };
  return { kind: 'other' };
}

/** A local header, the end record of an empty archive, or a spanned one's marker (APPNOTE 4.3.7, 4.3.16, 8.5.3). */
export function isZip(head: Uint8Array): boolean {
  return (
    starts(head, 0x50, 0x4b, 0x03, 0x04) ||
    starts(head, 0x50, 0x4b, 0x05, 0x06) ||
    starts(head, 0x50, 0x4b, 0x07, 0x08)
  );
}

export function isGzip(head: Uint8Array): boolean {
  return starts(head, 0x1f, 0x8b);
}

/** Text has no NUL, unless a byte order mark says that it is UTF-16. */
export function isText(head: Uint8Array): boolean {
  return starts(head, 0xff, 0xfe) || starts(head, 0xfe, 0xff) || !head.includes(0);
}

/**
 * Tells a dump from a module by the sections whose headers are in the head; where none of them says, by its name. Only
 * used to ask which of several dumps is meant: the session tells by all sections.
 */
function roleOf(path: string, head: Uint8Array): WasmRole {
  const cursor = new Cursor(head, 0);
  try {
    cursor.seek(8);
    while (cursor.remaining > 0) {
      const id = cursor.u8('section id');
      const length = cursor.u32('section size');
      const next = cursor.offset + length;
      if (id === 0) {
        const name = cursor.name('section name');
        if (name === 'core' || name === 'corestack') return 'dump';
      } else if ([1, 2, 3, 7, 10].includes(id)) return 'module';
      if (next > head.length) break;
      cursor.seek(next);
    }
  } catch {
    // The head ends inside of a header, or the file is damaged: its name is what is left to go by.
    return DUMP_NAME.test(path) ? 'dump' : 'module';
  }
  return DUMP_NAME.test(path) ? 'dump' : 'module';
}
