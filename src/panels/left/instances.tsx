import { moduleName } from '../../app/names';
import { useStore } from '../../app/store';
import type { Instance } from '../../coredump/model';
import { visible } from '../../coredump/visible';
import type { MemorySummary, Snapshot } from '../../session/types';
import { counted, grouped, size } from '../../ui/numbers';

/** Instances listed here: all of them are in the drawer. */
const LISTED = 50;

export function Instances({ snapshot }: { readonly snapshot: Snapshot }) {
  const showDrawer = useStore((state) => state.showDrawer);
  const { instances } = snapshot.dump;
  return (
    <details open>
      <summary className="section-head">
        <h2>Instances</h2> <span className="count">{grouped(instances.length)}</span>
      </summary>
      <ul className="instances">
        {instances.slice(0, LISTED).map((instance, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an instance is its index
          <li key={index}>
            <InstanceRows snapshot={snapshot} instance={instance} index={index} />
          </li>
        ))}
      </ul>
      {instances.length > LISTED && (
        <button type="button" className="button" onClick={() => showDrawer('modules')}>
          {grouped(instances.length - LISTED)} more in Modules &amp; instances
        </button>
      )}
    </details>
  );
}

interface RowsProps {
  readonly snapshot: Snapshot;
  readonly instance: Instance;
  readonly index: number;
}

function InstanceRows({ snapshot, instance, index }: RowsProps) {
  const shown = useStore((state) => state.memory);
  const showMemory = useStore((state) => state.showMemory);
  const showPane = useStore((state) => state.showPane);
  const select = (memory: number) => {
    showMemory(memory);
    showPane('mid');
  };
  return (
    <>
      <div className="instance">
        <span className="tree-index">{index}</span>
        <span className="mono clip">{moduleName(snapshot, instance.module)}</span>
        {instance.implicit && <span className="tag dashed">assumed</span>}
      </div>
      {instance.memories.slice(0, LISTED).map((memory, at) => {
        const summary = memory === null ? undefined : snapshot.memories[memory];
        const key = `${at} ${memory}`;
        if (memory === null || summary === undefined) {
          return (
            <div key={key} className="instance-item quiet">
              memory {at}: not captured
            </div>
          );
        }
        return (
          <button
            key={key}
            type="button"
            className="instance-item"
            aria-pressed={memory === shown}
            onClick={() => select(memory)}
          >
            <span>
              memory {memory}
              <span className="mono"> {visible(snapshot.names.memories[memory] ?? '', 40)}</span>
            </span>
            <span className="tree-place">{memoryText(summary)}</span>
          </button>
        );
      })}
    </>
  );
}

/** `2 pages · 128 KiB`, and what makes it unlike others. */
function memoryText({ declaration, size: bytes }: MemorySummary): string {
  const pages = counted(Math.ceil(bytes / declaration.pageSize), 'page');
  const marks = [declaration.memory64 ? '64-bit' : '', declaration.shared ? 'shared' : ''].filter(Boolean);
  return [pages, size(bytes), ...marks].join(' · ');
}
