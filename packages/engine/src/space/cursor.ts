/**
 * Opaque cursors: where a list goes on, as the sort key of the last row shown. Says nothing that the list did not show.
 */
import { AppError } from '@vivim/contract/errors';

export type CursorKey = readonly (string | number | null)[];

export const encodeCursor = (key: CursorKey): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * The sort key a cursor of this list holds.
 * @param shape the type of each field, e.g. `['number', 'number']`; a field may also be null where it says so
 * @throws AppError `cursor_invalid` for anything this list did not hand out
 */
export function decodeCursor<T extends CursorKey>(
  cursor: string,
  shape: readonly ('number' | 'string' | 'number?')[],
): T {
  const key = parse(cursor);
  const fits =
    Array.isArray(key) &&
    key.length === shape.length &&
    shape.every((type, i) => {
      const value: unknown = key[i];
      if (type === 'number?') return value === null || Number.isFinite(value);
      return type === 'number' ? Number.isFinite(value) : typeof value === 'string';
    });
  if (!fits) throw new AppError('cursor_invalid', undefined, { field: 'cursor' });
  return key as unknown as T;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
