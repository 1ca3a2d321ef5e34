import type { Bytes } from '../bytes/units';
import type { FileKind } from './model';

/** What the first bytes say. `wasm`: a module, so the sections decide what it is. */
export type Sniffed =
  | { readonly kind: 'wasm'; readonly version: number }
  | { readonly kind: Exclude<FileKind, 'coredump' | 'module' | 'snapshot'>; readonly message: string };

/** How many of the first bytes `sniff` looks at. */
export const SNIFF_LENGTH: Bytes = 4096;

const PAGE: Bytes = 65_536;

const startsWith = (head: Uint8Array, ...bytes: number[]): boolean =>
  bytes.every((byte, index) => head[index] === byte);

const hex = (head: Uint8Array, from: number, to: number): string =>
  [...head.subarray(from, to)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');

/** Files that come in a dump's place and are none of json.md's kinds; the sentence says what opens them. */
const OTHERS: readonly { readonly magic: readonly number[]; readonly message: string }[] = [
  { magic: [0x89, 0x50, 0x4e, 0x47], message: 'This is a PNG picture.' },
  { magic: [0xff, 0xd8, 0xff], message: 'This is a JPEG picture.' },
  { magic: [0x25, 0x50, 0x44, 0x46], message: 'This is a PDF document.' },
  {
    magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a],
    message: 'This is xz data. Unpack it with `xz -d`, then open what it holds.',
  },
  {
    magic: [0x42, 0x5a, 0x68],
    message: 'This is bzip2 data. Unpack it with `bzip2 -d`, then open what it holds.',
  },
  {
    magic: [0x37, 0x7a, 0xbc, 0xaf],
    message: 'This is a 7-Zip archive. Unpack it, then open the dump in it.',
  },
  {
    magic: [0xcf, 0xfa, 0xed, 0xfe],
    message: 'This is a Mach-O file: native code of macOS, not WebAssembly.',
  },
  { magic: [0x4d, 0x5a], message: 'This is a Windows program or library, not WebAssembly.' },
  {
    magic: [0x42, 0x43, 0xc0, 0xde],
    message: 'This is LLVM bitcode. Link it to a .wasm to use it as a debug module.',
  },
];

/**
 * Tells a file's kind by its first bytes, with a sentence that helps (format.md section 6).
 * @param head the first SNIFF_LENGTH bytes, or all of them. @param size of the file.
 */
export function sniff(head: Uint8Array, size: Bytes): Sniffed {
  if (size === 0) return { kind: 'empty', message: 'The file is empty: 0 bytes.' };
  if (startsWith(head, 0x00, 0x61, 0x73, 0x6d)) return sniffWasm(head);
  if (startsWith(head, 0x7f, 0x45, 0x4c, 0x46)) return sniffElf(head);
  if (startsWith(head, 0x4d, 0x44, 0x4d, 0x50)) {
    return {
      kind: 'minidump',
      message: 'This is a minidump: a native process died. Open it with a Breakpad tool, WinDbg or lldb.',
    };
  }
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04) || startsWith(head, 0x50, 0x4b, 0x05, 0x06)) {
    return {
      kind: 'zip',
      message: 'This is a zip archive. Unpack it with `unzip`, then open the dump in it.',
    };
  }
  if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)) {
    return { kind: 'zstd', message: 'This is zstd data. Unpack it with `zstd -d`, then open what it holds.' };
  }
  const text = sniffText(head, size);
  if (text !== null) return text;
  const other = OTHERS.find(({ magic }) => startsWith(head, ...magic));
  if (other !== undefined) return { kind: 'unknown', message: other.message };
  if (size % PAGE === 0) return sniffImage(head, size);
  return {
    kind: 'unknown',
    message: `This is no kind of file that is known here: ${size} bytes that begin with ${hex(head, 0, 4)}; a coredump begins with 00 61 73 6d.`,
  };
}

