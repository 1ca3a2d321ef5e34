import { useEffect, useRef } from 'react';
import { otherSnapshot, useCompare } from '../../app/compare';
import { session } from '../../app/session';
import { type ByteSelection, snapshotOf, useStore } from '../../app/store';
import type { Bytes } from '../../bytes/units';
import { liveText } from './live-text';
import { addressDigits } from './words';

/** Keeps the status bar's sentence at what is under the cursor. One question at a time; the last cursor is always answered. */
export function useLive(bytes: ByteSelection | null, size: Bytes, version: number): void {
  const setLive = useStore((state) => state.setLive);
  const wanted = useRef<{ bytes: ByteSelection; size: Bytes } | null>(null);
  const busy = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version changes what the same byte is
  useEffect(() => {
    wanted.current = bytes === null ? null : { bytes, size };
    if (bytes === null || busy.current) return;
    const answer = async () => {
      let asked: typeof wanted.current = null;
      while (wanted.current !== null && wanted.current !== asked) {
        asked = wanted.current;
        const { memory, focus: address, anchor } = asked.bytes;
        const compares =
          otherSnapshot(useCompare.getState(), snapshotOf(useStore.getState())?.id ?? null) !== null;
        const [answers, window, other] = await Promise.all([
          session().classify([{ memory, address }]),
          session().read(memory, address, 1),
          compares ? session().compare.read(memory, address, 1) : null,
        ]);
        const first = answers[0];
        if (wanted.current !== asked || first === undefined) continue;
        const selected = Math.abs(anchor - address) + 1;
        const digits = addressDigits(asked.size);
        const byte = window.bytes[0] ?? 0;
        const there =
          other === null
            ? null
            : { state: other.states[0]?.state ?? 'out-of-bounds', byte: other.bytes[0] ?? 0 };
        setLive(liveText({ address, answer: first, byte, there, selected, digits }));
      }
    };
    busy.current = true;
    answer()
      .catch((error: unknown) => setLive(error instanceof Error ? error.message : String(error)))
      .finally(() => {
        busy.current = false;
      });
  }, [bytes, size, version, setLive]);
}
