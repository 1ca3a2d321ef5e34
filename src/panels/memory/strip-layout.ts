import { partition } from '../../bytes/partition';
import type { Address } from '../../bytes/units';
import type { RunState, StateRun } from '../../coredump/model';

/** More runs than this merge to pixels: below 2 pixels each, heights no longer tell lengths apart. */
export const STRIP_RUNS = 150;

/** A box of the strip: a run and where it is drawn, in pixels. */
export interface StripBox {
  readonly start: Address;
  readonly end: Address;
  readonly state: RunState;
  readonly top: number;
  readonly height: number;
}

/** A label beside the strip. */
export interface StripLabel {
  readonly address: Address;
  readonly y: number;
}

const LEAST_HEIGHT = 2;

/**
 * The boxes of all runs over `height` pixels, in order, without holes. Exact runs are as high as the logarithm of their
 * length, so that one byte stays visible beside gigabytes; merged ones are as high as they are long, each pixel a piece.
 */
export function stripBoxes(runs: readonly StateRun[], exact: boolean, height: number): readonly StripBox[] {
  const weights = runs.map((run) => (exact ? Math.log2(2 + run.end - run.start) : run.end - run.start));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0 || height <= 0) return [];
  const least = exact ? Math.min(LEAST_HEIGHT, height / runs.length) : 0;
  const spare = height - least * runs.length;
  let top = 0;
  return runs.map((run, index) => {
    const share = least + (spare * (weights[index] ?? 0)) / sum;
    const box = { start: run.start, end: run.end, state: run.state, top, height: share };
    top += share;
    return box;
  });
}

/** The pixel of an address: linear inside its box. Before the first box 0, after the last the bottom. */
export function yOf(boxes: readonly StripBox[], address: Address): number {
  const box = boxAt(boxes, (candidate) => candidate.start <= address);
  if (box === null) return 0;
  const part = Math.min(1, (address - box.start) / Math.max(1, box.end - box.start));
  return box.top + part * box.height;
}

/** The address at a pixel; always inside the memory when it has a byte. */
export function addressAt(boxes: readonly StripBox[], y: number): Address {
  const box = boxAt(boxes, (candidate) => candidate.top <= y) ?? boxes[0] ?? null;
  if (box === null) return 0;
  const part = Math.max(0, Math.min(1, (y - box.top) / box.height));
  return Math.min(box.end - 1, box.start + Math.floor(part * (box.end - box.start)));
}

/** The box at a pixel, or null beside the strip. */
export function boxAtY(boxes: readonly StripBox[], y: number): StripBox | null {
  const last = boxes.at(-1);
  if (last === undefined || y < 0 || y > last.top + last.height) return null;
  return boxAt(boxes, (candidate) => candidate.top <= y);
}

/** The outline of what is in view, at least 4 pixels high and inside the strip. */
export function viewOutline(
  boxes: readonly StripBox[],
  first: Address,
  last: Address,
  height: number,
): { readonly top: number; readonly height: number } {
  const from = yOf(boxes, first);
  const to = yOf(boxes, last + 1);
  const tall = Math.max(4, Math.min(height, to - from));
  return { top: Math.max(0, Math.min(from, height - tall)), height: tall };
}

/** Labels where captured runs start, the upper one wins where two would touch. */
export function stripLabels(boxes: readonly StripBox[], lineHeight: number): readonly StripLabel[] {
  const labels: StripLabel[] = [];
  for (const box of boxes) {
    const above = labels.at(-1);
    if (box.state !== 'captured' || (above !== undefined && box.top - above.y < lineHeight)) continue;
    labels.push({ address: box.start, y: box.top });
  }
  return labels;
}

/** The last box that a predicate, true up to some box and false after it, accepts. */
function boxAt(boxes: readonly StripBox[], accepts: (box: StripBox) => boolean): StripBox | null {
  const low = partition(boxes.length, (at) => {
    const box = boxes[at];
    return box !== undefined && accepts(box);
  });
  return boxes[low - 1] ?? null;
}
