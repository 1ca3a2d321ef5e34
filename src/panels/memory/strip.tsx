import { memo, type PointerEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { session } from '../../app/session';
import type { Address } from '../../bytes/units';
import type { MemorySummary, Strip as StripData } from '../../session/types';
import { grouped } from '../../ui/numbers';
import { stateWord } from './byte-state';
import {
  addressAt,
  boxAtY,
  STRIP_RUNS,
  type StripBox,
  stripBoxes,
  stripLabels,
  viewOutline,
} from './strip-layout';
import { useElementSize } from './use-element-size';
import { address0x, addressDigits, byteCount, hexAddress, runLength } from './words';

export interface StripProps {
  readonly memory: number;
  readonly summary: MemorySummary;
  readonly version: number;
  readonly view: { readonly first: Address; readonly last: Address };
  readonly onGo: (address: Address) => void;
}

const LABEL_HEIGHT = 13;

/** The coverage of the whole memory beside the grid: small captured regions stay visible beside huge gaps. */
export function Strip({ memory, summary, version, view, onGo }: StripProps) {
  const bed = useRef<HTMLDivElement>(null);
  const { height } = useElementSize(bed);
  const strip = useStrip(memory, version, height);
  const boxes = useMemo(
    () => (strip === null ? [] : stripBoxes(strip.runs, strip.exact, height)),
    [strip, height],
  );
  const { hover, handlers } = useStripPointer(bed, boxes, onGo);
  const outline = viewOutline(boxes, view.first, view.last, height);
  const hovered = hover === null ? null : boxAtY(boxes, hover);
  const digits = addressDigits(summary.size);
  return (
    <div className={summary.size > 0x100_0000 ? 'mem-strip mem-strip-far' : 'mem-strip'}>
      <div className="mem-strip-head" title="Heights are logarithmic, so that small regions stay visible">
        Coverage
      </div>
      <div
        ref={bed}
        className="mem-strip-bed"
        role="img"
        aria-label={`Coverage of memory ${memory}: ${grouped(summary.counts.captured)} of ${byteCount(summary.size)} captured in ${grouped(summary.segments)} segments`}
        {...handlers}
      >
        <Boxes boxes={boxes} />
        {boxes.length > 0 && <div className="mem-strip-view" style={outline} />}
        {hovered !== null && hover !== null && (
          <div
            className="mem-strip-tip"
            style={{ top: Math.min(Math.max(0, hover - 10), Math.max(0, height - 40)) }}
          >
            <b>{stateWord(hovered.state)}</b> {runLength(hovered.end - hovered.start)}
            <br />
            <code>
              {address0x(hovered.start, digits)} to {address0x(hovered.end - 1, digits)}
            </code>
          </div>
        )}
      </div>
    </div>
  );
}

/** The runs and their labels: drawn again only when they change, not while scrolling. */
const Boxes = memo(function Boxes({ boxes }: { readonly boxes: readonly StripBox[] }) {
  const labels = stripLabels(boxes, LABEL_HEIGHT);
  return (
    <>
      <div className="mem-strip-column">
        {boxes.map((box) => (
          <div
            key={box.start}
            className={`mem-run-${box.state}`}
            style={{ top: box.top, height: box.height }}
          />
        ))}
      </div>
      {labels.map((label) => (
        <span key={label.address} className="mem-strip-label" style={{ top: label.y }}>
          {hexAddress(label.address, 1)}
        </span>
      ))}
    </>
  );
});

/** The strip's runs: each one true run where they are few, else one piece a pixel. The last one stays until the next is here. */
function useStrip(memory: number, version: number, height: number): StripData | null {
  const [strip, setStrip] = useState<StripData | null>(null);
  const pixels = Math.floor(height);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version has other runs
  useEffect(() => {
    if (pixels < 1) return;
    let current = true;
    const load = async () => {
      const few = await session().strip(memory, STRIP_RUNS);
      const found = few.exact || !current ? few : await session().strip(memory, pixels);
      if (current) setStrip(found);
    };
    // Without the strip the grid still says everything; the session's own failure is told by the grid and the page.
    load().catch(() => setStrip(null));
    return () => {
      current = false;
    };
  }, [memory, version, pixels]);
  return strip;
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
