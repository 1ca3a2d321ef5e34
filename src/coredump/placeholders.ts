import type { Layout, ProducerName, Value } from './model';

/** The first number that the rewriter's runtime gives in place of a parameter; the next ones count up. */
const FIRST_PLACEHOLDER = 669;

/**
 * How many of a frame's first locals are placeholders. The wasm-coredump rewriter knows the parameters of the trapping
 * frame only: in its callers they are 669, 670, ... as i32, whatever their type (crash-022: frame 1 has 669 and 670,
 * then its real locals). Up to 0.1.16 not even frame 0 has real ones (crash-0114, layout L3, which 0.1.20 with real
 * ones writes too): there one 669 may be a value, and two in a row are taken as placeholders. Layouts L5 and L6 are
 * always older. Held by placeholders.test.ts.
 */
export function placeholders(
  producer: ProducerName,
  layout: Layout | null,
  frame: number,
  locals: readonly Value[],
): number {
  if (producer !== 'rewriter') return 0;
  let count = 0;
  while (isPlaceholder(locals[count], FIRST_PLACEHOLDER + count)) count++;
  const certain = frame > 0 || layout === 'L5' || layout === 'L6';
  return certain || count > 1 ? count : 0;
}

function isPlaceholder(value: Value | undefined, number: number): boolean {
  return value?.type === 'i32' && value.value === number;
}
