import { type ChangeEvent, useId, useRef, useState } from 'react';
import { session } from '../../app/session';
import { useStore } from '../../app/store';
import type { GapOverride, MemorySummary } from '../../session/types';
import { gapText } from './gap-text';
import { Icon } from './icons';
import { placeUnder } from './place-under';

type Choice = 'evidence' | GapOverride;

/** What gaps are, the evidence for it, and the user's word against it. */
export function GapChip({ memory, summary }: { readonly memory: number; readonly summary: MemorySummary }) {
  const popover = useRef<HTMLDivElement>(null);
  const chip = useRef<HTMLButtonElement>(null);
  const id = useId();
  const [open, setOpen] = useState(false);
  const setLive = useStore((state) => state.setLive);
  const { state, why, options, fixed } = gapText(summary);
  // Shown as chosen at once: the answer of the worker, a moment later, is the same.
  const [asked, setAsked] = useState<Choice | null>(null);
  const chosen: Choice = asked ?? summary.override ?? 'evidence';

  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const value = event.target.value as Choice;
    setAsked(value);
    session()
      .setGaps(memory, value === 'evidence' ? null : value)
      .catch((error: unknown) => setLive(error instanceof Error ? error.message : String(error)))
      .finally(() => setAsked(null));
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset lays itself out by rules of its own
    <div role="group" aria-label="Gaps" className="mem-gaps">
      <button
        ref={chip}
        type="button"
        className={summary.override === null ? 'mem-chip' : 'mem-chip mem-chip-warn'}
        popoverTarget={id}
        aria-expanded={open}
        aria-label={`Gaps are ${state} · ${why}`}
      >
        <span className={`mem-swatch mem-fold-${STATES[state] ?? 'pending'}`} />
        <span>
          Gaps are <b>{state}</b>
        </span>
        <span className="mem-chip-more">{why}</span>
        <Icon name="down" />
      </button>
      <div
        ref={popover}
        id={id}
        popover="auto"
        className="mem-popover"
        onBeforeToggle={() => placeUnder(chip.current, popover.current)}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        <p className="mem-popover-head">Bytes that no segment covers are {state}</p>
        <p className="mem-popover-why">
          {summary.override === null ? summary.evidence : `Set by you. The evidence: ${summary.evidence}`}
        </p>
        {options.map((option) => (
          <label key={option.choice} className="mem-option">
            <input
              type="radio"
              name={`${id}-gaps`}
              value={option.choice}
              checked={chosen === option.choice}
              disabled={fixed !== null && option.choice !== 'evidence'}
              onChange={choose}
            />
            <span>
              {option.label}
              {option.detail !== '' && <small>{option.detail}</small>}
            </span>
          </label>
        ))}
        {fixed !== null && <p className="mem-popover-why">{fixed}</p>}
      </div>
    </div>
  );
}

const STATES: Readonly<Record<string, string>> = { zero: 'zero-elided', missing: 'missing', lost: 'lost' };
