import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { isMemory64 } from '../../app/pointers';
import {
  queryOf,
  resumeSearch,
  type SearchForm,
  type SearchRun,
  setForm,
  startSearch,
  stepHit,
  stopSearch,
  useSearch,
} from '../../app/search';
import { useStore } from '../../app/store';
import { compileQuery } from '../../memory/search/query';
import type { Snapshot } from '../../session/types';
import { Icon } from '../../ui/icon';
import { hitsText } from './words';

const KINDS: readonly {
  readonly kind: SearchForm['kind'];
  readonly label: string;
  readonly example: string;
}[] = [
  { kind: 'text', label: 'Text', example: 'arena_head' },
  { kind: 'hex', label: 'Hex bytes', example: '48 ?? 6c' },
  { kind: 'integer', label: 'Integer', example: '65440 or 0xffa0' },
  { kind: 'float', label: 'Float', example: '3.14 ± 0.01' },
  { kind: 'pointers', label: 'Pointers to', example: '0x11130 or 0x11130..0x1117f' },
  { kind: 'expression', label: 'Regular expression', example: 'key=\\d+' },
];

interface Props {
  readonly snapshot: Snapshot;
  readonly run: SearchRun | null;
  readonly hits: number;
}

/** What to look for, and how far the search is. */
export function SearchBar({ snapshot, run, hits }: Props) {
  const form = useSearch((state) => state.form);
  const memory = useStore((state) => state.memory);
  const problemId = useId();
  const box = useFocusOnDemand();
  const kind = KINDS.find((one) => one.kind === form.kind);
  const query = queryOf(form, isMemory64(snapshot, memory));
  const compiled = form.text === '' ? null : compileQuery(query);
  const problem = compiled?.kind === 'problem' ? compiled.message : null;
  const zeros = (snapshot.memories[memory]?.counts.zero ?? 0) > 0 && form.kind !== 'expression';

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const same =
      run !== null && run.request.memory === memory && sameQuery(run.request, { query, zeros: form.zeros });
    if (!same || !stepHit(event.shiftKey ? -1 : 1)) startSearch();
  };
  return (
    <search className="search-bar" aria-label="Search the memory">
      <select
        className="select"
        aria-label="Search for"
        value={form.kind}
        onChange={({ target }) => {
          const next = KINDS.find((one) => one.kind === target.value);
          if (next !== undefined) setForm({ kind: next.kind });
        }}
      >
        {KINDS.map((one) => (
          <option key={one.kind} value={one.kind}>
            {one.label}
          </option>
        ))}
      </select>
      <label className="field">
        <Icon name="search" small />
        <input
          ref={box}
          type="search"
          aria-label={`Search memory ${memory}`}
          placeholder={kind?.example}
          value={form.text}
          spellCheck={false}
          autoComplete="off"
          maxLength={200_000}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : problemId}
          aria-keyshortcuts="Control+F"
          onChange={({ target }) => setForm({ text: target.value })}
          onKeyDown={onKeyDown}
        />
      </label>
      <Options form={form} />
      {zeros && <Check label="Known zeros" checked={form.zeros} onChange={(on) => setForm({ zeros: on })} />}
      <State run={run} hits={hits} disabled={form.text === '' || problem !== null} />
      {problem !== null && (
        <p id={problemId} className="search-problem">
          {problem}
        </p>
      )}
    </search>
  );
}

function sameQuery(
  request: SearchRun['request'],
  now: Pick<SearchRun['request'], 'query' | 'zeros'>,
): boolean {
  return JSON.stringify([request.query, request.zeros]) === JSON.stringify([now.query, now.zeros]);
}

/** The box takes the focus, its text selected, whenever Ctrl+F asks for it: also when that is what shows it. */
function useFocusOnDemand() {
  const box = useRef<HTMLInputElement>(null);
  const wish = useStore((state) => state.focusSearch);
  const answered = useRef(answeredBefore);
  useEffect(() => {
    if (wish === answered.current) return;
    answered.current = wish;
    answeredBefore = wish;
    box.current?.focus();
    box.current?.select();
  }, [wish]);
  return box;
}
let answeredBefore = 0;

function State({
  run,
  hits,
  disabled,
}: {
  readonly run: SearchRun | null;
  readonly hits: number;
  readonly disabled: boolean;
}) {
  const state = run?.update.state ?? null;
  const text = run === null ? '' : hitsText(hits, run.request, run.update);
  return (
    <div className="search-state">
      {state === 'running' ? (
        <button type="button" className="button edge" onClick={stopSearch}>
          <Icon name="stop" small />
          Stop
        </button>
      ) : (
        <button type="button" className="button edge" disabled={disabled} onClick={startSearch}>
          Search
        </button>
      )}
      <p
        className={state === 'failed' ? 'warn-text' : undefined}
        role={state === 'running' ? undefined : 'status'}
      >
        {text}
      </p>
      {(state === 'limit' || state === 'stopped') && (
        <button type="button" className="button edge" onClick={resumeSearch}>
          Go on
        </button>
      )}
    </div>
  );
}

function Options({ form }: { readonly form: SearchForm }) {
  switch (form.kind) {
    case 'text':
    case 'expression':
      return (
        <>
          <Choice
            label="Encoding"
            value={form.encoding}
            options={ENCODINGS}
            onChange={(encoding) => setForm({ encoding })}
          />
          <Check
            label="Ignore case"
            checked={form.ignoreCase}
            onChange={(ignoreCase) => setForm({ ignoreCase })}
          />
        </>
      );
    case 'integer':
      return (
        <>
          <Choice
            label="Width"
            value={form.integerWidth}
            options={INTEGERS}
            onChange={(integerWidth) => setForm({ integerWidth })}
          />
          <ByteOrder form={form} />
          <Aligned form={form} />
        </>
      );
    case 'float':
      return (
        <>
          <Choice
            label="Width"
            value={form.floatWidth}
            options={FLOATS}
            onChange={(floatWidth) => setForm({ floatWidth })}
          />
          <ByteOrder form={form} />
          <Aligned form={form} />
        </>
      );
    case 'pointers':
      return <Aligned form={form} />;
    case 'hex':
      return null;
  }
}

const ENCODINGS = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'utf-16le', label: 'UTF-16' },
] as const;
const INTEGERS = [
  { value: 1, label: '8 bits' },
  { value: 2, label: '16 bits' },
  { value: 4, label: '32 bits' },
  { value: 8, label: '64 bits' },
] as const;
const FLOATS = [
  { value: 4, label: 'f32' },
  { value: 8, label: 'f64' },
] as const;

const ENDIANS = [
  { value: 'little', label: 'Little-endian' },
  { value: 'big', label: 'Big-endian' },
] as const;

function ByteOrder({ form }: { readonly form: SearchForm }) {
  return (
    <Choice
      label="Byte order"
      value={form.endian}
      options={ENDIANS}
      onChange={(endian) => setForm({ endian })}
    />
  );
}

function Aligned({ form }: { readonly form: SearchForm }) {
  return <Check label="Aligned" checked={form.aligned} onChange={(aligned) => setForm({ aligned })} />;
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function Check({ label, checked, onChange }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  );
}

interface ChoiceProps<Value extends string | number> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of a few values. */
export function Choice<Value extends string | number>({
  label,
  value,
  options,
  onChange,
}: ChoiceProps<Value>) {
  return (
    <select
      className="select"
      aria-label={label}
      value={value}
      onChange={({ target }) => {
        const chosen = options.find((option) => String(option.value) === target.value);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
