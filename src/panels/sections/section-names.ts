const NAMES = [
  'custom',
  'type',
  'import',
  'function',
  'table',
  'memory',
  'global',
  'export',
  'start',
  'element',
  'code',
  'data',
  'datacount',
  'tag',
] as const;

/** A section's kind as the specification names it; ids outside it as they are. */
export function sectionName(id: number): string {
  return NAMES[id] ?? `id ${id}`;
}
