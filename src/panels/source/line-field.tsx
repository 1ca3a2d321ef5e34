import { type Ref, useState } from 'react';

interface Props {
  readonly ref: Ref<HTMLInputElement>;
  readonly count: number;
  readonly onGo: (line: number) => void;
}

/** Goes to a line by its number; one past the end goes to the last. */
export function LineField({ ref, count, onGo }: Props) {
  const [text, setText] = useState('');
  const line = /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : null;
  return (
    <label className="field source-line">
      <span>Line</span>
      <input
        ref={ref}
        value={text}
        inputMode="numeric"
        aria-label="Go to line"
        aria-invalid={text.trim() !== '' && line === null}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || line === null) return;
          event.preventDefault();
          setText('');
          onGo(Math.max(1, Math.min(line, count)));
        }}
      />
      <kbd>g</kbd>
    </label>
  );
}
