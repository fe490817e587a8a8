/** Lists that begin with what came last and go on by the place of a row: one way to ask for a page, whatever the rows are. */
import type { Page } from '@vivim/contract/page';
import { decodeCursor, encodeCursor } from './cursor.ts';

export interface PageOptions {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/**
 * @param rowsBefore rows whose pk is smaller, the largest first, at most so many
 * @param shown a row as the list gives it
 * @throws AppError `cursor_invalid`
 */
export function latestPage<Row extends { readonly pk: number }, T>(
  { limit, cursor }: PageOptions,
  rowsBefore: (before: number, limit: number) => readonly Row[],
  shown: (row: Row) => T,
): Page<T> {
  const [before] =
    cursor === undefined ? [Number.MAX_SAFE_INTEGER] : decodeCursor<readonly [number]>(cursor, ['number']);
  // One more than is shown says whether there is more.
  const rows = rowsBefore(before, limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > items.length && last !== undefined;
  return { items: items.map(shown), nextCursor: more ? encodeCursor([last.pk]) : null };
}
