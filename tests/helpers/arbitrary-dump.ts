import fc from 'fast-check';
import type {
  EncodedGlobal,
  EncodedInstance,
  EncodedSection,
  EncodedSegment,
} from '../../src/coredump/encode';
import type { EncodedLayout, EncodedThread } from '../../src/coredump/encode-thread';
import type { Value } from '../../src/coredump/model';
import type { Constant } from '../../src/wasm/const-expr';
import { type MemoryType, PAGE } from '../../src/wasm/memory-section';

const u32 = fc.oneof(fc.constantFrom(0, 1, 127, 128, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff), fc.nat(300));
const i32 = fc.oneof(fc.constantFrom(0, -1, 63, 64, -64, -65, 0x7fff_ffff, -0x8000_0000), fc.integer());
const i64 = fc.oneof(
  fc.constantFrom(0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
);
/** Also signalling NaNs: `bits` are what they are. */
const bits32 = fc.oneof(
  fc.constantFrom(0x7fa0_0001, 0xffc0_0000, 0x8000_0000, 0x7f80_0000),
  fc.integer({ min: 0, max: 0xffff_ffff }),
);
const bits64 = fc.oneof(
  fc.constantFrom(0x7ff0_0000_0000_0001n, 0xfff8_0000_0000_0000n, 2n ** 63n),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
);
const name = fc.oneof(
  fc.constantFrom('', 'main', '\u202eevil', 'a\u0000b', '\u{1f4a5}'),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);

export const arbitraryValue: fc.Arbitrary<Value> = fc.oneof(
  i32.map((value): Value => ({ type: 'i32', value })),
  i64.map((value): Value => ({ type: 'i64', value })),
  bits32.map((bits): Value => ({ type: 'f32', bits })),
  bits64.map((bits): Value => ({ type: 'f64', bits })),
  fc.constant<Value>({ type: 'missing' }),
);

const narrow = i32.map((value): Value => ({ type: 'i32', value }));

/** A thread that its layout can hold. The layouts with a place for an instance have one. */
export const arbitraryThread = (layout: EncodedLayout): fc.Arbitrary<EncodedThread> => {
  const value =
    layout === 'L3w' || layout === 'L3w-absent' || layout === 'L6-untyped' ? narrow : arbitraryValue;
  const list = fc.array(value, { maxLength: 4 });
  const withStack = ['L1', 'L2', 'L4', 'L3w', 'L3w-absent'].includes(layout);
  const frame = fc.record({
    instance: layout === 'L1' || layout === 'L2' ? u32 : fc.constant(null),
    function: u32,
    codeOffset: layout === 'L6' || layout === 'L6-untyped' ? fc.constant(null) : u32,
    locals: list,
    stack: withStack ? list : fc.constant([]),
  });
  return fc.record({ name, layout: fc.constant(layout), frames: fc.array(frame, { maxLength: 6 }) });
};

const memory: fc.Arbitrary<MemoryType> = fc
  .record({
    minimumPages: fc.bigInt({ min: 0n, max: 65_536n }),
    maximumPages: fc.option(fc.bigInt({ min: 0n, max: 65_536n })),
    exponent: fc.option(fc.integer({ min: 0, max: 16 })),
    memory64: fc.boolean(),
    shared: fc.boolean(),
  })
  .map(({ exponent, ...rest }) => ({
    ...rest,
    pageSize: exponent === null ? PAGE : 2 ** exponent,
    customPageSize: exponent !== null,
  }));

const REFERENCES = [
  'funcref',
  'externref',
  'anyref',
  'eqref',
  'i31ref',
  'exnref',
  'nullref',
  '(ref null 3)',
  '(ref 200)',
  '(ref extern)',
];

const global: fc.Arbitrary<EncodedGlobal> = fc.oneof(
  fc.record({
    type: fc.constant('v128'),
    mutable: fc.boolean(),
    value: fc.tuple(bits64, bits64).map(
      (halves): Constant => ({
        type: 'v128',
        bits: halves.map((half) => half.toString(16).padStart(16, '0')).join(''),
      }),
    ),
  }),
  fc.record({
    type: fc.constantFrom(...REFERENCES),
    mutable: fc.boolean(),
    value: fc.oneof(
      fc.constant<Constant>({ type: 'null' }),
      u32.map((index): Constant => ({ type: 'func', index })),
    ),
  }),
  fc
    .tuple(
      arbitraryValue.filter((value) => value.type !== 'missing'),
      fc.boolean(),
      fc.boolean(),
    )
    .map(
      ([value, mutable, empty]): EncodedGlobal => ({
        type: value.type,
        mutable,
        value: empty ? { type: 'empty' } : value,
      }),
    ),
);

const instance: fc.Arbitrary<EncodedInstance> = fc.record({
  module: u32,
  memories: fc.array(u32, { maxLength: 3 }),
  globals: fc.array(u32, { maxLength: 3 }),
});

const bytes = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant(new Uint8Array(5000).fill(7)));

const segment: fc.Arbitrary<EncodedSegment> = fc.oneof(
  bytes.map((content): EncodedSegment => ({ mode: 'passive', bytes: content })),
  fc
    .record({ memory: fc.nat(3), explicit: fc.boolean(), wide: fc.boolean(), address: i64, content: bytes })
    .map(
      ({ memory: index, explicit, wide, address, content }): EncodedSegment => ({
        mode: 'active',
        memory: index,
        explicit,
        offset: wide
          ? { type: 'i64', value: address }
          : { type: 'i32', value: Number(BigInt.asIntN(32, address)) },
        bytes: content,
      }),
    ),
);

/** Sections of a dump in any order, each kind at most once but `corestack`. All threads have one layout. */
export const arbitraryDump = (layout: EncodedLayout): fc.Arbitrary<EncodedSection[]> =>
  fc
    .record({
      core: fc.option(name),
      modules: fc.option(fc.array(name, { maxLength: 4 })),
      instances: fc.option(fc.array(instance, { maxLength: 4 })),
      threads: fc.array(arbitraryThread(layout), { minLength: 1, maxLength: 3 }),
      memories: fc.option(fc.array(memory, { maxLength: 4 })),
      globals: fc.option(fc.array(global, { maxLength: 6 })),
      segments: fc.option(fc.array(segment, { maxLength: 12 })),
      order: fc.array(fc.integer(), { minLength: 10, maxLength: 10 }),
    })
    .map(({ core, modules, instances, threads, memories, globals, segments, order }) => {
      const sections: EncodedSection[] = [];
      if (core !== null) sections.push({ kind: 'core', name: core });
      if (modules !== null) sections.push({ kind: 'coremodules', names: modules });
      if (instances !== null) sections.push({ kind: 'coreinstances', instances });
      for (const thread of threads) sections.push({ kind: 'corestack', thread });
      if (memories !== null) sections.push({ kind: 'memory', memories });
      if (globals !== null) sections.push({ kind: 'global', globals });
      if (segments !== null) sections.push({ kind: 'data', segments });
      const ranked = sections.map((section, index) => ({ section, rank: order[index] ?? 0 }));
      return ranked.sort((a, b) => a.rank - b.rank).map(({ section }) => section);
    });
