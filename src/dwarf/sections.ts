import type { DebugSections } from './model';
import { Section } from './section';

/** The sections that the DIEs of one file refer to. */
export interface SectionSet {
  readonly info: Section;
  readonly abbrev: Section;
  readonly line: Section;
  readonly str: Section;
  readonly lineStr: Section;
  readonly strOffsets: Section;
  readonly addr: Section;
  readonly ranges: Section;
  readonly rnglists: Section;
}

/** The sections of a module. */
export function moduleSections(sections: DebugSections): SectionSet {
  const section = (name: string): Section => new Section(sections, name);
  return {
    info: section('.debug_info'),
    abbrev: section('.debug_abbrev'),
    line: section('.debug_line'),
    str: section('.debug_str'),
    lineStr: section('.debug_line_str'),
    strOffsets: section('.debug_str_offsets'),
    addr: section('.debug_addr'),
    ranges: section('.debug_ranges'),
    rnglists: section('.debug_rnglists'),
  };
}

/**
 * The sections of a .dwo or .dwp (DWARF 5, 7.3.2). Addresses stay in the module, and so do .debug_ranges in GNU's split
 * DWARF 4, and the line tables that DW_AT_call_file counts in.
 */
export function splitSections(companion: DebugSections, module: SectionSet): SectionSet {
  const section = (name: string): Section => new Section(companion, name);
  return {
    ...module,
    info: section('.debug_info.dwo'),
    abbrev: section('.debug_abbrev.dwo'),
    str: section('.debug_str.dwo'),
    strOffsets: section('.debug_str_offsets.dwo'),
    rnglists: section('.debug_rnglists.dwo'),
  };
}
