import { ByteWriter } from '../bytes/writer';
import type { Constant } from '../wasm/const-expr';
import type { MemoryType } from '../wasm/memory-section';
import { writeConstant, writeMemoryType, writeValueType } from '../wasm/write';
import { type EncodedThread, writeThread } from './encode-thread';

/** One data segment. `explicit`: mode 2, which names its memory even where that is 0. */
export type EncodedSegment =
  | {
      readonly mode: 'active';
      readonly memory: number;
      readonly explicit: boolean;
      readonly offset: Constant;
      readonly bytes: Uint8Array;
    }
  | { readonly mode: 'passive'; readonly bytes: Uint8Array };

export interface EncodedGlobal {
  /** As the text format names it: `i32`, `funcref`, `(ref null 3)`. */
  readonly type: string;
  readonly mutable: boolean;
  readonly value: Constant;
}

export interface EncodedInstance {
  readonly module: number;
  readonly memories: readonly number[];
  readonly globals: readonly number[];
}

/** An import, as far as a dump's index spaces need it. */
export type EncodedImport =
  | { readonly kind: 'function' }
  | { readonly kind: 'memory'; readonly memory: MemoryType }
  | { readonly kind: 'global'; readonly type: string; readonly mutable: boolean };

/** A section of a dump. `custom` and `plain` are written as they come. */
export type EncodedSection =
  | { readonly kind: 'core'; readonly name: string }
  | { readonly kind: 'coremodules'; readonly names: readonly string[] }
  | { readonly kind: 'coreinstances'; readonly instances: readonly EncodedInstance[] }
  | { readonly kind: 'corestack'; readonly thread: EncodedThread }
  | { readonly kind: 'import'; readonly imports: readonly EncodedImport[] }
  | { readonly kind: 'memory'; readonly memories: readonly MemoryType[] }
  | { readonly kind: 'global'; readonly globals: readonly EncodedGlobal[] }
  | { readonly kind: 'data'; readonly segments: readonly EncodedSegment[] }
  | { readonly kind: 'custom'; readonly name: string; readonly content: Uint8Array }
  | { readonly kind: 'plain'; readonly id: number; readonly content: Uint8Array };

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** Encodes a dump: its sections in the order given, whatever that is. */
export function encodeDump(sections: readonly EncodedSection[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writer.raw(HEADER);
  for (const section of sections) writeSection(writer, section);
  return writer.bytes();
}

function writeSection(writer: ByteWriter, section: EncodedSection): void {
  const payload = new ByteWriter();
  const id = writePayload(payload, section);
  writer.u8(id);
  writer.sized(payload.bytes());
}

/** Writes a section's payload and answers with its id. */
function writePayload(writer: ByteWriter, section: EncodedSection): number {
  switch (section.kind) {
    case 'core':
      writer.name('core');
      writer.u8(0);
      writer.name(section.name);
      return 0;
    case 'coremodules':
      writer.name('coremodules');
      writer.vector(section.names, (name) => {
        writer.u8(0);
        writer.name(name);
      });
      return 0;
    case 'coreinstances':
      writer.name('coreinstances');
      writer.vector(section.instances, ({ module, memories, globals }) => {
        writer.u8(0);
        writer.unsigned(module);
        writer.vector(memories, (index) => writer.unsigned(index));
        writer.vector(globals, (index) => writer.unsigned(index));
      });
      return 0;
    case 'corestack':
      writer.name('corestack');
      writeThread(writer, section.thread);
      return 0;
    case 'import':
      writer.vector(section.imports, (entry) => writeImport(writer, entry));
      return 2;
    case 'memory':
      writer.vector(section.memories, (memory) => writeMemoryType(writer, memory));
      return 5;
    case 'global':
      writer.vector(section.globals, ({ type, mutable, value }) => {
        writeValueType(writer, type);
        writer.u8(mutable ? 1 : 0);
        writeConstant(writer, value, type);
      });
      return 6;
    case 'data':
      writer.vector(section.segments, (segment) => writeSegment(writer, segment));
      return 11;
    case 'custom':
      writer.name(section.name);
      writer.raw(section.content);
      return 0;
    case 'plain':
      writer.raw(section.content);
      return section.id;
  }
}

function writeImport(writer: ByteWriter, entry: EncodedImport): void {
  writer.name('env');
  writer.name(entry.kind);
  switch (entry.kind) {
    case 'function':
      writer.u8(0);
      writer.unsigned(0);
      return;
    case 'memory':
      writer.u8(2);
      writeMemoryType(writer, entry.memory);
      return;
    case 'global':
      writer.u8(3);
      writeValueType(writer, entry.type);
      writer.u8(entry.mutable ? 1 : 0);
      return;
  }
}

function writeSegment(writer: ByteWriter, segment: EncodedSegment): void {
  if (segment.mode === 'passive') writer.u8(1);
  else {
    const named = segment.explicit || segment.memory !== 0;
    writer.u8(named ? 2 : 0);
    if (named) writer.unsigned(segment.memory);
    writeConstant(writer, segment.offset);
  }
  writer.sized(segment.bytes);
}
