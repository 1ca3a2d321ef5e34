import { frameNames, fullLineText } from '../../app/names';
import type { FrameRef } from '../../app/store';
import { visible } from '../../coredump/visible';
import type { NameOrigin, Snapshot } from '../../session/types';
import { hex } from '../../ui/numbers';

const ORIGINS: Readonly<Record<NameOrigin, string>> = {
  dwarf: 'DWARF',
  names: 'the name section',
  export: 'an export',
  import: 'an import',
};

/** Where a frame stands: its lines, inlined functions first, its name as the file has it, and in which module. */
export function FramePlace({ snapshot, at }: { readonly snapshot: Snapshot; readonly at: FrameRef }) {
  const { from, lines, place, raw } = frameNames(snapshot, at);
  const module = snapshot.modules.find(({ id }) => id === place?.module);
  if (lines.length === 0 && raw === null && module === undefined) return null;
  return (
    <dl className="facts">
      {lines.length > 0 && (
        <>
          <dt>Line</dt>
          <dd>
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a chain of calls is its order
              <div key={index} className="mono">
                {index < lines.length - 1 && <span>{visible(line.function ?? '?')}, inlined: </span>}
                {fullLineText(line) || 'no line'}
              </div>
            ))}
          </dd>
        </>
      )}
      {place !== null && module !== undefined && (
        <>
          <dt>Module</dt>
          <dd>
            <span className="mono">{visible(module.name, 80)}</span> +{hex(place.start + place.offset)}
            {module.base !== null && <div className="quiet">{module.base}</div>}
          </dd>
        </>
      )}
      {from !== null && (
        <>
          <dt>Name</dt>
          <dd>
            from {ORIGINS[from]}
            {raw !== null && (
              <details>
                <summary>as the file has it</summary>
                <span className="mono">{visible(raw)}</span>
              </details>
            )}
          </dd>
        </>
      )}
    </dl>
  );
}
