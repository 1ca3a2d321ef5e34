import type { Language } from '../../app/sources/language';
import { tokensOf } from './tokenize';

/** A text to colour. The worker answers once, with its tokens, and is ended by who made it. */
export interface HighlightRequest {
  readonly text: string;
  readonly language: Language;
}

self.addEventListener('message', ({ data }: MessageEvent<HighlightRequest>) => {
  const tokens = tokensOf(data.text, data.language);
  self.postMessage(tokens, { transfer: [tokens.starts.buffer, tokens.ends.buffer, tokens.kinds.buffer] });
});
