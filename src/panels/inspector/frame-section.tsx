import { lazy, Suspense } from 'react';
import { codeOffsetText, functionName, moduleName } from '../../app/names';
import { isMemory64, pointerMemory } from '../../app/pointers';
import { type FrameRef, type PickedValue, useStore } from '../../app/store';
import { LINK_FROM, pointerOf, valueText } from '../../app/values';
import type { Frame, Value } from '../../coredump/model';
import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { counted, grouped } from '../../ui/numbers';
import { PointerLink } from '../pointers/pointer-link';
import { FramePlace } from './frame-place';
import { placeholders, whyEmpty } from './placeholders';

const SourceExcerpt = lazy(async () => ({ default: (await import('../source/excerpt')).SourceExcerpt }));

/** Values drawn: a hostile frame can claim thousands; the rest is counted. */
const SHOWN = 1000;

export function FrameSection({ snapshot }: { readonly snapshot: Snapshot }) {
  const selected = useStore((state) => state.frame);
  const thread = selected === null ? undefined : snapshot.dump.threads[selected.thread];
  const frame = selected === null ? undefined : thread?.frames[selected.frame];
  if (selected === null || frame === undefined) {
    return (
      <section className="inspector-part" aria-label="Frame">
        <h2 className="section-head">Frame</h2>
        <p className="note">{noFrame(snapshot)}</p>
      </section>
    );
  }
  const name = functionName(snapshot, selected);
  const doubtful = snapshot.names.frames[selected.thread]?.[selected.frame]?.doubtful ?? false;
  const made = placeholders(snapshot.producer.name, thread?.layout ?? null, selected.frame, frame.locals);
  const empty = whyEmpty(snapshot.producer.name);
  const unwritten = frame.locals.length === 0 && frame.stack.length === 0 ? empty.why : null;
  return (
    <section className="inspector-part" aria-label="Frame">
      <h2 className="inspector-head">
        <span className="quiet">Frame {selected.frame}</span> <span className="mono clip">{name}</span>
        <span className="grow" />
        <span className="quiet mono small">
          func[{frame.function}] {codeOffsetText(snapshot, selected)}
        </span>
      </h2>
      {(snapshot.names.frames[selected.thread]?.[selected.frame]?.lines.length ?? 0) > 0 && (
        <Suspense>
          <SourceExcerpt snapshot={snapshot} frame={selected} />
        </Suspense>
      )}
      <p className="note">
        {instanceText(snapshot, frame)}
        {doubtful && ' Its name comes from a module that fits this dump poorly.'}
      </p>
      <FramePlace snapshot={snapshot} at={selected} />
      <Values
        title="Locals"
        kind="local"
        snapshot={snapshot}
        at={selected}
        values={frame.locals}
        empty={empty.what}
        placeholders={made}
      />
      <Values
        title="Operand stack"
        kind="operand"
        snapshot={snapshot}
        at={selected}
        values={frame.stack}
        empty={empty.what}
        placeholders={0}
      />
      {unwritten !== null && <p className="note">{unwritten}</p>}
      {made > 0 && (
        <p className="note">
          The rewriter keeps parameters of the trapping frame only; elsewhere it writes 669, 670, and so on.
        </p>
      )}
      {snapshot.producer.name === 'wasmedge' && frame.locals.length > 0 && (
        <p className="note">WasmEdge writes the low 4 bytes of each value, tagged i32 whatever its type.</p>
      )}
    </section>
  );
}

function noFrame(snapshot: Snapshot): string {
  if (snapshot.dump.file.kind !== 'coredump') return 'This file has no stack: it opened as a memory image.';
  if (snapshot.dump.threads.length === 0) return 'No stack: the file has no corestack section.';
  return `No frame: ${counted(snapshot.dump.threads.length, 'thread')}, 0 frames.`;
}

function instanceText(snapshot: Snapshot, frame: Frame): string {
  if (frame.instance === null) return 'This layout does not say which instance ran.';
  const instance = snapshot.dump.instances[frame.instance];
  if (instance === undefined) return `Instance ${grouped(frame.instance)} is not in this dump.`;
  if (instance.implicit) return 'The dump lists no instances; one is assumed.';
  return `Instance ${frame.instance} of ${moduleName(snapshot, instance.module)}.`;
}

interface ValuesProps {
  readonly title: string;
  readonly kind: 'local' | 'operand';
  readonly snapshot: Snapshot;
  readonly at: FrameRef;
  readonly values: readonly Value[];
  readonly empty: string;
  readonly placeholders: number;
}

function Values({ title, kind, snapshot, at, values, empty, placeholders: made }: ValuesProps) {
  const names = kind === 'local' ? (snapshot.names.frames[at.thread]?.[at.frame]?.locals ?? []) : [];
  if (values.length === 0) {
    return (
      <p className="empty-values">
        {title}: <span className="quiet">{empty}</span>
      </p>
    );
  }
  return (
    <>
      <h3 className="section-head">
        {title} <span className="count">{grouped(values.length)}</span>
      </h3>
      <table className="values" aria-label={title}>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{kind === 'local' ? 'Local' : 'Slot'}</th>
            <th scope="col">Type</th>
            <th scope="col">Value</th>
            <th scope="col">Hex</th>
          </tr>
        </thead>
        <tbody>
          {values.slice(0, SHOWN).map((value, index) => (
            <ValueRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a local is its index
              key={index}
              name={names[index] ?? null}
              value={value}
              placeholder={index < made}
              picked={{ kind, frame: at, index }}
              snapshot={snapshot}
            />
          ))}
        </tbody>
      </table>
      {values.length > SHOWN && (
        <p className="note">
          {grouped(SHOWN)} of {grouped(values.length)} shown.
        </p>
      )}
    </>
  );
}

interface RowProps {
  readonly name: string | null;
  readonly value: Value;
  readonly placeholder: boolean;
  readonly picked: Extract<PickedValue, { kind: 'local' | 'operand' }>;
  readonly snapshot: Snapshot;
}

function ValueRow({ name, value, placeholder, picked, snapshot }: RowProps) {
  const memory = useStore(pointerMemory);
  const pick = useStore((state) => state.pick);
  const on = useStore(
    ({ picked: now }) => now !== null && now.kind === picked.kind && now.index === picked.index,
  );
  const label = name === null || name === '' ? String(picked.index) : visible(name, 60);
  const text = valueText(value);
  const pointer = placeholder ? null : pointerOf(value, isMemory64(snapshot, memory));
  const link = pointer !== null && pointer >= LINK_FROM && memory < snapshot.memories.length;
  return (
    <tr className={on ? 'picked' : undefined}>
      <th scope="row">
        <button type="button" className="pick" aria-pressed={on} onClick={() => pick(picked)}>
          {label}
        </button>
      </th>
      <td className="quiet">{value.type === 'missing' ? '' : value.type}</td>
      {placeholder && text.known ? (
        <td colSpan={2} className="quiet">
          <span className="tag dashed">placeholder {text.decimal}</span> not a value
        </td>
      ) : text.known ? (
        <>
          <td className="end">{text.decimal}</td>
          <td className="quiet">
            {link ? <PointerLink memory={memory} address={pointer} says="word" /> : text.hex}
          </td>
        </>
      ) : (
        <td colSpan={2} className="warn-text">
          {text.reason}
        </td>
      )}
    </tr>
  );
}
