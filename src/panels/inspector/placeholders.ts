import type { Layout, ProducerName, Value } from '../../coredump/model';

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

/** Why a frame has no values: some producers write none, so an empty list says nothing about the program. */
export function whyEmpty(producer: ProducerName): { readonly what: string; readonly why: string | null } {
  switch (producer) {
    case 'wasmtime':
      return { what: 'not in this dump', why: 'Wasmtime writes no locals and no operand stack.' };
    case 'wasmer':
      return { what: 'not in this dump', why: 'Wasmer writes no locals and no operand stack.' };
    case 'coredump-builder':
      return { what: 'not in this dump', why: 'The frame was written without locals and operand stack.' };
    default:
      return { what: 'none in this frame', why: null };
  }
}
