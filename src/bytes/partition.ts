/**
 * The first index of [from, length) for which `before` does not hold, where it holds up to some index and for none from
 * there on; `length` where it holds for all. So `(at) => numbers[at] < value` finds the first number not below a value,
 * and with `<=` the first above it. Looks at as many places as the length has binary digits.
 */
export function partition(length: number, before: (index: number) => boolean, from = 0): number {
  let low = from;
  let high = length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (before(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
