import type { Address } from '../../bytes/units';
import { byteCount, hexAddress } from './words';

/** The row after the last: where the memory ends, in both figures. Not a row of the grid, for it holds no byte. */
export function EndRow(props: { readonly address: Address; readonly top: number; readonly digits: number }) {
  return (
    <div className="mem-row mem-end" style={{ transform: `translateY(${props.top}px)` }}>
      <span className="mem-address">{hexAddress(props.address, props.digits)}</span>
      <span>End of memory: {byteCount(props.address)}</span>
    </div>
  );
}
