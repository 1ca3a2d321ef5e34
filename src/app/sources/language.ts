import { endingOf } from '../intake/classify-file';

/** Languages that are coloured. Others are shown plain. */
export type Language = keyof typeof ENDINGS;

const ENDINGS = {
  c: ['c'],
  cpp: [
    ...['cc', 'cpp', 'cxx', 'c++', 'cp', 'cu', 'm', 'mm'],
    ...['h', 'hh', 'hpp', 'hxx', 'h++', 'inc', 'inl', 'ipp', 'tpp', 'tcc', 'ixx', 'cppm', 'def'],
  ],
  rust: ['rs'],
  go: ['go'],
  // AssemblyScript's files end in .ts; its grammar is TypeScript's.
  typescript: ['ts', 'mts', 'cts', 'tsx', 'as'],
  javascript: ['js', 'mjs', 'cjs', 'jsx'],
  swift: ['swift'],
  zig: ['zig'],
  kotlin: ['kt', 'kts'],
  csharp: ['cs'],
  java: ['java'],
  python: ['py', 'pyx'],
  ruby: ['rb'],
} as const;

const BY_ENDING = new Map<string, Language>(
  Object.entries(ENDINGS).flatMap(([language, endings]) =>
    endings.map((ending) => [ending, language as Language] as const),
  ),
);

/** The language of a file by its ending, null where none is known. A C++ header may have none at all (`vector`). */
export function languageOf(path: string): Language | null {
  return BY_ENDING.get(endingOf(path)) ?? (/c\+\+\/v\d+\/|\/bits\//.test(path) ? 'cpp' : null);
}
