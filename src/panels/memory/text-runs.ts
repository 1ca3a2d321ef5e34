import { CAPTURED, OUTSIDE, textGlyph, ZERO } from './byte-state';
import { byteAt, codeAt, look, marksOf, wholeLook } from './cells';
import type { ByteRowProps } from './row-props';

/** Columns of a row's text that look the same: one character each. */
export interface TextRun {
  readonly text: string;
  /** The class; empty for text in the column's own colour. */
  readonly look: string;
}

/**
 * The text of a row in runs of one look: a row has a handful of them, and sixteen cells. A known zero is a run for itself:
 * its dot may come from another font, whose width must move nothing else; where the whole row is one, there is nothing else.
 */
export function textRuns(props: ByteRowProps): readonly TextRun[] {
  const runs: TextRun[] = [];
  const whole = wholeLook(props);
  let text = '';
  let shared = '';
  for (let at = 0; at < props.rowBytes; at += 1) {
    const code = codeAt(props, at);
    const byte = byteAt(props, at);
    const marks = code === OUTSIDE ? '' : marksOf(props, at, 'text');
    const own = look(code, byte < 0x20 || byte > 0x7e);
    const next = code === CAPTURED && marks === '' ? own : `box ${own}${marks}`;
    if (at > 0 && (next !== shared || (code === ZERO && whole === null))) {
      runs.push({ text, look: shared });
      text = '';
    }
    shared = next;
    text += (code === null ? '' : textGlyph(byte, code)) || ' ';
  }
  runs.push({ text, look: shared });
  return runs;
}
