import { BASIC_TYPES, type BasicType, C_WORDS, cType } from './basic-types';
import {
  type AliasNode,
  LOOSE,
  type MemberNode,
  type Program,
  type RecordNode,
  type TypeNode,
} from './syntax';
import { foundText, StructError, type Token, tokensOf } from './tokens';

/** How deep structs may stand in structs in one text, and how many stars or dimensions a member may have. */
export const DEEPEST = 64;
const MOST_STARS = 8;
/** Members in one text. */
export const MOST_MEMBERS = 10_000;

const QUALIFIERS: ReadonlySet<string> = new Set(['const', 'volatile', 'restrict']);
const RESERVED: ReadonlySet<string> = new Set([
  ...C_WORDS,
  ...QUALIFIERS,
  'struct',
  'union',
  'void',
  'typedef',
  'packed',
  'enum',
]);

/**
 * Reads a text of structs: C's declarations of structs, unions and aliases, or members alone.
 * @throws StructError at the first thing that does not fit.
 */
export function parse(text: string): Program {
  return new Parser(tokensOf(text)).program();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;
  #count = 0;
  readonly #records: RecordNode[] = [];
  readonly #aliases: AliasNode[] = [];
  readonly #roots: string[] = [];
  readonly #tags = new Map<string, Token>();
  readonly #aliasLines = new Map<string, number>();

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  program(): Program {
    const start = this.#peek();
    const loose: MemberNode[] = [];
    let packed = false;
    while (this.#peek().kind !== 'end') {
      if (this.#take(';')) continue;
      if (this.#peek().text === 'packed' && this.#peek(1).text === ';') {
        this.#at += 2;
        packed = true;
      } else if (this.#take('typedef')) {
        this.#alias();
      } else {
        const declared = this.#declaration('outside');
        loose.push(...declared);
      }
    }
    if (loose.length > 0) {
      refuseTwins(loose);
      this.#records.push({ id: LOOSE, name: null, union: false, packed, members: loose, at: start.at });
      this.#roots.push(LOOSE);
    }
    return { records: this.#records, aliases: this.#aliases, roots: this.#roots };
  }

  #alias(): void {
    const member = this.#declaration('alias')[0];
    if (member?.name == null) return;
    const line = this.#aliasLines.get(member.name);
    if (line !== undefined) throw taken(member.name, member, line);
    this.#aliasLines.set(member.name, member.at.line);
    this.#aliases.push({ name: member.name, member });
    const record = member.type.kind === 'record' ? member.type.record : null;
    const plain = member.pointers === 0 && member.dimensions.length === 0;
    if (record !== null && record.name === null && plain) this.#roots.push(member.name);
  }

  /** One declaration up to its `;`: a record alone, or a type and what is declared of it. */
  #declaration(where: 'outside' | 'inside' | 'alias'): MemberNode[] {
    const first = this.#peek();
    const type = this.#type();
    if (this.#peek().text === ';' && where !== 'alias' && type.kind === 'record') {
      this.#at += 1;
      // A record of its own; inside another and without a name, its members are that one's too (C11, 6.7.2.1).
      if (type.record.name !== null || where === 'outside') {
        if (type.record.name === null)
          throw new StructError(first.at, 'a name for this struct', foundText(first));
        return [];
      }
      return [
        this.#member(type, first, { name: null, pointers: 0, dimensions: [], bits: null, offset: null }),
      ];
    }
    const members: MemberNode[] = [];
    do members.push(this.#declarator(type, where === 'alias'));
    while (where !== 'alias' && this.#take(','));
    this.#expect(';', where === 'alias' ? '`;`' : '`;` or `,`');
    return members;
  }

  #declarator(type: TypeNode, alias: boolean): MemberNode {
    let pointers = 0;
    while (this.#take('*')) {
      pointers += 1;
      if (pointers > MOST_STARS) throw this.#wrong(`at most ${MOST_STARS} stars`);
      while (QUALIFIERS.has(this.#peek().text)) this.#at += 1;
    }
    const token = this.#peek();
    if (token.text === ':' && pointers === 0 && !alias)
      return this.#member(type, token, {
        name: null,
        pointers,
        dimensions: [],
        bits: this.#bits(),
        offset: null,
      });
    if (token.text === '(') throw this.#wrong('a name (a pointer to a function is written `void *name`)');
    if (token.kind !== 'word' || RESERVED.has(token.text)) throw this.#wrong('a name');
    this.#at += 1;
    const dimensions: number[] = [];
    while (this.#take('[')) {
      // The last member of a struct may be an array without a length: it has no element that the struct owns.
      dimensions.push(this.#peek().text === ']' ? 0 : this.#number('a length'));
      this.#expect(']', '`]`');
      if (dimensions.length > MOST_STARS) throw this.#wrong(`at most ${MOST_STARS} dimensions`);
    }
    const bits = this.#peek().text === ':' && !alias ? this.#bits() : null;
    const offset = bits === null && !alias && this.#take('@') ? this.#number('an offset in bytes') : null;
    return this.#member(type, token, { name: token.text, pointers, dimensions, bits, offset });
  }

  #bits(): number {
    this.#expect(':', '`:`');
    return this.#number('a width in bits');
  }

  #member(type: TypeNode, token: Token, rest: Omit<MemberNode, 'type' | 'at'>): MemberNode {
    this.#count += 1;
    if (this.#count > MOST_MEMBERS)
      throw new StructError(token.at, `at most ${MOST_MEMBERS} members`, `${this.#count} members`);
    return { type, at: token.at, ...rest };
  }

  #type(): TypeNode {
    this.#qualifiers();
    const packed = this.#take('packed');
    const token = this.#peek();
    if (packed || token.text === 'struct' || token.text === 'union') return this.#tagged(packed);
    if (token.kind !== 'word') throw this.#wrong('a type');
    if (token.text === 'enum') throw this.#wrong('a type (an enum is written as its integer: `u32`)');
    if (token.text === 'void') {
      this.#at += 1;
      this.#qualifiers();
      return { kind: 'void', at: token.at };
    }
    const basic = C_WORDS.has(token.text) ? this.#words() : BASIC_TYPES.get(token.text);
    if (basic === undefined) {
      if (RESERVED.has(token.text)) throw this.#wrong('a type');
      this.#at += 1;
      this.#qualifiers();
      return { kind: 'name', name: token.text, tag: false, at: token.at };
    }
    if (!C_WORDS.has(token.text)) this.#at += 1;
    this.#qualifiers();
    return { kind: 'basic', basic };
  }

  /** `unsigned long int` and the like, with qualifiers anywhere among them. */
  #words(): BasicType {
    const first = this.#peek();
    const words: string[] = [];
    while (C_WORDS.has(this.#peek().text)) {
      words.push(this.#next().text);
      this.#qualifiers();
      if (words.length > 4) break;
    }
    const type = cType(words);
    if (type === null) throw new StructError(first.at, 'a type', `\`${words.join(' ')}\``);
    return type;
  }

  #tagged(packedBefore: boolean): TypeNode {
    const keyword = this.#next();
    if (keyword.text !== 'struct' && keyword.text !== 'union') {
      this.#at -= 1;
      throw this.#wrong('`struct` or `union`');
    }
    const packedInside = this.#attribute() || this.#take('packed');
    const named = this.#peek();
    const name = named.kind === 'word' && !RESERVED.has(named.text) ? this.#next() : null;
    if (this.#peek().text !== '{') {
      if (name === null) throw this.#wrong('a name or `{`');
      if (packedBefore || packedInside) throw this.#wrong('`{`');
      this.#qualifiers();
      return { kind: 'name', name: name.text, tag: true, at: name.at };
    }
    const members = this.#body();
    const packed = this.#attribute() || packedBefore || packedInside;
    this.#qualifiers();
    const id = name?.text ?? `#${this.#records.length}`;
    if (name !== null) {
      const twin = this.#tags.get(name.text);
      if (twin !== undefined) throw taken(name.text, name, twin.at.line);
      this.#tags.set(name.text, name);
      this.#roots.push(name.text);
    }
    const record: RecordNode = {
      id,
      name: name?.text ?? null,
      union: keyword.text === 'union',
      packed,
      members,
      at: (name ?? keyword).at,
    };
    this.#records.push(record);
    return { kind: 'record', record };
  }

  #body(): readonly MemberNode[] {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw this.#wrong(`at most ${DEEPEST} levels`);
    this.#expect('{', '`{`');
    const members: MemberNode[] = [];
    while (!this.#take('}')) {
      if (this.#take(';')) continue;
      if (this.#peek().kind === 'end') throw this.#wrong('a member or `}`');
      members.push(...this.#declaration('inside'));
    }
    this.#depth -= 1;
    refuseTwins(members);
    return members;
  }

  /** `__attribute__((packed))`. No other attribute is understood, and one that is not may change the layout. */
  #attribute(): boolean {
    if (this.#peek().text !== '__attribute__') return false;
    this.#at += 1;
    for (const sign of ['(', '(']) this.#expect(sign, `\`${sign}\``);
    const word = this.#peek();
    if (word.text !== 'packed' && word.text !== '__packed__') throw this.#wrong('`packed`');
    this.#at += 1;
    for (const sign of [')', ')']) this.#expect(sign, `\`${sign}\``);
    return true;
  }

  #number(what: string): number {
    const token = this.#peek();
    if (token.kind !== 'number') throw this.#wrong(what);
    this.#at += 1;
    const digits = token.text.replace(/[uUlL]+$/, '');
    // C reads a leading 0 as octal; here nobody means that, and a wrong length would show wrong bytes.
    if (/^0[0-9]/.test(digits))
      throw new StructError(token.at, `${what} without a leading 0`, foundText(token));
    const value = digits.length > 20 ? Number.POSITIVE_INFINITY : Number(digits);
    if (!Number.isSafeInteger(value)) throw new StructError(token.at, `${what} below 2^53`, foundText(token));
    return value;
  }

  #qualifiers(): void {
    while (QUALIFIERS.has(this.#peek().text)) this.#at += 1;
  }

  #peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)];
    if (token === undefined) throw new Error('tokensOf() ends every text with a token');
    return token;
  }

  #next(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #take(text: string): boolean {
    if (this.#peek().text !== text) return false;
    this.#at += 1;
    return true;
  }

  #expect(text: string, expected: string): void {
    if (!this.#take(text)) throw this.#wrong(expected);
  }

  #wrong(expected: string): StructError {
    const token = this.#peek();
    return new StructError(token.at, expected, foundText(token));
  }
}

function refuseTwins(members: readonly MemberNode[]): void {
  const lines = new Map<string, number>();
  for (const member of members) {
    // Those of a member without a name count as this record's own.
    if (member.name === null) continue;
    const line = lines.get(member.name);
    if (line !== undefined) throw taken(member.name, member, line);
    lines.set(member.name, member.at.line);
  }
}

function taken(name: string, token: { readonly at: Token['at'] }, line: number): StructError {
  return new StructError(token.at, 'a name that is not taken', `\`${name}\` (also in line ${line})`);
}
