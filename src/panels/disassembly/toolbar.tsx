import { type KeyboardEvent, type ReactNode, type Ref, useId, useState } from 'react';
import { leaveCode, OFFSET_BASES, type OffsetBase, setOffsetBase, useCodePlace } from '../../app/code-place';
import { useLink } from '../../app/link/state';
import type { Disassembly, FrameCode } from '../../session/code-types';
import { Icon } from '../../ui/icon';
import { counted } from '../../ui/numbers';
import { BASE_LABELS, type GoTo, parseGoTo } from './offsets';
import { useCode } from './state';

interface Props {
  readonly code: Disassembly;
  readonly home: Extract<FrameCode, { kind: 'place' }> | null;
  readonly goToRef: Ref<HTMLInputElement>;
  readonly findRef: Ref<HTMLInputElement>;
  /** How many rows are selected. */
  readonly selected: number;
  readonly onGoTo: (to: GoTo) => void;
  readonly onFind: (text: string, step: 1 | -1) => void;
  readonly onCopy: () => void;
  /** Escape in a field. */
  readonly onLeave: () => void;
}

/** History, go to, find, what offsets count from, copy. */
export function Toolbar(props: Props) {
  const { code, home, selected } = props;
  const { canBack, canForward } = useLink();
  const base = useCodePlace((state) => state.base);
  const setWent = useCode((state) => state.setWent);
  /** Where the listing with the focus goes, the focus goes to the next one. */
  const going = (go: () => void) => () => {
    setWent(true);
    go();
  };
  return (
    <div className="code-bar" role="toolbar" aria-label="Disassembly">
      <Tool name="Back" keys="Alt+ArrowLeft" disabled={!canBack} onClick={going(() => history.back())}>
        <Icon name="back" />
      </Tool>
      <Tool
        name="Forward"
        keys="Alt+ArrowRight"
        disabled={!canForward}
        onClick={going(() => history.forward())}
      >
        <Icon name="go" />
      </Tool>
      <Tool name="Back to the selected frame" disabled={home === null} onClick={going(leaveCode)}>
        <Icon name="stack" />
      </Tool>
      <GoToField {...props} base={base} code={code} />
      <FindField {...props} />
      <span className="grow" />
      <label className="code-base">
        <span className="code-wide">Offsets from</span>
        <select
          className="select"
          aria-label="Offsets from"
          value={base}
          onChange={(event) => {
            const chosen = OFFSET_BASES.find((one) => one === event.target.value);
            if (chosen !== undefined) setOffsetBase(chosen);
          }}
        >
          {OFFSET_BASES.map((one) => (
            <option key={one} value={one}>
              {BASE_LABELS[one]}
            </option>
          ))}
        </select>
      </label>
      <Tool name={`Copy ${counted(selected, 'line')}`} keys="Control+C" onClick={props.onCopy}>
        <Icon name="copy" />
      </Tool>
    </div>
  );
}

interface ToolProps {
  readonly name: string;
  readonly keys?: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A disabled one keeps the focus: going back to the start must not throw it out of the panel. */
function Tool({ name, keys, disabled = false, onClick, children }: ToolProps) {
  return (
    <button
      type="button"
      className="button icon-only"
      aria-label={name}
      aria-keyshortcuts={keys}
      title={keys === undefined ? name : `${name} (${keys.replace('Control', 'Ctrl').replace('Arrow', '')})`}
      aria-disabled={disabled}
      onClick={disabled ? undefined : onClick}
    >
      {children}
    </button>
  );
}

function GoToField(props: Props & { readonly base: OffsetBase }) {
  const [text, setText] = useState('');
  const messageId = useId();
  const parsed = parseGoTo(text, props.base, props.code);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      setText('');
      props.onLeave();
    }
    if (event.key !== 'Enter' || parsed.kind === 'empty') return;
    event.preventDefault();
    if (parsed.kind !== 'error') setText('');
    props.onGoTo(parsed);
  };
  return (
    <span className="code-field">
      <label className="field">
        <span>Go to</span>
        <input
          ref={props.goToRef}
          type="text"
          className="mono"
          spellCheck={false}
          autoComplete="off"
          maxLength={60}
          placeholder="+0x28, func[12]"
          value={text}
          aria-invalid={parsed.kind === 'error'}
          aria-describedby={parsed.kind === 'error' ? messageId : undefined}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <kbd>g</kbd>
      </label>
      {parsed.kind === 'error' && (
        <span id={messageId} className="code-message">
          {parsed.message}
        </span>
      )}
    </span>
  );
}

function FindField({ findRef, onFind, onLeave }: Props) {
  const [text, setText] = useState('');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onLeave();
    if (event.key !== 'Enter' || text.trim() === '') return;
    event.preventDefault();
    onFind(text, event.shiftKey ? -1 : 1);
  };
  return (
    <label className="field code-find">
      <span>Find</span>
      <input
        ref={findRef}
        type="text"
        className="mono"
        spellCheck={false}
        autoComplete="off"
        maxLength={200}
        placeholder="call $walk"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </label>
  );
}
