import { layoutsOf } from '../../app/producer';
import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { Icon } from '../../ui/icon';
import { counted } from '../../ui/numbers';
import { Popover } from '../../ui/popover';

/** Who wrote the dump: inferred, so it opens its evidence. */
export function ProducerChip({ snapshot, label }: { readonly snapshot: Snapshot; readonly label: string }) {
  const layouts = layoutsOf(snapshot);
  const incomplete = snapshot.dump.threads.filter((thread) => !thread.complete).length;
  const { process, file } = snapshot.dump;
  return (
    <Popover
      title="Who wrote this dump"
      label={
        <>
          <Icon name="file" small />
          <b>{label}</b>
          <span className="quiet">{layouts.map(({ layout }) => layout).join(', ')}</span>
        </>
      }
    >
      <div className="evidence">
        <p>
          <strong>{label}</strong> <span className="tag dashed">inferred</span>
        </p>
        <ul>
          <li>
            {snapshot.producer.evidence === ''
              ? 'No evidence for any known producer.'
              : snapshot.producer.evidence}
          </li>
          {layouts.map(({ layout, writers }) => (
            <li key={layout}>
              Frame layout <span className="mono">{layout}</span>: {writers}.
            </li>
          ))}
          {process.name !== null && process.name !== '' && (
            <li>
              The process is named <span className="mono">{visible(process.name)}</span>.
            </li>
          )}
          {file.compression !== null && <li>Opened from {file.compression}.</li>}
          {incomplete > 0 && <li>{counted(incomplete, 'thread')} did not decode to the end.</li>}
        </ul>
      </div>
    </Popover>
  );
}
