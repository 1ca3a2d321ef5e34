import { snapshotOf, useStore } from '../store';
import { hasStorage } from './setting';

/** Remembers what is opened from now on. What does it comes with the first dump, which takes longer to choose. */
export function startRecording(): void {
  if (!hasStorage()) return;
  const unsubscribe = useStore.subscribe((state) => {
    if (snapshotOf(state) === null) return;
    unsubscribe();
    void Promise.allSettled([load()]);
  });
}

async function load(): Promise<void> {
  const { followOpened } = await import('./record');
  followOpened();
}