function sniffWasm(head: Uint8Array): Sniffed {
  if (head.length >= 8 && head[6] === 1 && head[7] === 0) {
    return {
      kind: 'component',
      message: `This is a component, not a coredump. Bytes 4 to 7 are ${hex(head, 4, 8)}; a core module has 01 00 00 00. Drop the core module in it instead.`,
    };
  }
  const version =
    (head[4] ?? 1) + (head[5] ?? 0) * 2 ** 8 + (head[6] ?? 0) * 2 ** 16 + (head[7] ?? 0) * 2 ** 24;
  return { kind: 'wasm', version };
}

/** ELF header: byte 5 is the byte order, the half word at 16 the type; 4 is a core. */
function sniffElf(head: Uint8Array): Sniffed {
  const type = head[5] === 2 ? head[17] : head[16];
  if (type === 4) {
    return {
      kind: 'elf-core',
      message: 'This is an ELF core dump: a native process died. Open it with gdb or lldb.',
    };
  }
  return { kind: 'elf', message: 'This is an ELF file: a native program or library, not WebAssembly.' };
}

/** null: it is no UTF-8. `goesOn`: a character may be cut at the end of what is looked at. */
function strictUtf8(head: Uint8Array, goesOn: boolean): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: goesOn });
  } catch {
    return null;
  }
}

/** Text holds no control characters but white space, form feed, escape (terminal colours), and decodes as UTF-8. */
function sniffText(head: Uint8Array, size: Bytes): Sniffed | null {
  const control = head.some(
    (byte) => (byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1b) || byte === 0x7f,
  );
  if (control) return null;
  const text = strictUtf8(head, head.length < size);
  if (text === null) return null;
  const start = text
    .replace(/^\ufeff?\s*/, '')
    .slice(0, 64)
    .toLowerCase();
  if (/^(<!doctype html|<html|<head|<body)/.test(start)) {
    return {
      kind: 'html',
      message: `This is a web page, ${size.toLocaleString('en-US')} bytes: probably a sign-in or error page saved as a dump.`,
    };
  }
  if (start.startsWith('version https://git-lfs')) {
    return {
      kind: 'text',
      message: 'This is a Git LFS pointer, not the dump. Fetch the file with `git lfs pull`.',
    };
  }
  if (start.startsWith('(module') || start.startsWith('(component')) {
    return {
      kind: 'text',
      message: 'This is WebAssembly text. Translate it with `wat2wasm`, then open the .wasm.',
    };
  }
  const sample = text.replace(/\s+/g, '');
  if (/^AGFzbQ[A-Za-z0-9+/_-]*=*$/.test(sample)) {
    return {
      kind: 'text',
      message: 'This is a Wasm file as base64 text. Decode it with `base64 -d`, or paste the text here.',
    };
  }
  if (/^(0x)?0061736d[0-9a-f]*$/i.test(sample)) {
    return {
      kind: 'text',
      message: 'This is a Wasm file as hexadecimal text. Decode it with `xxd -r -p`, or paste the text here.',
    };
  }
  return {
    kind: 'text',
    message: `This is text, ${size.toLocaleString('en-US')} bytes: probably a log or a message in the dump's place.`,
  };
}

/**
 * A raw image of a memory. The rewriter leaves one without a header where the exported entry function itself traps:
 * the file begins with frames (0.2.2: `00 00 00 17 03 00 7f`, fixture rewriter/entry-trap-022).
 */
function sniffImage(head: Uint8Array, size: Bytes): Sniffed {
  const pages = size / PAGE;
  const what = `This is a raw memory image: ${size.toLocaleString('en-US')} bytes, ${pages} ${pages === 1 ? 'page' : 'pages'}, without a stack.`;
  const frame = head[0] === 0 && head[3] !== 0 && [0x7f, 0x7e, 0x7d, 0x7c].includes(head[6] ?? 0);
  const frameWithOffset =
    startsWith(head, 1, 0, 0, 0) && head[4] !== 0 && startsWith(head.subarray(5), 0, 0, 0);
  if (frame || frameWithOffset) {
    return {
      kind: 'memory-image',
      message: `${what} It begins like a frame of the wasm-coredump rewriter, which writes no header when the exported entry function itself traps; the first bytes of memory are then overwritten.`,
    };
  }
  return { kind: 'memory-image', message: what };
}
