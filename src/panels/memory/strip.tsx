import {
  memo,
  type PointerEvent,
  type Ref,
  type RefObject,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { runOf, useCompare } from '../../app/compare';
import { pointerMemory } from '../../app/pointers';
import { useStore } from '../../app/store';
import type { Address } from '../../bytes/units';
import type { MemorySummary, NamedSegment, Snapshot } from '../../session/types';
import { grouped } from '../../ui/numbers';
import { stateWord } from './byte-state';
import { StripCanvas } from './strip-canvas';
import { stripMarks } from './strip-context';
import { addressAt, boxAtY, type StripBox, stripBoxes, stripLabels, viewOutline, yOf } from './strip-layout';
import { markLines, type PlacedMark, placeHits, placeMarks } from './strip-marks';
import { useElementSize } from './use-element-size';
import { useRegions } from './use-regions';
import { useStrip } from './use-strip';
import { address0x, addressDigits, byteCount, hexAddress, runLength } from './words';

/** What the grid tells the strip: not by the parent's state, or each scrolled row would draw the grid again. */
export interface StripHandle {
  readonly view: (first: Address, last: Address) => void;
}

export interface StripProps {
  readonly ref: Ref<StripHandle>;
  readonly memory: number;
  readonly snapshot: Snapshot;
  readonly summary: MemorySummary;
  readonly segments: readonly NamedSegment[];
  readonly onGo: (address: Address) => void;
}

const LABEL_HEIGHT = 13;
const TIP_MARKS = 4;

/** The coverage of the whole memory beside the grid: small captured regions stay visible beside huge gaps. */
export function Strip({ ref, memory, snapshot, summary, segments, onGo }: StripProps) {
  const bed = useRef<HTMLDivElement>(null);
  const { height } = useElementSize(bed);
  const strip = useStrip(memory, snapshot.version, height);
  const boxes = useMemo(
    () => (strip === null ? [] : stripBoxes(strip.runs, strip.exact, height)),
    [strip, height],
  );
  const marks = useMarks(boxes, memory, snapshot, summary, segments);
  const [view, setView] = useState({ first: 0, last: 0 });
  useImperativeHandle(ref, () => ({ view: (first, last) => setView({ first, last }) }), []);
  const seen = useRef(view);
  seen.current = view;

  const { size } = summary;
  const digits = addressDigits(size);
  const further = (address: Address, parts: number) => addressAt(boxes, yOf(boxes, address) + parts * height);
  const regions = useRegions(memory, size, () => seen.current.first, further, onGo);
  const { hover, handlers } = useStripPointer(bed, boxes, (address) => {
    regions.forget();
    onGo(address);
  });
  const hovered = hover === null ? null : boxAtY(boxes, hover);
  const lines = hover === null ? [] : markLines(marks, hover, digits, TIP_MARKS);
  return (
    <div className={size > 0x100_0000 ? 'mem-strip mem-strip-far' : 'mem-strip'}>
      <div className="mem-strip-head" title="Heights are logarithmic, so that small regions stay visible">
        Coverage
      </div>
      <div
        ref={bed}
        className="mem-strip-bed"
        role="slider"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={`Coverage of memory ${memory}: ${grouped(summary.counts.captured)} of ${byteCount(size)} captured in ${grouped(summary.segments)} segments`}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, size - 1)}
        aria-valuenow={view.first}
        aria-valuetext={viewText(boxes, view, digits)}
        onKeyDown={regions.onKeyDown}
        onBlur={regions.forget}
        {...handlers}
      >
        {boxes.length > 0 && <StripCanvas boxes={boxes} marks={marks} height={height} />}
        <Labels boxes={boxes} />
        {boxes.length > 0 && (
          <div className="mem-strip-view" style={viewOutline(boxes, view.first, view.last, height)} />
        )}
        {boxes.length > 0 && <Selected boxes={boxes} memory={memory} />}
        {hovered !== null && hover !== null && (
          <div
            className="mem-strip-tip"
            style={{ top: Math.min(Math.max(0, hover - 10), Math.max(0, height - 40 - 16 * lines.length)) }}
          >
            <b>{stateWord(hovered.state)}</b> {runLength(hovered.end - hovered.start)}
            <br />
            <code>
              {address0x(hovered.start, digits)} to {address0x(hovered.end - 1, digits)}
            </code>
            {lines.map((line) => (
              <div key={line}>{line}</div>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

/** What is in view, as it is read aloud: the range and what begins it. */
function viewText(
  boxes: readonly StripBox[],
  view: { readonly first: Address; readonly last: Address },
  digits: number,
): string {
  const range = `${address0x(view.first, digits)} to ${address0x(view.last, digits)}`;
  const states = new Set(
    boxes.filter((box) => box.start <= view.last && box.end > view.first).map((box) => stateWord(box.state)),
  );
  return states.size === 0 ? range : `${range}, ${[...states].join(' and ')}`;
}

/** Labels where captured runs start: drawn again only when the runs change, not while scrolling. */
const Labels = memo(function Labels({ boxes }: { readonly boxes: readonly StripBox[] }) {
  return stripLabels(boxes, LABEL_HEIGHT).map((label) => (
    <span key={label.address} className="mem-strip-label" style={{ top: label.y }}>
      {hexAddress(label.address, 1)}
    </span>
  ));
});

const NO_HITS: readonly Address[] = [];

/** The selection: moved by every key, so it is no part of the canvas. */
function Selected({ boxes, memory }: { readonly boxes: readonly StripBox[]; readonly memory: number }) {
  const bytes = useStore((state) => state.bytes);
  if (bytes?.memory !== memory) return null;
  const top = yOf(boxes, Math.min(bytes.anchor, bytes.focus));
  const bottom = yOf(boxes, Math.max(bytes.anchor, bytes.focus) + 1);
  return <div className="mem-strip-selected" style={{ top: top - 1, height: Math.max(2, bottom - top) }} />;
}

function useMarks(
  boxes: readonly StripBox[],
  memory: number,
  snapshot: Snapshot,
  { size }: MemorySummary,
  segments: readonly NamedSegment[],
): readonly PlacedMark[] {
  const frame = useStore((state) => state.frame);
  const hits = useStore((state) => (state.hitsMemory === memory ? state.hits : NO_HITS));
  const pointers = useStore(pointerMemory);
  const differences = useCompare((state) => runOf(state, snapshot.id, memory)?.ranges.starts ?? NO_HITS);
  const placedHits = useMemo(
    () => [...placeHits(boxes, hits, size), ...placeHits(boxes, differences, size, 'difference')],
    [boxes, hits, differences, size],
  );
  return useMemo(() => {
    const found = stripMarks(snapshot, memory, segments, frame, pointers);
    return [...placedHits, ...placeMarks(boxes, found, size)];
  }, [placedHits, boxes, snapshot, memory, segments, frame, pointers, size]);
}

/** Click and drag go to the address at the pointer; hovering says what is there. */
function useStripPointer(
  bed: RefObject<HTMLDivElement | null>,
  boxes: readonly StripBox[],
  onGo: (address: Address) => void,
) {
  const [hover, setHover] = useState<number | null>(null);
  const yIn = (event: PointerEvent) => event.clientY - (bed.current?.getBoundingClientRect().top ?? 0);
  const go = (event: PointerEvent) => boxes.length > 0 && onGo(addressAt(boxes, yIn(event)));
  return {
    hover,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        setHover(yIn(event));
        if (event.currentTarget.hasPointerCapture(event.pointerId)) go(event);
      },
      onPointerLeave: () => setHover(null),
    },
  };
}
