/** What values of an archive look like, whichever record they stand in. */
import { z } from 'zod';

/** A time a date can show, ms UTC. */
export const ms = z.int().min(-8.64e15).max(8.64e15);
export const text = z.string();
export const maybe = z.string().nullable();
export const count = z.int().min(0);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** SHA-256 of the source's bytes; of a record something was erased from a salted one, or a number where even that was given up. */
export const recordName = z.string().regex(/^(?:(?:s:)?[0-9a-f]{64}|rewritten:\d{1,15})$/);
