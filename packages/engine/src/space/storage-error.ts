/** Tells trouble of the database (full, busy, unreadable) from trouble with what was being written. Pure. */
import { AppError } from '@vivim/contract/errors';
import { sqliteCode } from '../sqlite/database.ts';

/** SQLite's result codes for values that do not fit; every other one is about the file, the disk or the connection. */
const aboutValues = /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)/;

/** True where trying other content would fail too, and the same content may pass later: nobody may skip over it. */
export function isStorageError(error: unknown): boolean {
  const code = sqliteCode(error);
  return error instanceof AppError || (code !== null && !aboutValues.test(code));
}
