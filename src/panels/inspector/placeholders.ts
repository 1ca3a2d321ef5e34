import type { ProducerName } from '../../coredump/model';

export { placeholders } from '../../coredump/placeholders';

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
