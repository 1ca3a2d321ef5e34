import type { RunState } from '../../coredump/model';
import { visible } from '../../coredump/visible';
import type { ChainEnd } from '../../memory/chain';
import { grouped, hexAddress } from '../../ui/numbers';

const CANNOT: Readonly<Record<RunState, string>> = {
  captured: '',
  'zero-elided': '',
  missing: 'missing from the dump',
  lost: 'lost',
  'out-of-bounds': 'outside the memory',
  pending: 'not indexed yet',
};

/** What stands where following pointers ends. `known` false: the words are a reason, no value. */
export function chainEndText(end: ChainEnd): { readonly known: boolean; readonly text: string } {
  switch (end.kind) {
    case 'text':
      return { known: true, text: `"${visible(end.text)}${end.cut ? '…' : ''}"` };
    case 'number':
      return { known: true, text: `holds ${grouped(end.value)}` };
    case 'unread': {
      const some = end.bytes === end.of ? '' : `${end.bytes} of ${end.of} bytes `;
      return { known: false, text: `cannot read: ${some}${CANNOT[end.state]}` };
    }
    case 'cycle':
      return { known: false, text: `back at ${hexAddress(end.address)}` };
    case 'depth':
      return { known: false, text: 'goes on; 8 pointers were followed' };
  }
}
