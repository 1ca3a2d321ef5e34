/** How a piece of text is set off. Without colours the words alone must do. */
export interface Style {
  readonly strong: (text: string) => string;
  readonly warn: (text: string) => string;
}

const plain = (text: string): string => text;

export const PLAIN: Style = { strong: plain, warn: plain };

const TERMINAL: Style = {
  strong: (text) => `\u001b[1m${text}\u001b[22m`,
  warn: (text) => `\u001b[33m${text}\u001b[39m`,
};

/**
 * Colours on a terminal only, and not where NO_COLOR is set to anything (no-color.org). FORCE_COLOR comes before both,
 * as in Node: it is set for one command, NO_COLOR for all.
 */
export function styleFor(
  isTerminal: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): Style {
  const { FORCE_COLOR, NO_COLOR, TERM } = environment;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '')
    return /^(0|false)$/.test(FORCE_COLOR) ? PLAIN : TERMINAL;
  return isTerminal && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb' ? TERMINAL : PLAIN;
}
