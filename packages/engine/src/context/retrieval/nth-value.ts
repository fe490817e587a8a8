/** The value that would stand at a place if all were in order, without putting them in order. Pure. */

/**
 * The value with `nth` values that are no larger before it: what sorting would put there (Hoare, Algorithm 65: Find, 1961).
 * @param values at least `nth` + 1, no NaN; left in another order
 */
export function nthValue(values: Float64Array, nth: number): number {
  let from = 0;
  let to = values.length - 1;
  while (from < to) {
    const middle = values[(from + to) >>> 1] as number;
    let left = from;
    let right = to;
    while (left <= right) {
      while ((values[left] as number) < middle) left++;
      while ((values[right] as number) > middle) right--;
      if (left > right) break;
      const swapped = values[left] as number;
      values[left++] = values[right] as number;
      values[right--] = swapped;
    }
    if (nth <= right) to = right;
    else if (nth >= left) from = left;
    else break;
  }
  return values[nth] as number;
}
