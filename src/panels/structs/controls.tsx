import { type ReactNode, useId, useState } from 'react';
import { useStore } from '../../app/store';
import { type DumpKey, MOST_ITEMS, type Overlay } from '../../app/structs/saved';
import { changeOverlay, followFurther, LAST_LIMIT } from '../../app/structs/state';
import { visible } from '../../coredump/visible';
import type { Walk } from '../../memory/structs/walk';
import type { Snapshot } from '../../session/types';
import { counted, grouped, hexAddress } from '../../ui/numbers';
import { parseGoTo } from '../memory/go-to';
import { goToContext } from '../memory/go-to-context';
import { walkText } from './texts';
import type { Laid } from './use-overlay';

interface Props {
  readonly dump: DumpKey;
  readonly snapshot: Snapshot;
  readonly overlay: Overlay;
  readonly laid: Laid;
  readonly walk: Walk | null;
}

/** What is laid where: address, struct, how many, or the list that is followed. */
export function Controls({ dump, snapshot, overlay, laid, walk }: Props) {
  const selection = useStore((state) => state.bytes);
  const { root, roots, links, link, pointerSize } = laid;
  const change = (part: Partial<Overlay>) => changeOverlay(dump, part);
  return (
    <div className="toolbar structs-controls">
      <Draft
        label="At"
        name="Address of the struct"
        value={hexAddress(overlay.address)}
        commit={(text) => {
          const cursor = selection?.focus ?? overlay.address;
          const place = parseGoTo(text, goToContext(snapshot, overlay.memory, cursor, []));
          if (place.kind === 'error') return place.message;
          if (place.kind === 'place') change({ address: place.address });
          return null;
        }}
      />
      <button
        type="button"
        className="button edge"
        disabled={selection === null}
        onClick={() => {
          if (selection === null) return;
          change({ memory: selection.memory, address: Math.min(selection.anchor, selection.focus) });
        }}
      >
        Use the selection
      </button>
      {snapshot.memories.length > 1 && (
        <Choice
          label="In"
          name="Memory of the struct"
          value={String(overlay.memory)}
          options={snapshot.memories.map((_, index) => ({ value: String(index), text: `memory ${index}` }))}
          onChoose={(index) => change({ memory: Number(index) })}
        />
      )}
      {roots.length > 1 && (
        <Choice
          label="As"
          name="Struct"
          value={root?.name ?? ''}
          options={roots.map(({ name }) => ({ value: name, text: visible(name, 40) }))}
          onChoose={(name) => change({ root: name })}
        />
      )}
      {links.length > 0 && (
        <Choice
          label="Follow"
          name="Follow the list through"
          value={link?.name ?? ''}
          options={[
            { value: '', text: 'nothing' },
            ...links.map(({ name }) => ({ value: name, text: visible(name, 40) })),
          ]}
          onChoose={(name) => change({ follow: name === '' ? null : name })}
        />
      )}
      {link === null && (
        <Draft
          label="Count"
          name="How many, one after the other"
          value={grouped(overlay.count)}
          commit={(text) => {
            const count = Number(text.replaceAll(',', '').trim());
            const sound = Number.isInteger(count) && count >= 1 && count <= MOST_ITEMS;
            if (!sound) return `1 to ${grouped(MOST_ITEMS)} expected, ${visible(text, 20)} found.`;
            change({ count });
            return null;
          }}
        />
      )}
      <span className="quiet clip" role="status">
        {walk !== null && walkText(walk.addresses.length, walk.end, pointerSize)}
        {walk === null &&
          root !== null &&
          `${counted(root.type.size, 'byte')}, aligned to ${root.type.align}`}
      </span>
      {walk?.end.kind === 'limit' && walk.addresses.length < LAST_LIMIT && (
        <button type="button" className="button edge" onClick={followFurther}>
          Go on
        </button>
      )}
    </div>
  );
}

interface DraftProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  /** Takes what was typed; answers what is wrong with it, or null. */
  readonly commit: (text: string) => string | null;
}

/** A field whose text counts when Enter is pressed or it is left; Esc brings back what counts. */
function Draft({ label, name, value, commit }: DraftProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const take = () => {
    if (draft === null) return;
    const wrong = commit(draft);
    setProblem(wrong);
    if (wrong === null) setDraft(null);
  };
  const giveUp = () => {
    setDraft(null);
    setProblem(null);
  };
  return (
    <>
      <label className="field">
        {label}
        <input
          type="text"
          className="mono"
          aria-label={name}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-problem`}
          spellCheck={false}
          value={draft ?? value}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={() => take()}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take();
            if (event.key === 'Escape') giveUp();
          }}
        />
      </label>
      <span id={`${id}-problem`} className="warn-text" role="status">
        {problem !== null && visible(problem, 160)}
      </span>
    </>
  );
}

interface ChoiceProps {
  readonly label: ReactNode;
  readonly name: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly onChoose: (value: string) => void;
}

function Choice({ label, name, value, options, onChoose }: ChoiceProps) {
  return (
    <label className="choice">
      {label}
      <select
        className="select"
        aria-label={name}
        value={value}
        onChange={(event) => onChoose(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}
