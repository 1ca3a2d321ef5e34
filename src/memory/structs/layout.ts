import type { Bytes } from '../../bytes/units';
import type { ScalarKind } from './basic-types';
import {
  type AliasNode,
  LOOSE,
  type MemberNode,
  type Program,
  type RecordNode,
  type TypeNode,
} from './syntax';
import { type Place, StructError } from './tokens';

/** A type whose place in memory is known. Sizes and alignments are those of clang's Wasm targets. */
export type Type = ScalarType | PointerType | ArrayType | RecordType;

interface Sized {
  readonly size: Bytes;
  readonly align: Bytes;
}

export interface ScalarType extends Sized {
  readonly kind: 'scalar';
  readonly name: string;
  readonly scalar: ScalarKind;
}

export interface PointerType extends Sized {
  readonly kind: 'pointer';
  readonly to: Pointee;
}

/** What a pointer leads to. Records are named, not held: they may lead back to themselves. */
export type Pointee =
  | { readonly kind: 'type'; readonly type: Type }
  | { readonly kind: 'record'; readonly id: string }
  /** `void`, or a struct without a body. */
  | { readonly kind: 'opaque'; readonly name: string };

export interface ArrayType extends Sized {
  readonly kind: 'array';
  readonly of: Type;
  readonly count: number;
}

export interface RecordType extends Sized {
  readonly kind: 'record';
  readonly id: string;
  /** null: it has none. */
  readonly name: string | null;
  readonly union: boolean;
  readonly members: readonly Member[];
}

export interface Member {
  /** null: a record without a name. */
  readonly name: string | null;
  readonly type: Type;
  /** From the start of the record; of a bit-field, of the byte that holds its first bit. */
  readonly offset: Bytes;
  readonly bits: BitRange | null;
}

/** A bit-field: `shift` bits above the lowest bit of the byte at its offset. */
export interface BitRange {
  readonly shift: number;
  readonly width: number;
}

export interface Layouts {
  readonly records: ReadonlyMap<string, RecordType>;
  /** What can be laid over memory, by the name that is shown, in the order of the text. */
  readonly roots: readonly { readonly name: string; readonly type: RecordType }[];
}

/** No type is larger: 1 TiB. Keeps every sum of offsets exact. */
export const LARGEST: Bytes = 2 ** 40;

/** Types that hold types that hold types: more would need more stack than a worker has. */
const DEEPEST_TYPE = 256;

/**
 * Sizes, alignments and offsets of everything that a program declares.
 * @throws StructError for a type that is not there, holds itself, or is larger than `LARGEST`.
 */
export function layOut(program: Program, memory64: boolean): Layouts {
  return new Layouter(program, memory64).layouts();
}

class Layouter {
  readonly #program: Program;
  readonly #word: 4 | 8;
  readonly #nodes: ReadonlyMap<string, RecordNode>;
  readonly #aliases: ReadonlyMap<string, AliasNode>;
  readonly #done = new Map<string, RecordType>();
  /** Aliases and records whose layout has begun, by `kind name`. */
  readonly #begun = new Set<string>();

  constructor(program: Program, memory64: boolean) {
    this.#program = program;
    this.#word = memory64 ? 8 : 4;
    this.#nodes = new Map(program.records.map((record) => [record.id, record]));
    this.#aliases = new Map(program.aliases.map((alias) => [alias.name, alias]));
  }

