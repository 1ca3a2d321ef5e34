/** Controls, line and paragraph separators, bidirectional and other invisible format characters, lone surrogates. */
const HOSTILE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' };

/**
 * A name out of a file, fit to be shown: characters that draw nothing, or that reorder what stands around them, are
 * escaped as `\n` or `\u{202e}` (fixture wasm-encoder/hostile-names); a longer one is cut with its whole length said.
 */
export function printable(text: string, limit = 200): string {
  if (text.length <= limit) return escaped(text);
  // Not between the halves of a character above U+FFFF.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
  return `${escaped(text.slice(0, end))}… (${text.length.toLocaleString('en-US')} characters)`;
}

function escaped(text: string): string {
  return text.replace(
    HOSTILE,
    (character) => NAMED[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
