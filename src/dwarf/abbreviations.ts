import { DecodeError } from '../bytes/cursor';
import type { Bytes } from '../bytes/units';
import { DW_FORM } from './constants';
import { type FormSizes, fixedSize } from './forms';
import type { Reader } from './reader';

/** An entry of .debug_abbrev (DWARF 5, 7.5.3): the shape of the DIEs that carry its code. */
export interface Abbreviation {
  readonly code: number;
  readonly tag: number;
  readonly hasChildren: boolean;
  /** Of each attribute in turn: its name, its form, and the constant where the form is implicit_const. */
  readonly attributes: readonly number[];
  readonly forms: readonly number[];
  readonly constants: readonly number[];
  /** Bytes of the DIE after its code; -1 where they have to be read. */
  readonly size: Bytes;
}

/** A list of DIE shapes; a code is looked up. */
export interface AbbreviationTable {
  find(code: number): Abbreviation | null;
}

/** Above it a code is kept in a map: an array of any length is not allocated on a file's word. */
const DENSE = 65_536;

/**
 * A table that is decoded as far as it is asked: of most units only the first entry is needed, the unit DIE's.
 * @throws DecodeError from `find` and `complete`: short, where the table goes on past these bytes.
 */
export class LazyAbbreviations implements AbbreviationTable {
  readonly #reader: Reader;
  readonly #sizes: FormSizes;
  readonly #dense: (Abbreviation | undefined)[] = [];
  readonly #sparse = new Map<number, Abbreviation>();
  #ended = false;

  constructor(reader: Reader, sizes: FormSizes) {
    this.#reader = reader;
    this.#sizes = sizes;
  }

  find(code: number): Abbreviation | null {
    const known = code < DENSE ? this.#dense[code] : this.#sparse.get(code);
    if (known !== undefined) return known;
    while (!this.#ended) {
      const entry = this.#readNext();
      if (entry?.code === code) return entry;
    }
    return null;
  }

  /** Reads the table to its end. What comes before an error is kept, and `find` then does not throw. */
  complete(): void {
    try {
      while (!this.#ended) this.#readNext();
    } finally {
      this.#ended = true;
    }
  }

  #readNext(): Abbreviation | null {
    const entry = readAbbreviation(this.#reader, this.#sizes);
    if (entry === null) this.#ended = true;
    else if (entry.code < DENSE) this.#dense[entry.code] ??= entry;
    else if (!this.#sparse.has(entry.code)) this.#sparse.set(entry.code, entry);
    return entry;
  }
}

/** One entry; null at the table's end. @throws DecodeError */
function readAbbreviation(reader: Reader, sizes: FormSizes): Abbreviation | null {
  const code = reader.uleb();
  if (code === 0) return null;
  const tag = reader.uleb();
  const hasChildren = reader.u8() !== 0;
  const attributes: number[] = [];
  const forms: number[] = [];
  const constants: number[] = [];
  let size = 0;
  for (;;) {
    const attribute = reader.uleb();
    const form = reader.uleb();
    if (attribute === 0 && form === 0) break;
    if (form === 0) throw new DecodeError(reader.offset, `abbreviation ${code}: attribute without a form`);
    const fixed = fixedSize(form, sizes);
    size = size < 0 || fixed < 0 ? -1 : size + fixed;
    attributes.push(attribute);
    forms.push(form);
    constants.push(form === DW_FORM.implicit_const ? reader.sleb() : 0);
  }
  return { code, tag, hasChildren, attributes, forms, constants, size };
}
