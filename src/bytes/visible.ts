/** The longest name shown whole. A hostile file can hold names of megabytes. */
export const NAME_LIMIT = 200;

/** The longest message shown whole. Sentences of the layers below name files, links and servers as those name themselves. */
export const MESSAGE_LIMIT = 2000;

/**
 * Characters that change what the reader sees without being seen: controls, line and paragraph separators,
 * bidirectional marks and overrides, zero-width ones, lone surrogates, tags, the byte order mark.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * A name out of a file as one line that cannot deceive: what is unseen becomes `\u{202e}`, a line feed `\n`, a tab
 * `\t`; what is longer than `limit` characters is cut, and says how long it was.
 */
export function visible(name: string, limit: number = NAME_LIMIT): string {
  const cut = name.length > limit;
  // Never half a surrogate pair: a cut "a\ud83d" would show an escape that the name does not hold.
  const end = cut && isHighSurrogate(name.charCodeAt(limit - 1)) ? limit - 1 : limit;
  const shown = (cut ? name.slice(0, end) : name).replace(UNSEEN, escapeCharacter);
  return cut ? `${shown}… (${name.length.toLocaleString('en-US')} characters)` : shown;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  if (character === '\0') return '\\0';
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
