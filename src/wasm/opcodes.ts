import { SIMD_OPCODES } from './opcodes-simd';

/**
 * Every instruction of the binary format (core specification 3.0, 5.4 and the index of instructions in its appendix), as
 * a table: name and the shape of the immediates. Beside the specification's: the legacy exception instructions (`try`,
 * `catch`, `rethrow`, `delegate`, `catch_all`), threads, wide arithmetic and stack switching, by their proposals.
 */

/**
 * One immediate, by a letter; `Opcode.shape` is a string of them in the order of the bytes.
 *
 *     b block type    l label        L labels of br_table
 *     f function      t type         T table        M memory     g global     v local
 *     x tag           e element      d data         F field      N count
 *     m memarg        i i32          I i64          s f32        D f64        V v128
 *     k lane          K 16 lanes     z a zero byte
 *     y heap type     h (ref ht)     n (ref null ht)
 *     S value types   c catch clauses               C flags, label and two heap types of br_on_cast
 *     H handlers of resume
 */
export type Shape = string;

/** `prefix * 0x10000 + sub` for the instructions behind a prefix byte, else the byte. */
export type Opcode = number;

export interface OpcodeInfo {
  readonly name: string;
  readonly shape: Shape;
}

/** The bytes that are followed by a LEB128 with the instruction's number. */
export const PREFIXES: ReadonlySet<number> = new Set([0xfb, 0xfc, 0xfd, 0xfe]);

/** Entries are `name` or `name:shape`, or a number that says where the next ones stand. */
type Rows = readonly (string | number)[];

const CONTROL: Rows = [
  0x00,
  ...words(
    'unreachable nop block:b loop:b if:b else try:b catch:x throw:x rethrow:l throw_ref end br:l br_if:l',
  ),
  ...words('br_table:L return call:f call_indirect:tT return_call:f return_call_indirect:tT call_ref:t'),
  'return_call_ref:t',
  0x18,
  ...words('delegate:l catch_all drop select select:S'),
  0x1f,
  ...words(
    'try_table:bc local.get:v local.set:v local.tee:v global.get:g global.set:g table.get:T table.set:T',
  ),
];

const MEMORY: Rows = [
  0x28,
  ...words('i32.load:m i64.load:m f32.load:m f64.load:m i32.load8_s:m i32.load8_u:m i32.load16_s:m'),
  ...words('i32.load16_u:m i64.load8_s:m i64.load8_u:m i64.load16_s:m i64.load16_u:m i64.load32_s:m'),
  ...words('i64.load32_u:m i32.store:m i64.store:m f32.store:m f64.store:m i32.store8:m i32.store16:m'),
  ...words('i64.store8:m i64.store16:m i64.store32:m memory.size:M memory.grow:M'),
  ...words('i32.const:i i64.const:I f32.const:s f64.const:D'),
];

const NUMERIC: Rows = [
  0x45,
  ...words('i32.eqz i32.eq i32.ne i32.lt_s i32.lt_u i32.gt_s i32.gt_u i32.le_s i32.le_u i32.ge_s i32.ge_u'),
  ...words('i64.eqz i64.eq i64.ne i64.lt_s i64.lt_u i64.gt_s i64.gt_u i64.le_s i64.le_u i64.ge_s i64.ge_u'),
  ...words('f32.eq f32.ne f32.lt f32.gt f32.le f32.ge f64.eq f64.ne f64.lt f64.gt f64.le f64.ge'),
  ...words(
    'i32.clz i32.ctz i32.popcnt i32.add i32.sub i32.mul i32.div_s i32.div_u i32.rem_s i32.rem_u i32.and',
  ),
  ...words('i32.or i32.xor i32.shl i32.shr_s i32.shr_u i32.rotl i32.rotr'),
  ...words(
    'i64.clz i64.ctz i64.popcnt i64.add i64.sub i64.mul i64.div_s i64.div_u i64.rem_s i64.rem_u i64.and',
  ),
  ...words('i64.or i64.xor i64.shl i64.shr_s i64.shr_u i64.rotl i64.rotr'),
  ...words(
    'f32.abs f32.neg f32.ceil f32.floor f32.trunc f32.nearest f32.sqrt f32.add f32.sub f32.mul f32.div',
  ),
  ...words('f32.min f32.max f32.copysign'),
  ...words(
    'f64.abs f64.neg f64.ceil f64.floor f64.trunc f64.nearest f64.sqrt f64.add f64.sub f64.mul f64.div',
  ),
  ...words('f64.min f64.max f64.copysign'),
  ...words('i32.wrap_i64 i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u i64.extend_i32_s'),
  ...words('i64.extend_i32_u i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u'),
  ...words('f32.convert_i32_s f32.convert_i32_u f32.convert_i64_s f32.convert_i64_u f32.demote_f64'),
  ...words('f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s f64.convert_i64_u f64.promote_f32'),
  ...words('i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64'),
  ...words('i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s'),
];

