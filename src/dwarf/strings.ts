import type { Bytes } from '../bytes/units';
import type { FormValue } from './forms';
import type { Unit } from './unit';

/** No name or path is longer: a section without a NUL is not read to its end for each of its strings. */
const LONGEST_STRING: Bytes = 64 * 1024;

/**
 * The text of a string attribute; null where the value is none.
 * @throws SectionError where it leads nowhere; MissingBytes.
 */
export function textOf(
  value: FormValue | undefined,
  unit: Pick<Unit, 'sections' | 'header' | 'strOffsetsBase'>,
): string | null {
  const { sections, header, strOffsetsBase } = unit;
  switch (value?.kind) {
    case 'string':
      return value.text;
    case 'strp': {
      const section = value.section === '.debug_str' ? sections.str : sections.lineStr;
      return section.decode(value.offset, 256, LONGEST_STRING, (reader) => reader.string());
    }
    case 'strx': {
      // Without a base the table is taken to begin after the section's header, as it does where one unit uses it.
      const base = strOffsetsBase ?? (header.offsetSize === 8 ? 16 : 8);
      const size = header.offsetSize;
      const at = base + value.index * size;
      const offset = sections.strOffsets.decode(at, size, size, (reader) => reader.sized(size));
      return sections.str.decode(offset, 256, LONGEST_STRING, (reader) => reader.string());
    }
    default:
      return null;
  }
}
