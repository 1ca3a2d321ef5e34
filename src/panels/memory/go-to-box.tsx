import { type KeyboardEvent, type Ref, useId, useState } from 'react';
import { useStore } from '../../app/store';
import type { Address } from '../../bytes/units';
import { type GoTo, type GoToContext, parseGoTo } from './go-to';
import { usePreview } from './use-preview';
import { address0x, addressDigits } from './words';

export interface GoToBoxProps {
  readonly ref: Ref<HTMLInputElement>;
  readonly context: GoToContext;
  /** Shown while nothing is typed; null where no byte is selected. */
  readonly at: Address | null;
  /** The view follows what is typed… */
  readonly onPreview: (address: Address) => void;
  /** …and comes back on Escape. */
  readonly onCancel: () => void;
  readonly onDone: () => void;
}

/** The textbox "Go to": says while one types what it will show, goes with Enter, comes back with Escape. */
export function GoToBox({ ref, context, at, onPreview, onCancel, onDone }: GoToBoxProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const inputId = useId();
  const previewId = useId();
  const { jump, setLive } = useStore.getState();
  const parsed: GoTo = draft === null ? { kind: 'empty' } : parseGoTo(draft, context);
  const preview = usePreview(context, parsed);
  const shown = draft ?? (at === null ? '' : address0x(at, addressDigits(context.size)));

  const type = (text: string) => {
    setDraft(text);
    const next = parseGoTo(text, context);
    if (next.kind === 'place') onPreview(next.address);
  };
  const leave = () => {
    setDraft(null);
    onCancel();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      leave();
      onDone();
      return;
    }
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const target = draft === null && at !== null ? parseGoTo(shown, context) : parsed;
    if (target.kind === 'error') setLive(target.message);
    if (target.kind !== 'place') return;
    setDraft(null);
    jump(context.memory, target.address, target.length);
    onDone();
  };

  return (
    <div className="mem-go-to">
      <div className="mem-field">
        <label htmlFor={inputId}>Go to</label>
        <input
          ref={ref}
          id={inputId}
          type="text"
          size={10}
          spellCheck={false}
          autoComplete="off"
          value={shown}
          maxLength={400}
          aria-invalid={parsed.kind === 'error'}
          aria-describedby={preview === null ? undefined : previewId}
          onFocus={(event) => event.target.select()}
          onChange={(event) => type(event.target.value)}
          onBlur={() => draft !== null && leave()}
          onKeyDown={onKeyDown}
        />
        <span className="mem-key" aria-hidden="true">
          g
        </span>
      </div>
      {preview !== null && (
        <p id={previewId} className={parsed.kind === 'error' ? 'mem-preview mem-preview-bad' : 'mem-preview'}>
          {preview}
        </p>
      )}
    </div>
  );
}
