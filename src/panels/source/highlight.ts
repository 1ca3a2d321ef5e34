import type { Language } from '../../app/sources/language';
import { NO_TOKENS, type Tokens } from '../../app/sources/tokens';
import type { HighlightRequest } from './highlight-worker';

/** Code units that are coloured: beyond, a text is generated, and its tokens would be larger than the text. */
export const HIGHLIGHT_LIMIT = 4 * 1024 * 1024;

/** A text that takes longer is one that the library was not made for. In ms. */
const PATIENCE = 10_000;

/**
 * Colours a text in a worker of its own, which also loads the library: nothing of either is on the page. Answers with no
 * tokens where that fails or takes too long: the text is then plain.
 */
export function highlight(text: string, language: Language): Promise<Tokens> {
  if (text.length > HIGHLIGHT_LIMIT || typeof Worker === 'undefined') return Promise.resolve(NO_TOKENS);
  const worker = new Worker(new URL('./highlight-worker.ts', import.meta.url), {
    type: 'module',
    name: 'wasmortem-highlight',
  });
  return new Promise<Tokens>((resolve) => {
    const timer = setTimeout(() => resolve(NO_TOKENS), PATIENCE);
    worker.addEventListener('message', ({ data }: MessageEvent<Tokens>) => {
      clearTimeout(timer);
      resolve(data);
    });
    worker.addEventListener('error', () => resolve(NO_TOKENS));
    worker.postMessage({ text, language } satisfies HighlightRequest);
  }).finally(() => worker.terminate());
}
