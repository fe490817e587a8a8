/** The `Range` header (RFC 9110, section 14). Pure. One range; several are answered with the whole, which is allowed. */
import { AppError } from '@vivim/contract/errors';

/**
 * @param header as it was sent, or null
 * @param size bytes there are
 * @returns from (inclusive) and to (exclusive), or null where the whole is to be sent
 * @throws AppError `range_invalid` where no byte of the range is there
 */
export function rangeOf(header: string | null, size: number): { readonly from: number; readonly to: number } | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(size, Number(last));
    if (length === 0) throw new AppError('range_invalid');
    return { from: size - length, to: size };
  }
  const from = Number(first);
  const to = last === '' ? size : Math.min(size, Number(last) + 1);
  if (last !== '' && Number(last) < from) return null;
  if (from >= size) throw new AppError('range_invalid');
  return { from, to };
}
