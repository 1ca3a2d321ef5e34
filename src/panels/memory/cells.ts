import { CAPTURED, LOST, MISSING, OUTSIDE, PENDING, ZERO } from './byte-state';

/** The id of the cell (or fold row) that the cursor is on: the grid's active descendant. */
export const CURSOR_ID = 'memory-cursor';

/** The classes that draw a state (memory-rows.css). */
export const STATE_CLASSES: Readonly<Record<number, string>> = {
  [CAPTURED]: '',
  [ZERO]: 'e',
  [MISSING]: 'q',
  [LOST]: 'l',
  [OUTSIDE]: 'o',
  [PENDING]: 'k',
};