  layouts(): Layouts {
    for (const record of this.#program.records) this.#record(record, record.at);
    for (const alias of this.#program.aliases) this.#pointee(aliasNode(alias), 0);
    const roots = this.#program.roots.flatMap((name) => {
      const alias = this.#aliases.get(name)?.member.type;
      const type =
        this.#done.get(name) ?? (alias?.kind === 'record' ? this.#done.get(alias.record.id) : undefined);
      return type === undefined ? [] : [{ name: name === LOOSE ? 'members' : name, type }];
    });
    return { records: this.#done, roots };
  }

  #record(node: RecordNode, from: Place): RecordType {
    const known = this.#done.get(node.id);
    if (known !== undefined) return known;
    return this.#once(`record ${node.id}`, node.name ?? 'struct', from, () => {
      const type = this.#fields(node);
      this.#done.set(node.id, type);
      return type;
    });
  }

  /** Works something out that must not need itself. */
  #once<T>(key: string, name: string, from: Place, work: () => T): T {
    if (this.#begun.has(key)) throw new StructError(from, 'a type that does not hold itself', `\`${name}\``);
    this.#begun.add(key);
    if (this.#begun.size > DEEPEST_TYPE)
      throw new StructError(from, `at most ${DEEPEST_TYPE} types in types`, `${this.#begun.size}`);
    const result = work();
    this.#begun.delete(key);
    return result;
  }

  #fields(node: RecordNode): RecordType {
    const members: Member[] = [];
    let align = 1;
    let end = 0;
    // In bits, since bit-fields share bytes.
    let next = 0;
    for (const member of node.members) {
      const type = this.#memberType(member);
      const own = node.packed ? 1 : type.align;
      if (node.union) next = 0;
      if (member.bits !== null) {
        const width = checkedWidth(member, type);
        const start = bitFieldStart(next, width, type, node.packed);
        next = start + width;
        if (member.name !== null) {
          align = Math.max(align, own);
          members.push({
            name: member.name,
            type,
            offset: Math.floor(start / 8),
            bits: { shift: start % 8, width },
          });
        }
      } else {
        const offset = member.offset ?? alignUp(Math.ceil(next / 8), own);
        // Placed by hand, it asks for no alignment: the struct ends where its last byte does.
        if (member.offset === null) align = Math.max(align, own);
        members.push({ name: member.name, type, offset, bits: null });
        next = (offset + type.size) * 8;
      }
      end = Math.max(end, Math.ceil(next / 8));
      checkSize(end, member.at);
    }
    const { id, name, union } = node;
    const size = alignUp(end, align);
    checkSize(size, node.at);
    return { kind: 'record', id, name, union, members, size, align };
  }

  #memberType(member: MemberNode): Type {
    if (member.pointers > 0) return this.#array(this.#pointer(member, member.pointers), member);
    const type = this.#value(member.type, member.at);
    return this.#array(type, member);
  }

  #array(of: Type, { dimensions, at }: MemberNode): Type {
    return dimensions.reduceRight<Type>((inner, count) => {
      if (inner.size > 0 && count > LARGEST / inner.size) checkSize(count * inner.size, at);
      return { kind: 'array', of: inner, count, size: count * inner.size, align: inner.align };
    }, of);
  }

  #pointer(member: MemberNode, stars: number): PointerType {
    return { kind: 'pointer', to: this.#pointee(member, stars - 1), size: this.#word, align: this.#word };
  }

  /** What stands behind `stars` + 1 stars of a member. */
  #pointee(member: MemberNode, stars: number): Pointee {
    if (stars > 0) return { kind: 'type', type: this.#pointer(member, stars) };
    const node = member.type;
    if (node.kind === 'void') return { kind: 'opaque', name: 'void' };
    if (node.kind === 'record') return { kind: 'record', id: node.record.id };
    if (node.kind === 'basic') return { kind: 'type', type: this.#value(node, member.at) };
    const alias = node.tag ? undefined : this.#aliases.get(node.name);
    if (alias !== undefined) return this.#aliased(alias, node.at);
    if (this.#nodes.has(node.name)) return { kind: 'record', id: node.name };
    if (node.tag) return { kind: 'opaque', name: `struct ${node.name}` };
    throw new StructError(node.at, 'a type', `\`${node.name}\``);
  }

  /** What an alias stands for, behind a pointer: records stay named, so that they may lead back to themselves. */
  #aliased(alias: AliasNode, from: Place): Pointee {
    const { name, member } = alias;
    // Its elements could need the very record that is being laid out: `typedef N Row[3]; struct N { Row *rows; };`
    if (member.dimensions.length > 0) return { kind: 'opaque', name };
    return this.#once(`behind ${name}`, name, from, () => this.#pointee(member, member.pointers));
  }

  #value(node: TypeNode, from: Place): Type {
    if (node.kind === 'basic') {
      const { name, scalar } = node.basic;
      const size = node.basic.size === 'word' ? this.#word : node.basic.size;
      return { kind: 'scalar', name, scalar, size, align: size };
    }
    if (node.kind === 'record') return this.#record(node.record, from);
    if (node.kind === 'void') throw new StructError(node.at, 'a type with a size', '`void`');
    const alias = node.tag ? undefined : this.#aliases.get(node.name);
    if (alias !== undefined)
      return this.#once(`alias ${alias.name}`, alias.name, node.at, () => this.#memberType(alias.member));
    const record = this.#nodes.get(node.name);
    if (record !== undefined) return this.#record(record, node.at);
    throw new StructError(node.at, node.tag ? 'a struct with a body' : 'a type', `\`${node.name}\``);
  }
}

/** An alias as the member that names it, so that a chain of aliases is walked, and refused where it is a circle. */
function aliasNode({ name, member }: AliasNode): MemberNode {
  const type: TypeNode = { kind: 'name', name, tag: false, at: member.at };
  return { name, at: member.at, type, pointers: 0, dimensions: [], bits: null, offset: null };
}

/**
 * The bit at which a bit-field begins (System V ABI, "Bit-Fields"; clang does the same for Wasm): where the one before
 * ended, unless it would then lie across a border of its type; in a packed struct always. A width of 0 goes to the border.
 */
function bitFieldStart(next: number, width: number, type: Type, packed: boolean): number {
  const unit = type.size * 8;
  if (width === 0) return alignUp(next, unit);
  const crosses = (next % unit) + width > unit;
  return !packed && crosses ? alignUp(next, unit) : next;
}

function checkedWidth(member: MemberNode, type: Type): number {
  const bits = member.bits ?? 0;
  const integer = type.kind === 'scalar' && type.scalar !== 'float';
  if (!integer) throw new StructError(member.at, 'an integer with a width in bits', 'another type');
  const most = type.scalar === 'bool' ? 1 : type.size * 8;
  const least = member.name === null ? 0 : 1;
  if (bits < least || bits > most)
    throw new StructError(member.at, `a width of ${least} to ${most} bits`, `${bits}`);
  return bits;
}

function checkSize(size: Bytes, at: Place): void {
  if (size > LARGEST) throw new StructError(at, `at most ${LARGEST} bytes`, `${size} bytes`);
}

function alignUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
