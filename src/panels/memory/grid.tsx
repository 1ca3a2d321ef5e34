// biome-ignore-all lint/a11y/useSemanticElements: a table of a billion rows is not built from tr and td
import {
  type CSSProperties,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import type { View } from '../../app/memory-view';
import { type ByteSelection, useStore } from '../../app/store';
import type { Address, Bytes } from '../../bytes/units';
import type { MemorySummary } from '../../session/types';
import { ByteRow } from './byte-row';
import { CURSOR_ID } from './cells';
import { copyResult } from './copy';
import { EndRow } from './end-row';
import { foldReason } from './fold-reason';
import { FoldRow } from './fold-row';
import { notFollowed, pointerUnder } from './follow';
import { HeadRow } from './head-row';
import { hitColumns } from './hits';
import { markIn } from './mark';
import { motionOf } from './motion';
import { type Hit, usePointerSelect } from './pointer-select';
import { ReadFailure } from './read-failure';
import { type RowKeys, rowKeys } from './row-keys';
import type { Side } from './row-props';
import { type Anchor, closedFoldAt, indexOf, openFoldAt, rowAt, rowRange } from './rows';
import { movedSpan, type Span, spanAt, spanned } from './spans';
import type { LoadedFolds } from './use-folds';
import { useHits } from './use-hits';
import { type KeptList, ROW_HEIGHT, useList } from './use-list';
import { useOtherPages } from './use-other-pages';
import { useLate, usePages, useReadAhead, useWanted } from './use-pages';
import { usePortions } from './use-portions';
import { cellChars, plainWidth } from './view';
import { addressDigits } from './words';

/** What the toolbar and the strip ask of the grid. */
export interface GridHandle {
  readonly focus: () => void;
  /** Shows an address without selecting it. */
  readonly peek: (address: Address) => void;
  readonly anchor: () => Anchor;
  readonly restore: (anchor: Anchor) => void;
}

export interface GridProps {
  readonly ref: Ref<GridHandle>;
  readonly memory: number;
  readonly summary: MemorySummary;
  readonly version: number;
  readonly loaded: LoadedFolds;
  readonly selection: ByteSelection | null;
  /** Grows with each jump to `selection`. */
  readonly jumps: number;
  readonly onView: (first: Address, last: Address) => void;
  readonly view: View;
  /** How the memory was left; `jumps` is up to which jump it has followed. */
  readonly kept: KeptGrid;
  readonly keep: (kept: KeptGrid) => void;
}

/** What is kept of a memory while another one is shown. */
export interface KeptGrid extends KeptList {
  readonly jumps: number;
}

/** Rows of bytes and folds: the grid "Memory". */
export function Grid(props: GridProps) {
  const { ref, memory, summary, version, loaded, selection, jumps, onView, view, kept, keep } = props;
  const { size } = summary;
  const digits = addressDigits(size);
  const scroller = useRef<HTMLDivElement>(null);
  const [side, setSide] = useState<Side>('hex');
  const { selectBytes, jump, setLive } = useStore.getState();
  const jumped = useRef(kept.jumps);
  const list = useList(size, loaded, scroller, kept, (left) => keep({ ...left, jumps: jumped.current }));
  const { space, base, virtualizer, setOpened } = list;
  const { pages, arrivals } = usePages(memory);
  const other = useOtherPages(memory);

  const items = virtualizer.getVirtualItems();
  const keys = useRef<RowKeys>({ first: 0, origin: 0 });
  keys.current = rowKeys(keys.current, base + (items[0]?.index ?? 0), items.length);
  const { origin } = keys.current;
  const waiting = usePortions(space, base, items, origin, (address) => pages.at(address) !== undefined);
  const range = virtualizer.range;
  const first = base + (range?.startIndex ?? 0);
  const last = base + (range?.endIndex ?? 0);
  const direction = virtualizer.scrollDirection;
  useWanted(pages, space, version, size, first, last, direction);
  useWanted(other.pages, space, other.version, size, first, last, direction);

  const firstAddress = rowRange(space, rowAt(space, first)).first;
  const lastAddress = rowRange(space, rowAt(space, last)).last;
  useReadAhead(memory, firstAddress, lastAddress, direction);
  // Once a frame: keys that repeat faster than frames must not draw the strip each time.
  useEffect(() => {
    const frame = requestAnimationFrame(() => onView(firstAddress, lastAddress));
    return () => cancelAnimationFrame(frame);
  }, [onView, firstAddress, lastAddress]);

  const opens = useRef(list.openAt);
  opens.current = list.openAt;
  // A jump into a fold opens it: someone who goes to an address wants to see its byte.
  useEffect(() => {
    if (jumped.current === jumps) return;
    // Nothing was jumped to yet: the first key or click that selects is no jump.
    if (selection === null) {
      jumped.current = jumps;
      return;
    }
    jumped.current = jumps;
    const { focus } = selection;
    // In the next frame: the preview of the same place may still be drawing its rows in this one.
    if (closedFoldAt(space, focus) !== null) requestAnimationFrame(() => opens.current(focus));
    else list.reveal(focus, 'third');
  }, [selection, jumps, space, list]);

  useImperativeHandle(ref, () => ({
    // It was asked for by a key (Enter after an address). WebKit shows no ring when the textbox was entered by the mouse.
    focus: () => scroller.current?.focus({ preventScroll: true, focusVisible: true }),
    peek: (address) => list.reveal(address, 'third'),
    anchor: list.anchor,
    restore: list.restore,
  }));

  const toggle = (address: Address) => {
    const open = openFoldAt(space, address);
    if (open === null) setOpened((opened) => [...opened, address]);
    else setOpened((opened) => opened.filter((at) => at < open.address || at >= open.address + open.bytes));
  };
  const unit = side === 'hex' ? view.group : 1;
  // What a press or the first key of an extension took hold of: the selection reaches from it.
  const held = useRef<Span>({ first: 0, last: 0 });
  const select = (to: Span, extend: boolean) => {
    const hold = extend && selection !== null ? { first: selection.anchor, last: selection.anchor } : to;
    held.current = hold;
    selectBytes({ memory, ...spanned(hold, to) });
  };

  const pointer = usePointerSelect(
    scroller,
    (hit: Hit, shift) => {
      if (hit.kind === 'byte') {
        setSide(hit.side);
        select(spanAt(hit.address, hit.bytes, size), shift);
        return true;
      }
      if (shift) select(hit, true);
      else {
        select({ first: hit.first, last: hit.first }, false);
        toggle(hit.first);
      }
      return false;
    },
    (hit) => {
      const to = spanned(held.current, hit.kind === 'byte' ? spanAt(hit.address, hit.bytes, size) : hit);
      if (to.focus !== selection?.focus) selectBytes({ memory, ...to });
    },
  );

  const enter = async (cursor: Address) => {
    const fold = closedFoldAt(space, cursor) ?? openFoldAt(space, cursor);
    if (fold !== null) return toggle(cursor);
    const found = await pointerUnder(memory, cursor, size, summary.declaration.memory64 ? 8 : 4);
    if (found.kind === 'pointer') jump(memory, found.target);
    else setLive(notFollowed(found, memory, size));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const command = event.ctrlKey || event.metaKey;
    if (event.altKey) return;
    const motion = motionOf(event.key, command);
    if (motion !== null) {
      const page = Math.floor((virtualizer.scrollRect?.height ?? 0) / ROW_HEIGHT);
      const begins = selection === null && !command;
      const cursor = selection?.focus ?? 0;
      const to = begins ? spanAt(firstAddress, unit, size) : movedSpan(space, cursor, motion, page, unit);
      select(to, event.shiftKey);
      list.reveal(to.first, 'nearest');
    } else if (event.key === 'Escape' && selection !== null) selectBytes(null);
    else if (event.key === 'x' && !command) setSide(side === 'hex' ? 'text' : 'hex');
    else if (event.key === 'c' && command && selection !== null)
      void copyResult(selection, size).then(setLive);
    else if (event.key === 'c' && !command && selection !== null) useStore.getState().openCopyMenu();
    else if (event.key === 'Enter' && !command && selection !== null)
      void enter(selection.focus).catch((error: unknown) => setLive(String(error)));
    else return;
    event.preventDefault();
  };

  const low = selection === null ? -1 : Math.min(selection.anchor, selection.focus);
  const high = selection === null ? -1 : Math.max(selection.anchor, selection.focus);
  const current = selection === null || selection.focus >= size ? -1 : indexOf(space, selection.focus);
  const late = useLate(
    items.some((item) => {
      const row = rowAt(space, base + item.index);
      return row.kind === 'bytes' && pages.at(row.address) === undefined;
    }),
  );
  const failure = pages.failure;
  const hits = useHits(memory);
  const marked = useStore((state) => (state.marked?.memory === memory ? state.marked : null));
  return (
    <div className="mem-grid" data-arrivals={arrivals} style={sizes(view, space.rowBytes)}>
      <HeadRow rowBytes={space.rowBytes} view={view} />
      {failure !== null && <ReadFailure message={failure} retry={() => pages.retry()} />}
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label="Memory"
        aria-rowcount={space.rows > 2 ** 31 - 1 ? -1 : space.rows}
        aria-multiselectable="true"
        aria-activedescendant={
          current >= 0 && items.some((item) => base + item.index === current) ? CURSOR_ID : undefined
        }
        className={late ? 'mem-scroll mem-late' : 'mem-scroll'}
        onKeyDown={onKeyDown}
        {...pointer}
      >
        <div className="mem-space" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rowAt(space, base + item.index);
            if (row.kind === 'end')
              return <EndRow key="end" address={row.address} top={item.start} digits={digits} />;
            const bounds = rowRange(space, row);
            const chosen = low <= bounds.last && high >= bounds.first;
            if (row.kind === 'fold')
              return (
                <FoldRow
                  key={`fold ${row.address}`}
                  address={row.address}
                  bytes={row.bytes}
                  state={row.state}
                  open={row.open}
                  reason={foldReason(row.state, summary)}
                  top={item.start}
                  rowBytes={space.rowBytes}
                  digits={digits}
                  selected={chosen && !row.open}
                  current={current === base + item.index}
                />
              );
            const key = base + item.index - origin;
            const page = waiting.has(key) ? undefined : pages.at(row.address);
            return (
              <ByteRow
                key={key}
                address={row.address}
                top={item.start}
                rowBytes={space.rowBytes}
                digits={digits}
                page={page}
                late={late && page === undefined && !waiting.has(key)}
                other={other.version === null ? undefined : other.pages.at(row.address)}
                size={size}
                from={chosen ? Math.max(0, low - row.address) : -1}
                to={chosen ? Math.min(space.rowBytes - 1, high - row.address) : -1}
                cursor={
                  selection !== null && current === base + item.index ? selection.focus - row.address : -1
                }
                side={side}
                view={view}
                hits={hitColumns(hits, row.address, space.rowBytes)}
                {...markIn(marked, row.address, space.rowBytes)}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** What the style sheet cannot work out: how wide a number's cell is, and all plain cells of a row. */
function sizes(view: View, rowBytes: Bytes): CSSProperties {
  return { ['--chars' as string]: cellChars(view), ['--plain' as string]: `${plainWidth(rowBytes)}px` };
}
