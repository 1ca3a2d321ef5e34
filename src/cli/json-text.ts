/**
 * What JSON may hold as it is and a terminal obeys, or a reader does not see: DEL and the C1 controls (U+009B begins a command as
 * ESC [ does), bidirectional overrides, zero-width characters. Lone surrogates and C0 controls are escaped by `JSON.stringify`.
 */
const UNSEEN = /[\u007f-\u009f\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** A value as JSON in which every such character is an escape: the same value, and nothing that deceives where it is printed. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(UNSEEN, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
