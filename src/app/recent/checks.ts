/** Checks of values that may be anything: what stands in the browser's storage. */

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

export const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** The members of a list for which `parse` does not answer null; none where it is no list. */
export function listOf<T>(value: unknown, parse: (one: unknown) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    const parsed = parse(one);
    return parsed === null ? [] : [parsed];
  });
}
