import { create } from 'zustand';
import type { RemoteRequest } from './request';

/** What waits for the user's consent, in place of whatever stands on the page; nothing was asked of any host. */
export const useAsking = create<{ readonly request: RemoteRequest | null }>()(() => ({ request: null }));

/** What waited is not wanted any more. */
export function stopAsking(): void {
  useAsking.setState({ request: null });
}
