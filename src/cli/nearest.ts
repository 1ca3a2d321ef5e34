/** What the command line knows by name, besides options. */
export const COMMANDS = ['open', 'read'] as const;

/**
 * Which of the known words was most likely meant; null where none is near. One slip of the finger in a short word, two in
 * a longer one: a letter more, less, another, or two swapped.
 */
export function nearest(word: string, known: readonly string[]): string | null {
  const ranked = known
    // What is much longer is far: a word of megabytes is not looked at.
    .filter((one) => Math.abs(one.length - word.length) <= slips(one))
    .map((one) => ({ one, distance: distance(word, one) }))
    .filter((each) => each.distance <= slips(each.one))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.one ?? null;
}

const slips = (known: string): number => (known.length <= 5 ? 1 : 2);

/** The edit distance that counts two swapped neighbours as one (optimal string alignment). */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const line = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      line.push(
        Math.min(
          at(above, column) + 1,
          at(line, column - 1) + 1,
          at(above, column - 1) + (same ? 0 : 1),
          swapped ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, above] = [above, line];
  }
  return at(above, to.length);
}

/** Outside of the table no way leads. */
const at = (line: readonly number[], index: number): number => line[index] ?? Number.POSITIVE_INFINITY;
