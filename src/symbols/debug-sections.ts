import type { ByteSource } from '../bytes/source';
import type { DebugSections } from '../dwarf/model';
import type { SectionHeader } from '../wasm/sections';

const CODE_SECTION = 10;

/** The custom sections of a file as its debug information's reader sees them. Of two of one name the first counts. */
export function debugSections(source: ByteSource, sections: readonly SectionHeader[]): DebugSections {
  const byName = new Map<string, SectionHeader>();
  for (const section of sections) {
    if (section.id === 0 && section.name !== null && !byName.has(section.name))
      byName.set(section.name, section);
  }
  const contentSize = ({ content, offset, size }: SectionHeader): number => {
    const end = Math.min(offset + size, source.size ?? offset + size);
    return Math.max(0, end - content);
  };
  return {
    names: [...byName.keys()],
    size: (name) => {
      const section = byName.get(name);
      return section === undefined ? 0 : contentSize(section);
    },
    read: async (name, offset, length, signal) => {
      const section = byName.get(name);
      if (section === undefined) return new Uint8Array(0);
      const rest = Math.max(0, contentSize(section) - offset);
      return source.read(section.content + offset, Math.min(length, rest), signal);
    },
  };
}

/** Whether a file has debug information of its own. */
export function hasDwarf(sections: readonly SectionHeader[]): boolean {
  return sections.some(({ id, name }) => id === 0 && (name === '.debug_info' || name === '.debug_line'));
}

/**
 * Whether a file is a part of split DWARF: a `.dwo` or `.dwp`, which are Wasm containers without code. What llvm-dwp writes
 * has an import section too (`env.__linear_memory`, LLVM 22, fixture symbols/split5), held by tests/session/debug-files.test.ts.
 */
export function isSplitDwarf(sections: readonly SectionHeader[]): boolean {
  return (
    sections.every(({ id }) => id !== CODE_SECTION) &&
    sections.some(({ name }) => name?.endsWith('.dwo') === true && name.startsWith('.debug_'))
  );
}
