import { useEffect, useRef, useState } from 'react';
import { type ByteSelection, useStore } from '../../app/store';
import type { Bytes } from '../../bytes/units';
import { copyResult } from '../memory/copy';
import type { CopyForm } from '../memory/copy-forms';
import { download, makeFile, type SaveForm } from '../memory/save';

export interface Copying {
  readonly length: Bytes;
  /** What came of the last copy or save of these bytes; null: nothing was asked. */
  readonly outcome: string | null;
  /** Bytes saved so far; null: nothing is being saved. */
  readonly saved: Bytes | null;
  readonly copy: (form: CopyForm) => void;
  readonly save: (form: SaveForm) => void;
  readonly stop: () => void;
}

/** Copying and saving the selected bytes, and what came of it. Another selection takes the outcome away; saving goes on. */
export function useCopy(bytes: ByteSelection, size: Bytes): Copying {
  const { memory, anchor, focus } = bytes;
  const first = Math.min(anchor, focus);
  const length = Math.abs(anchor - focus) + 1;
  const setLive = useStore((state) => state.setLive);
  const [outcome, setOutcome] = useState<string | null>(null);
  const [saved, setSaved] = useState<Bytes | null>(null);
  const task = useRef<AbortController | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was said is of the bytes before
  useEffect(() => setOutcome(null), [memory, first, length]);
  useEffect(() => () => task.current?.abort(), []);

  const say = (sentence: string) => {
    setOutcome(sentence);
    setLive(sentence);
  };
  const save = async (form: SaveForm) => {
    task.current?.abort();
    const abort = new AbortController();
    task.current = abort;
    setOutcome(null);
    setSaved(0);
    try {
      const onProgress = (done: Bytes) => setSaved(abort.signal.aborted ? null : done);
      const made = await makeFile({ memory, first, length, size }, form, {
        signal: abort.signal,
        onProgress,
      });
      if (!abort.signal.aborted) say(made.kind === 'refused' ? made.reason : download(made.name, made.blob));
    } catch (error) {
      if (!abort.signal.aborted) say(`Not saved: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      if (task.current === abort) setSaved(null);
    }
  };
  return {
    length,
    outcome,
    saved,
    copy: (form) => void copyResult(bytes, size, form).then(say),
    save: (form) => void save(form),
    stop: () => {
      task.current?.abort();
      setSaved(null);
      say('Saving was stopped; there is no file.');
    },
  };
}
