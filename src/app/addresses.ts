import { useSyncExternalStore } from 'react';
import type { Address } from '../bytes/units';
import type { AddressAnswer, AddressQuery } from '../session/types';
import { session } from './session';
import { snapshotOf, useStore } from './store';

/** Answers kept: what a long table was scrolled through. Then all are forgotten and asked again. */
const KEPT = 20_000;

let version = -1;
const answers = new Map<string, AddressAnswer>();
let waiting = new Map<string, AddressQuery>();
let scheduled = false;
const listeners = new Set<() => void>();

const keyOf = (memory: number, address: Address) => `${memory}:${address}`;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks for one address; all that are asked for in one turn go to the session in one call. */
function ask(memory: number, address: Address): void {
  waiting.set(keyOf(memory, address), { memory, address });
  if (scheduled) return;
  scheduled = true;
  queueMicrotask(() => void flush());
}

async function flush(): Promise<void> {
  scheduled = false;
  const asked = [...waiting];
  waiting = new Map();
  const asOf = version;
  try {
    const found = await session().classify(asked.map(([, query]) => query));
    if (asOf !== version) return;
    if (answers.size + asked.length > KEPT) answers.clear();
    for (const [at, [key]] of asked.entries()) {
      const answer = found[at];
      if (answer !== undefined) answers.set(key, answer);
    }
    for (const listener of listeners) listener();
  } catch {
    // The dump was replaced or the worker died while it was asked: whoever still shows the address asks again.
    return;
  }
}

/** What an address is, or null until it is known. Follows the snapshot: what indexing or an override changes is asked again. */
export function useAddress(memory: number, address: Address | null): AddressAnswer | null {
  const current = useStore((state) => snapshotOf(state)?.version ?? -1);
  return useSyncExternalStore(subscribe, () => {
    if (address === null || current === -1) return null;
    if (current !== version) {
      version = current;
      answers.clear();
    }
    const key = keyOf(memory, address);
    const answer = answers.get(key) ?? null;
    if (answer === null && !waiting.has(key)) ask(memory, address);
    return answer;
  });
}