const REFERENCE: Rows = [
  0xd0,
  ...words('ref.null:y ref.is_null ref.func:f ref.eq ref.as_non_null br_on_null:l br_on_non_null:l'),
  0xe0,
  ...words('cont.new:t cont.bind:tt suspend:x resume:tH resume_throw:txH resume_throw_ref:tH switch:tx'),
];

const GC: Rows = [
  0,
  ...words('struct.new:t struct.new_default:t struct.get:tF struct.get_s:tF struct.get_u:tF struct.set:tF'),
  ...words(
    'array.new:t array.new_default:t array.new_fixed:tN array.new_data:td array.new_elem:te array.get:t',
  ),
  ...words('array.get_s:t array.get_u:t array.set:t array.len array.fill:t array.copy:tt array.init_data:td'),
  ...words('array.init_elem:te ref.test:h ref.test:n ref.cast:h ref.cast:n br_on_cast:C br_on_cast_fail:C'),
  ...words('any.convert_extern extern.convert_any ref.i31 i31.get_s i31.get_u'),
];

const BULK: Rows = [
  0,
  ...words('i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u'),
  ...words('i64.trunc_sat_f32_s i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u'),
  ...words('memory.init:dM data.drop:d memory.copy:MM memory.fill:M table.init:eT elem.drop:e table.copy:TT'),
  ...words('table.grow:T table.size:T table.fill:T'),
  0x13,
  ...words('i64.add128 i64.sub128 i64.mul_wide_s i64.mul_wide_u'),
];

/** The read-modify-write instructions come in seven widths for each operation, in this order. */
const ATOMIC_WIDTHS = [
  ['i32', '', ''],
  ['i64', '', ''],
  ['i32', '8', '_u'],
  ['i32', '16', '_u'],
  ['i64', '8', '_u'],
  ['i64', '16', '_u'],
  ['i64', '32', '_u'],
] as const;

const ATOMIC: Rows = [
  0,
  ...words('memory.atomic.notify:m memory.atomic.wait32:m memory.atomic.wait64:m atomic.fence:z'),
  0x10,
  ...ATOMIC_WIDTHS.map(([type, width, sign]) => `${type}.atomic.load${width}${sign}:m`),
  ...ATOMIC_WIDTHS.map(([type, width]) => `${type}.atomic.store${width}:m`),
  ...['add', 'sub', 'and', 'or', 'xor', 'xchg', 'cmpxchg'].flatMap((operation) =>
    ATOMIC_WIDTHS.map(([type, width, sign]) => `${type}.atomic.rmw${width}.${operation}${sign}:m`),
  ),
];

const TABLE: ReadonlyMap<Opcode, OpcodeInfo> = new Map([
  ...entries(0, [...CONTROL, ...MEMORY, ...NUMERIC, ...REFERENCE]),
  ...entries(0xfb, GC),
  ...entries(0xfc, BULK),
  ...entries(0xfd, SIMD_OPCODES),
  ...entries(0xfe, ATOMIC),
]);

/** By prefix, then by number: what the scan over a body asks, ten million times for a hostile one. */
const BY_PREFIX: ReadonlyMap<number, readonly (OpcodeInfo | undefined)[]> = new Map(
  [0, ...PREFIXES].map((prefix) => {
    const most = prefix === 0 ? 0x100 : 0x200;
    return [prefix, Array.from({ length: most }, (_, sub) => TABLE.get(prefix * 0x10000 + sub))];
  }),
);

/** The instructions of a prefix byte by their number, those without a prefix under 0; undefined where there is none. */
export function opcodesOf(prefix: number): readonly (OpcodeInfo | undefined)[] {
  return BY_PREFIX.get(prefix) ?? [];
}

/** Name and shape of an opcode; null when it is not known. */
export function opcodeInfo(opcode: Opcode): OpcodeInfo | null {
  return TABLE.get(opcode) ?? null;
}

/** The opcode of a name; where two share it (`select`, `ref.test`), that of the first. Throws for no instruction. */
export function opcodeOf(name: string): Opcode {
  for (const [opcode, info] of TABLE) if (info.name === name) return opcode;
  throw new RangeError(`${name} is no instruction`);
}

/** Every opcode with its name and shape, in ascending order. */
export function allOpcodes(): readonly (readonly [Opcode, OpcodeInfo])[] {
  return [...TABLE].sort(([one], [other]) => one - other);
}

function words(text: string): readonly string[] {
  return text.split(' ');
}

function entries(prefix: number, rows: Rows): readonly (readonly [Opcode, OpcodeInfo])[] {
  const found: (readonly [Opcode, OpcodeInfo])[] = [];
  let sub = 0;
  for (const row of rows) {
    if (typeof row === 'number') {
      sub = row;
      continue;
    }
    const [name = '', shape = ''] = row.split(':');
    found.push([prefix * 0x10000 + sub, { name, shape }]);
    sub += 1;
  }
  return found;
}
