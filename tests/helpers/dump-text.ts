import {
  type EncodedGlobal,
  type EncodedImport,
  type EncodedInstance,
  type EncodedSection,
  type EncodedSegment,
  encodeDump,
} from '../../src/coredump/encode';
import type { EncodedLayout, EncodedThread } from '../../src/coredump/encode-thread';
import type { Value } from '../../src/coredump/model';
import type { Constant } from '../../src/wasm/const-expr';
import { type MemoryType, PAGE } from '../../src/wasm/memory-section';

/**
 * A few lines become a dump. Lines that belong to one section follow each other; `---` begins another of the same kind;
 * a `thread` begins a `corestack`. `//` begins a comment. One line of each kind:
 *
 *     core app.wasm
 *     module ledger
 *     instance 0 memories 0,1 globals 0
 *     memory 1..4 shared                   pages; also `i64`, `page 1`
 *     global i32 var 65280                 also `const`; `empty`, `null`, `func 3`, `bits 7fc00001`
 *     import memory 1                      also `import global i32 var`, `import function`
 *     segment 0x1000 "hello" 00 00*4096    also `segment 1:0x1000`, `i64 0x100000010`, `2:0:0x10` (mode 2), `unknown`, `passive`
 *     thread main L1
 *       frame func[8]+0x28 inst 0 (i32 5, f64 -0, missing) [i64 -7]
 *     custom name 00 01
 *     plain 8 00                           a section by its id
 *     none data                            an empty section
 */
export function dumpText(text: string): Uint8Array<ArrayBuffer> {
  return encodeDump(sectionsOf(text));
}

/** The sections that `dumpText` encodes. */
export function sectionsOf(text: string): EncodedSection[] {
  const sections: Mutable[] = [];
  let open: Mutable | null = null;
  const into = <K extends Mutable['kind']>(kind: K, make: () => Extract<Mutable, { kind: K }>) => {
    if (open === null || open.kind !== kind) {
      open = make();
      sections.push(open);
    }
    return open as Extract<Mutable, { kind: K }>;
  };
  for (const raw of text.split('\n')) {
    const line = raw.replace(/(^|\s)\/\/.*$/, '').trim();
    if (line === '') continue;
    const [word = '', ...rest] = line.split(/\s+/);
    const tail = line.slice(word.length).trim();
    switch (word) {
      case '---':
        open = null;
        break;
      case 'core':
        sections.push({ kind: 'core', name: tail });
        open = null;
        break;
      case 'module':
        into('coremodules', () => ({ kind: 'coremodules', names: [] })).names.push(tail);
        break;
      case 'instance':
        into('coreinstances', () => ({ kind: 'coreinstances', instances: [] })).instances.push(
          instance(tail),
        );
        break;
      case 'memory':
        into('memory', () => ({ kind: 'memory', memories: [] })).memories.push(memory(tail));
        break;
      case 'global':
        into('global', () => ({ kind: 'global', globals: [] })).globals.push(global(tail));
        break;
      case 'import':
        into('import', () => ({ kind: 'import', imports: [] })).imports.push(imported(rest));
        break;
      case 'segment':
        into('data', () => ({ kind: 'data', segments: [] })).segments.push(segment(tail));
        break;
      case 'thread':
        open = { kind: 'corestack', thread: thread(rest) };
        sections.push(open);
        break;
      case 'frame':
        if (open?.kind !== 'corestack') throw new Error(`no thread before: ${line}`);
        open.thread.frames.push(frame(tail));
        break;
      case 'custom':
        sections.push({ kind: 'custom', name: rest[0] ?? '', content: bytes(rest.slice(1).join(' ')) });
        open = null;
        break;
      case 'plain':
        sections.push({ kind: 'plain', id: Number(rest[0]), content: bytes(rest.slice(1).join(' ')) });
        open = null;
        break;
      case 'none':
        sections.push(none(tail));
        open = null;
        break;
      default:
        throw new Error(`not understood: ${line}`);
    }
  }
  return sections;
}

type Mutable =
  | { kind: 'core'; name: string }
  | { kind: 'coremodules'; names: string[] }
  | { kind: 'coreinstances'; instances: EncodedInstance[] }
  | { kind: 'corestack'; thread: EncodedThread & { frames: EncodedThread['frames'][number][] } }
  | { kind: 'import'; imports: EncodedImport[] }
  | { kind: 'memory'; memories: MemoryType[] }
  | { kind: 'global'; globals: EncodedGlobal[] }
  | { kind: 'data'; segments: EncodedSegment[] }
  | { kind: 'custom'; name: string; content: Uint8Array }
  | { kind: 'plain'; id: number; content: Uint8Array };

function none(kind: string): Mutable {
  if (kind === 'coremodules') return { kind, names: [] };
  if (kind === 'coreinstances') return { kind, instances: [] };
  if (kind === 'memory') return { kind, memories: [] };
  if (kind === 'global') return { kind, globals: [] };
  if (kind === 'data') return { kind, segments: [] };
  throw new Error(`no empty ${kind}`);
}

const list = (text: string | undefined): number[] =>
  text === undefined || text === '' ? [] : text.split(',').map(Number);

function instance(text: string): EncodedInstance {
  const found = /^(\d+)(?: memories ([\d,]+))?(?: globals ([\d,]+))?$/.exec(text);
  if (found === null) throw new Error(`not an instance: ${text}`);
  return { module: Number(found[1]), memories: list(found[2]), globals: list(found[3]) };
}

