import { useEffect, useState } from 'react';
import { session } from '../../app/session';
import { useStore } from '../../app/store';
import type { AddressAnswer } from '../../session/types';
import { stateWord } from './byte-state';
import type { GoTo, GoToContext } from './go-to';
import { address0x, addressDigits, byteCount } from './words';

/** The line below the go-to box: the place and its state, or why there is none. null while nothing is typed. */
export function usePreview(context: GoToContext, parsed: GoTo): string | null {
  const { memory, size } = context;
  const [answer, setAnswer] = useState<{ readonly address: number; readonly answer: AddressAnswer } | null>(
    null,
  );
  const setLive = useStore((state) => state.setLive);
  const address = parsed.kind === 'place' ? parsed.address : null;

  useEffect(() => {
    if (address === null) return;
    let current = true;
    session()
      .classify([{ memory, address }])
      .then(([first]) => {
        if (current && first !== undefined) setAnswer({ address, answer: first });
      })
      .catch((error: unknown) => setLive(error instanceof Error ? error.message : String(error)));
    return () => {
      current = false;
    };
  }, [memory, address, setLive]);

  const text = previewText(parsed, answer?.address === address ? (answer?.answer ?? null) : null, size);
  useEffect(() => {
    if (text !== null) setLive(text);
  }, [text, setLive]);
  return text;
}

function previewText(parsed: GoTo, answer: AddressAnswer | null, size: number): string | null {
  if (parsed.kind === 'empty') return null;
  if (parsed.kind === 'error') return parsed.message;
  const digits = addressDigits(size);
  const first = address0x(parsed.address, digits);
  const last = address0x(parsed.address + parsed.length - 1, digits);
  const range = parsed.length === 1 ? first : `${first} to ${last}, ${byteCount(parsed.length)},`;
  if (answer === null) return range;
  return `${range} ${answer.state === 'captured' || answer.reason === '' ? stateWord(answer.state) : answer.reason}`;
}
