import { session } from '../../app/session';
import { useStore } from '../../app/store';
import type { FileOffset } from '../../bytes/units';
import type { SegmentRow } from '../../session/types';
import type { Place } from './place';

/** Shows a place: selects the frame, the bytes, or the row of its list. */
export async function goToPlace(place: Place, segmentCount: number): Promise<void> {
  const state = useStore.getState();
  switch (place.kind) {
    case 'frame':
      state.selectFrame(place.frame);
      state.showPane('left');
      return;
    case 'globals':
      state.showDrawer('globals');
      return;
    case 'section':
      state.showSection(place.section);
      return;
    case 'data': {
      const found = await segmentAt(place.offset, segmentCount, fetchSegment);
      if (found === null) state.showSection(place.section);
      else state.jump(found.memory, found.address);
      return;
    }
    case 'none':
      return;
  }
}

async function fetchSegment(index: number): Promise<SegmentRow | null> {
  const [row] = await session().segments(index, 1);
  return row ?? null;
}

/**
 * The memory address of a byte of the data section: the segment in which it lies is found by halving, since segments
 * come in the file's order. null where no placed segment holds it.
 */
export async function segmentAt(
  offset: FileOffset,
  count: number,
  fetch: (index: number) => Promise<SegmentRow | null>,
): Promise<{ readonly memory: number; readonly address: number } | null> {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = await fetch(middle);
    if (row === null) return null;
    if (offset < row.fileOffset) high = middle;
    else if (offset >= row.fileOffset + row.length) low = middle + 1;
    else if (row.memory === null || row.address === null) return null;
    else return { memory: row.memory, address: row.address + (offset - row.fileOffset) };
  }
  return null;
}