function memory(text: string): MemoryType {
  const found = /^(\d+)(?:\.\.(\d+))?((?: shared| i64| page \d+)*)$/.exec(text);
  if (found === null) throw new Error(`not a memory: ${text}`);
  const [, minimum = '0', maximum, flags = ''] = found;
  const page = / page (\d+)/.exec(flags)?.[1];
  return {
    minimumPages: BigInt(minimum),
    maximumPages: maximum === undefined ? null : BigInt(maximum),
    pageSize: page === undefined ? PAGE : Number(page),
    customPageSize: page !== undefined,
    memory64: flags.includes('i64'),
    shared: flags.includes('shared'),
  };
}

function imported([kind, ...rest]: readonly string[]): EncodedImport {
  if (kind === 'function') return { kind };
  if (kind === 'memory') return { kind, memory: memory(rest.join(' ')) };
  if (kind === 'global') return { kind, type: rest[0] ?? '', mutable: rest[1] === 'var' };
  throw new Error(`not an import: ${kind}`);
}

function global(text: string): EncodedGlobal {
  const found = /^(\(ref [^)]+\)|\S+) (var|const) (.+)$/.exec(text);
  if (found === null) throw new Error(`not a global: ${text}`);
  const [, type = '', mutability, value = ''] = found;
  return { type, mutable: mutability === 'var', value: constant(type, value) };
}

function constant(type: string, text: string): Constant {
  if (text === 'empty' || text === 'null' || text === 'unknown') return { type: text };
  const func = /^func (\d+)$/.exec(text);
  if (func !== null) return { type: 'func', index: Number(func[1]) };
  if (type === 'v128') return { type, bits: text.replace(/^0x/, '') };
  // A constant of another type than the global's is written with its own: `global i32 const i64 5`.
  const [own, rest] = text.split(' ');
  if (own !== undefined && rest !== undefined && own !== 'bits') return constant(own, rest);
  const scalar = value(`${type} ${text}`);
  if (scalar.type === 'missing') throw new Error(`not a constant: ${text}`);
  return scalar;
}

function value(text: string): Value {
  if (text === 'missing') return { type: 'missing' };
  const found = /^(i32|i64|f32|f64) (?:bits (?:0x)?([0-9a-f]+)|(\S+))$/.exec(text);
  if (found === null) throw new Error(`not a value: ${text}`);
  const [, type, bits, number = ''] = found;
  const view = new DataView(new ArrayBuffer(8));
  switch (type) {
    case 'i32':
      return { type, value: Number(number) };
    case 'i64':
      return { type, value: BigInt(number) };
    case 'f32':
      view.setFloat32(0, Number(number));
      return { type, bits: bits === undefined ? view.getUint32(0) : Number.parseInt(bits, 16) };
    default:
      view.setFloat64(0, Number(number));
      return { type: 'f64', bits: bits === undefined ? view.getBigUint64(0) : BigInt(`0x${bits}`) };
  }
}

const values = (text: string | undefined): Value[] =>
  text === undefined || text.trim() === '' ? [] : text.split(',').map((item) => value(item.trim()));

function thread([name = '', layout = 'L1']: readonly string[]): EncodedThread & { frames: [] } {
  return { name, layout: layout as EncodedLayout, frames: [] };
}

function frame(text: string): EncodedThread['frames'][number] {
  const found =
    /^func\[(\d+)\](?:\+(0x[0-9a-f]+|\d+))?(?: inst (\d+))?(?: \(([^)]*)\))?(?: \[([^\]]*)\])?$/.exec(text);
  if (found === null) throw new Error(`not a frame: ${text}`);
  const [, func, offset, inst, locals, stack] = found;
  return {
    instance: inst === undefined ? null : Number(inst),
    function: Number(func),
    codeOffset: offset === undefined ? null : Number(offset),
    locals: values(locals),
    stack: values(stack),
  };
}

function segment(text: string): EncodedSegment {
  if (text.startsWith('passive')) return { mode: 'passive', bytes: bytes(text.slice(7).trim()) };
  const found = /^(?:(2:)?(\d+):)?(i64 )?(0x[0-9a-f]+|\d+|unknown)(?: (.*))?$/.exec(text);
  if (found === null) throw new Error(`not a segment: ${text}`);
  const [, explicit, memoryIndex = '0', wide, address = '0', content = ''] = found;
  const offset: Constant =
    address === 'unknown'
      ? { type: 'unknown' }
      : wide === undefined
        ? { type: 'i32', value: Number(address) | 0 }
        : { type: 'i64', value: BigInt.asIntN(64, BigInt(address)) };
  return {
    mode: 'active',
    memory: Number(memoryIndex),
    explicit: explicit !== undefined,
    offset,
    bytes: bytes(content),
  };
}

/** Pairs of hexadecimal digits, `aa*16` for a repeated one, and text in quotes. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  const parts: number[] = [];
  for (const token of text.match(/"[^"]*"|\S+/g) ?? []) {
    const repeated = /^([0-9a-f]{2})\*(\d+)$/.exec(token);
    if (token.startsWith('"')) for (const byte of Buffer.from(token.slice(1, -1))) parts.push(byte);
    else if (repeated !== null)
      for (let count = Number(repeated[2]); count > 0; count -= 1)
        parts.push(Number.parseInt(repeated[1] ?? '', 16));
    else if (/^([0-9a-f]{2})+$/.test(token)) for (const byte of Buffer.from(token, 'hex')) parts.push(byte);
    else throw new Error(`no bytes: ${token}`);
  }
  return Uint8Array.from(parts);
}
