import { snapshotOf, useStore } from '../../app/store';
import type { StateCounts } from '../../session/types';
import { Icon } from '../../ui/icon';
import { grouped } from '../../ui/numbers';

const LEGEND: readonly {
  readonly state: keyof StateCounts;
  readonly glyph: string;
  readonly label: string;
}[] = [
  { state: 'captured', glyph: '30', label: 'captured' },
  { state: 'zero', glyph: '·', label: 'elided zero' },
  { state: 'missing', glyph: '??', label: 'missing' },
  { state: 'lost', glyph: 'xx', label: 'lost' },
];

/** The one live line, the legend of the shown memory, and where the data goes. */
export function StatusLine() {
  const live = useStore((state) => state.live);
  const counts = useStore((state) => snapshotOf(state)?.memories[state.memory]?.counts ?? null);
  return (
    <footer className="status">
      <div role="status" aria-live="polite" className="live clip">
        {live}
      </div>
      <span className="grow" />
      {counts !== null && (
        <ul className="legend" aria-label="Bytes of this memory by state">
          {LEGEND.map(({ state, glyph, label }) => (
            <li key={state}>
              <span className={`swatch swatch-${state}`} aria-hidden="true">
                {glyph}
              </span>
              {label} <b>{grouped(counts[state])}</b>
            </li>
          ))}
          {counts.pending > 0 && (
            <li>
              not indexed yet <b>{grouped(counts.pending)}</b>
            </li>
          )}
          <li>
            <span className="swatch swatch-end" aria-hidden="true" />
            out of bounds
          </li>
        </ul>
      )}
      <span className="privacy">
        <Icon name="lock" small />
        Nothing leaves this page
      </span>
      <span className="version">Wasmortem {__VERSION__}</span>
    </footer>
  );
}
