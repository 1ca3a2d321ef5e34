import { memo } from 'react';
import type { Piece } from '../../app/sources/line-pieces';
import { linePieces } from '../../app/sources/line-pieces';
import type { SourceText } from '../../app/sources/text';
import type { Tokens } from '../../app/sources/tokens';
import { grouped } from '../../ui/numbers';

interface Props {
  readonly source: SourceText;
  readonly tokens: Tokens;
  readonly line: number;
  /** The column to mark, from 1; null: none. */
  readonly column: number | null;
}

/** The text of one line: nodes from tokens, never markup from the text. */
export const CodeLine = memo(function CodeLine({ source, tokens, line, column }: Props) {
  const { pieces, cut } = linePieces(source, tokens, line, column);
  return (
    <span className="src-text">
      {pieces.map((piece, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the line
        <PieceText key={at} piece={piece} />
      ))}
      {cut > 0 && <span className="src-cut">… {grouped(cut)} more characters</span>}
    </span>
  );
});

function PieceText({ piece: { text, kind, marked } }: { readonly piece: Piece }) {
  if (marked) return <mark className={`src-column syn-${kind}`}>{text}</mark>;
  return kind === 'plain' ? text : <span className={`syn-${kind}`}>{text}</span>;
}
