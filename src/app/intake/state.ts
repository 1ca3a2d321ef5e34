import { create } from 'zustand';
import type { Bytes } from '../../bytes/units';

/** How far the look through a folder or an archive is. */
export interface Busy {
  readonly name: string;
  readonly done: number;
  readonly total: number;
}

export interface DumpChoice {
  readonly dumps: readonly { readonly path: string; readonly size: Bytes }[];
  /** Ends the choice, once: which dump, or none. */
  readonly answer: (dump: number | null) => void;
}

interface Intake {
  readonly busy: Busy | null;
  readonly choice: DumpChoice | null;
}

/** Shown above the page, whatever stands on it. */
export const useIntake = create<Intake>()(() => ({ busy: null, choice: null }));

/** Ends what `beginIntake` began. */
export interface IntakeTask {
  readonly signal: AbortSignal;
  readonly report: (busy: Busy) => void;
  readonly choose: (dumps: DumpChoice['dumps']) => Promise<number | null>;
  readonly end: () => void;
}

let running: AbortController | null = null;

/** Files were given: whatever was still being done with earlier ones is given up. */
export function beginIntake(): IntakeTask {
  stopIntake();
  const mine = new AbortController();
  running = mine;
  const current = () => running === mine;
  return {
    signal: mine.signal,
    report: (busy) => {
      if (current()) useIntake.setState({ busy });
    },
    choose: (dumps) =>
      new Promise((resolve) => {
        const answer = (dump: number | null) => {
          if (current()) useIntake.setState({ choice: null });
          resolve(dump);
        };
        mine.signal.addEventListener('abort', () => answer(null), { once: true });
        useIntake.setState({ busy: null, choice: { dumps, answer } });
      }),
    end: () => {
      if (!current()) return;
      running = null;
      useIntake.setState({ busy: null, choice: null });
    },
  };
}

export function stopIntake(): void {
  const stopped = running;
  running = null;
  useIntake.setState({ busy: null, choice: null });
  stopped?.abort();
}
