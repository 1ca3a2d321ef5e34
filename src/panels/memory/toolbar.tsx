import type { ReactNode, Ref } from 'react';
import { useLink } from '../../app/link/state';
import type { View } from '../../app/memory-view';
import { useStore } from '../../app/store';
import type { Address, Bytes } from '../../bytes/units';
import type { Snapshot } from '../../session/types';
import { size } from '../../ui/numbers';
import { GapChip } from './gap-chip';
import type { GoToContext } from './go-to';
import { GoToBox } from './go-to-box';
import { Icon } from './icons';
import { ViewMenu } from './view-menu';
import { shortName } from './words';

export interface ToolbarProps {
  readonly snapshot: Snapshot;
  readonly memory: number;
  readonly context: GoToContext;
  readonly at: Address | null;
  readonly goToRef: Ref<HTMLInputElement>;
  readonly view: View;
  readonly rowBytes: Bytes;
  readonly onView: (view: View) => void;
  readonly onRegion: (direction: 1 | -1) => void;
  readonly onPreview: (address: Address) => void;
  readonly onCancel: () => void;
  readonly onDone: () => void;
}

/** Above the grid: history, go to, which memory, captured regions, what gaps are. */
export function Toolbar(props: ToolbarProps) {
  const { snapshot, memory, onRegion } = props;
  const { canBack, canForward } = useLink();
  const summary = snapshot.memories[memory];
  return (
    <div className="mem-bar" role="toolbar" aria-label="Memory">
      <Tool name="Back" keys="Alt+Left" disabled={!canBack} onClick={() => canBack && history.back()}>
        <Icon name="left" />
      </Tool>
      <Tool
        name="Forward"
        keys="Alt+Right"
        disabled={!canForward}
        onClick={() => canForward && history.forward()}
      >
        <Icon name="right" />
      </Tool>
      <GoToBox
        ref={props.goToRef}
        context={props.context}
        at={props.at}
        onPreview={props.onPreview}
        onCancel={props.onCancel}
        onDone={props.onDone}
      />
      <MemoryChoice snapshot={snapshot} memory={memory} />
      <span className="mem-grow" />
      <Tool name="Previous captured region" keys="Ctrl+[" onClick={() => onRegion(-1)}>
        <Icon name="up" />
      </Tool>
      <Tool name="Next captured region" keys="Ctrl+]" onClick={() => onRegion(1)}>
        <Icon name="down" />
      </Tool>
      <ViewMenu view={props.view} rowBytes={props.rowBytes} onView={props.onView} />
      {summary !== undefined && <GapChip memory={memory} summary={summary} />}
    </div>
  );
}

/** A disabled one keeps the focus: going back to the start must not throw it out of the panel. Its click does nothing. */
function Tool(props: {
  readonly name: string;
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      className="mem-tool"
      aria-label={props.name}
      aria-keyshortcuts={props.keys?.replace('Ctrl', 'Control').replace(/(Left|Right)$/, 'Arrow$1')}
      title={props.keys === undefined ? props.name : `${props.name} (${props.keys})`}
      aria-disabled={props.disabled}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  );
}

function MemoryChoice({ snapshot, memory }: { readonly snapshot: Snapshot; readonly memory: number }) {
  const showMemory = useStore((state) => state.showMemory);
  const { memories, names } = snapshot;
  const labels = memories.map((summary, index) => {
    const name = names.memories[index] ?? null;
    return {
      name: `memory ${index}`,
      more: `${name === null ? '' : `${shortName(name)} `}${size(summary.size)}`,
    };
  });
  if (labels.length < 2)
    return (
      <span className="mem-which">
        <b>{labels[0]?.name}</b> {labels[0]?.more}
      </span>
    );
  return (
    <select
      className="mem-chip mem-select"
      aria-label="Memory shown"
      value={memory}
      onChange={(event) => showMemory(Number(event.target.value))}
    >
      {labels.map((label, index) => (
        <option key={label.name} value={index}>
          {label.name} {label.more}
        </option>
      ))}
    </select>
  );
}
