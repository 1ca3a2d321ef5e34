import type { View } from '../../app/memory-view';
import type { Bytes } from '../../bytes/units';
import { isPlain } from './view';

/** The head of the columns: which byte of the row stands below. Cells of a row say their address themselves. */
export function HeadRow({ rowBytes, view }: { readonly rowBytes: Bytes; readonly view: View }) {
  const starts = Array.from({ length: rowBytes / view.group }, (_, index) => index * view.group);
  return (
    <div className="mem-head" aria-hidden="true">
      <span className="mem-address">Address</span>
      <span className={isPlain(view) ? 'mem-hex' : 'mem-hex mem-groups'}>
        {starts.map((start) => (
          <span key={start} className="box">
            {start.toString(16)}
          </span>
        ))}
      </span>
      <span className="mem-text">Text</span>
    </div>
  );
}
