import { memo, type RefObject, useEffect, useRef, useState } from 'react';
import { CANVAS_WIDTH, drawStrip, type Palette } from './strip-draw';
import type { StripBox } from './strip-layout';
import type { PlacedMark } from './strip-marks';

const TOKENS: Readonly<Record<keyof Palette, string>> = {
  ground: '--bg-0',
  captured: '--cov-captured',
  zero: '--cov-elided-dot',
  missing: '--cov-missing',
  lost: '--cov-lost',
  pending: '--byte-skeleton',
  mark: '--fg-2',
  accent: '--accent',
};

/** Where colours are forced, patterns and shapes alone tell the states. */
const FORCED: Palette = {
  ground: 'Canvas',
  captured: 'CanvasText',
  zero: 'CanvasText',
  missing: 'CanvasText',
  lost: 'CanvasText',
  pending: 'GrayText',
  mark: 'CanvasText',
  accent: 'Highlight',
};

interface Props {
  readonly boxes: readonly StripBox[];
  readonly marks: readonly PlacedMark[];
  readonly height: number;
}

/** The runs and marks of the strip: drawn again only when they or the colours change, not while scrolling. */
export const StripCanvas = memo(function StripCanvas({ boxes, marks, height }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette(canvas);
  useEffect(() => {
    const element = canvas.current;
    if (element === null || palette === null) return;
    const ratio = window.devicePixelRatio || 1;
    element.width = Math.round(CANVAS_WIDTH * ratio);
    element.height = Math.max(1, Math.round(height * ratio));
    const context = element.getContext('2d');
    if (context === null) return;
    context.scale(ratio, ratio);
    drawStrip(context, boxes, marks, palette, height);
  }, [boxes, marks, height, palette]);
  return <canvas ref={canvas} className="mem-strip-canvas" style={{ width: CANVAS_WIDTH, height }} />;
});

/**
 * The tokens as colours: only an element's own colour is ever resolved. Asking lays out the page, so it is asked for only when
 * the answer may be another one.
 */
function paletteOf(element: HTMLElement): Palette {
  if (matchMedia('(forced-colors: active)').matches) return FORCED;
  const probe = document.createElement('span');
  element.parentElement?.append(probe);
  const colour = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    ground: colour(TOKENS.ground),
    captured: colour(TOKENS.captured),
    zero: colour(TOKENS.zero),
    missing: colour(TOKENS.missing),
    lost: colour(TOKENS.lost),
    pending: colour(TOKENS.pending),
    mark: colour(TOKENS.mark),
    accent: colour(TOKENS.accent),
  };
  probe.remove();
  return palette;
}

const QUERIES = [
  '(prefers-color-scheme: dark)',
  '(forced-colors: active)',
  '(prefers-contrast: more)',
  '(min-resolution: 1.5dppx)',
];

/** The colours as they are now; null until the canvas is there. */
function usePalette(canvas: RefObject<HTMLCanvasElement | null>): Palette | null {
  const [palette, setPalette] = useState<Palette | null>(null);
  useEffect(() => {
    const look = () => setPalette(canvas.current === null ? null : paletteOf(canvas.current));
    look();
    const lists = QUERIES.map((query) => matchMedia(query));
    for (const list of lists) list.addEventListener('change', look);
    const observer = new MutationObserver(look);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      for (const list of lists) list.removeEventListener('change', look);
      observer.disconnect();
    };
  }, [canvas]);
  return palette;
}
