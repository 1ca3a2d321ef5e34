import type { DrawerTab, View } from '../store';

/** What can stand in the middle, and in the lists below it, as a link says it. */
export const MIDDLES = ['memory', 'source', 'disassembly'] as const satisfies readonly View[];

export const LISTS = [
  'globals',
  'segments',
  'sections',
  'modules',
  'search',
  'strings',
  'structs',
  'compare',
  'problems',
] as const satisfies readonly DrawerTab[];
