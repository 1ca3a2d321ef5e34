import type { RunState } from '../../coredump/model';
import type { StripBox } from './strip-layout';
import type { PlacedMark } from './strip-marks';

/** The colours of the strip, resolved: a canvas knows no custom properties. */
export interface Palette {
  readonly ground: string;
  readonly captured: string;
  readonly zero: string;
  readonly missing: string;
  readonly lost: string;
  readonly pending: string;
  readonly mark: string;
  readonly accent: string;
}

/** Left of the column, for marks; the column itself. In px; memory-strip.css has the same. */
export const GUTTER = 8;
export const COLUMN = 16;
export const CANVAS_WIDTH = GUTTER + COLUMN;

type Context = CanvasRenderingContext2D;

/** Draws runs by pattern and colour, and marks by shape. No state and no mark is told by its colour alone. */
export function drawStrip(
  context: Context,
  boxes: readonly StripBox[],
  marks: readonly PlacedMark[],
  palette: Palette,
  height: number,
): void {
  context.clearRect(0, 0, CANVAS_WIDTH, height);
  context.fillStyle = palette.ground;
  context.fillRect(GUTTER, 0, COLUMN, height);
  for (const box of boxes) drawBox(context, box, palette);
  for (const mark of marks) drawMark(context, mark, palette);
}

function drawBox(context: Context, { state, top, height }: StripBox, palette: Palette): void {
  const painters: Readonly<Partial<Record<RunState, () => void>>> = {
    captured: () => {
      context.fillStyle = palette.captured;
      // At least a pixel, and on its own pixel: between two it would be two faint ones.
      context.fillRect(
        GUTTER,
        Math.floor(top),
        COLUMN,
        Math.max(1, Math.round(top + height) - Math.floor(top)),
      );
    },
    'zero-elided': () => dots(context, top, height, palette.zero),
    missing: () => hatch(context, top, height, palette.missing, [1], 4.5),
    lost: () => hatch(context, top, height, palette.lost, [1, -1], 5),
    pending: () => {
      context.fillStyle = palette.pending;
      for (let y = 0; y < height; y += 9) context.fillRect(GUTTER, top + y, COLUMN, Math.min(6, height - y));
    },
  };
  const paint = painters[state];
  if (paint === undefined) return;
  context.save();
  context.beginPath();
  context.rect(GUTTER, top, COLUMN, Math.max(1, height));
  context.clip();
  paint();
  context.restore();
}

function dots(context: Context, top: number, height: number, colour: string): void {
  context.fillStyle = colour;
  // On one raster over the whole strip, so that neighbours do not shift against each other.
  for (let y = Math.floor(top / 4) * 4 + 1; y < top + height; y += 4)
    for (let x = GUTTER + 1; x < CANVAS_WIDTH; x += 4) context.fillRect(x, y, 1.5, 1.5);
}

function hatch(
  context: Context,
  top: number,
  height: number,
  colour: string,
  slopes: readonly (1 | -1)[],
  step: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = 1.2;
  context.beginPath();
  for (const slope of slopes)
    for (let y = Math.floor((top - COLUMN) / step) * step; y < top + height + COLUMN; y += step) {
      context.moveTo(GUTTER, y);
      context.lineTo(CANVAS_WIDTH, y - slope * COLUMN);
    }
  context.stroke();
}

function drawMark(context: Context, mark: PlacedMark, palette: Palette): void {
  const { kind, top, height } = mark;
  const y = Math.round(top);
  context.fillStyle = kind === 'hit' ? palette.accent : palette.mark;
  context.strokeStyle = context.fillStyle;
  context.lineWidth = 1;
  if (kind === 'segment') {
    // A bracket as long as the segment.
    context.fillRect(5, y, 1, Math.max(2, Math.round(height)));
    context.fillRect(5, y, 3, 1);
  } else if (kind === 'difference') {
    // Two short lines, one above the other: what is here, and what is there.
    context.fillRect(3, y - 1, 4, 1);
    context.fillRect(3, y + 1, 4, 1);
  } else if (kind === 'hit') {
    context.fillRect(0, y, 4, 1.5);
  } else if (kind === 'pointer') {
    context.beginPath();
    context.arc(3, top, 1.7, 0, 2 * Math.PI);
    context.fill();
  } else {
    // A triangle that points at the column: filled for the stack, hollow for the heap.
    context.beginPath();
    context.moveTo(1, top - 4);
    context.lineTo(7, top);
    context.lineTo(1, top + 4);
    context.closePath();
    if (kind === 'stack') context.fill();
    else context.stroke();
  }
}
