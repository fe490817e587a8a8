/** Cursor pagination: an opaque cursor, never an offset, so that a list does not shift while it is read. */
import { z } from 'zod';

/** A query flag: `true`, `1` or `false`, `0`. */
export const Flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');

/** Every read may ask for at least this version of the space (design: a later node may lag behind its writer). */
export const ReadQuery = z.strictObject({ minVersion: z.coerce.number().int().min(0).optional() });

export const PageQuery = ReadQuery.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(512).optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;

export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });

export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}
