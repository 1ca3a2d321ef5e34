import type { Cause } from './types';

/** A sentence as it begins. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What a value rests on, a sentence each. */
export function sentences(because: readonly string[]): readonly string[] {
  return [...new Set(because)].map((text) => `${capital(text)}.`);
}

/** How sure a cause is, in a word. What is known is worked out too: no dump stores the trap. */
export function certaintyWord({ certainty }: Cause): string {
  return certainty === 'known' ? 'inferred' : certainty;
}
