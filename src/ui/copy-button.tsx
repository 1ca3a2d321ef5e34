import { useEffect, useState } from 'react';
import { copyText } from './copy';
import { Icon } from './icon';

interface Props {
  readonly label: string;
  readonly text: () => string;
  /** Tells the outcome to who does not see the label change. */
  readonly announce: (outcome: string) => void;
}

const OUTCOMES = { copied: 'Copied', refused: 'The browser refused the clipboard' } as const;

/** Copies what `text` answers when it is pressed. Its own label says the outcome: no toast. */
export function CopyButton({ label, text, announce }: Props) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    const next = (await copyText(text())) ? 'copied' : 'refused';
    setOutcome(next);
    announce(OUTCOMES[next]);
  };
  return (
    <button type="button" className="button" onClick={() => void copy()}>
      <Icon name={outcome === 'copied' ? 'check' : 'copy'} />
      {outcome === null ? label : OUTCOMES[outcome]}
    </button>
  );
}
