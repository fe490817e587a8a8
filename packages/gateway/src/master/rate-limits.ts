/**
 * How often something was tried. Keys are hashes: who knocked cannot be read from here. Windows are fixed, which lets
 * through at most twice the limit around a border and costs one row a key.
 */
import { sql } from 'kysely';
import type { Master } from './db.ts';

export interface Attempt {
  /** `challenge`, `verify-failed`, … */
  readonly scope: string;
  /** SHA-256 of an address prefix or a DID. */
  readonly keyHash: Uint8Array;
}

export interface AttemptCount {
  readonly count: number;
  readonly windowEndsAt: Date;
}

/** Counts one more and says how many there are now in the window that runs. */
export async function countAttempt(
  master: Master,
  attempt: Attempt,
  windowMs: number,
  now: Date,
): Promise<AttemptCount> {
  const endsAt = new Date(now.getTime() + windowMs);
  const { rows } = await sql<{ count: number; window_ends_at: Date }>`
    insert into rate_limits as known (scope, key_h, count, window_ends_at)
    values (${attempt.scope}, ${attempt.keyHash}, 1, ${endsAt}::timestamptz)
    on conflict (scope, key_h) do update set
      count = case when known.window_ends_at <= ${now}::timestamptz then 1 else known.count + 1 end,
      window_ends_at = case when known.window_ends_at <= ${now}::timestamptz then excluded.window_ends_at else known.window_ends_at end
    returning count, window_ends_at`.execute(master.db);
  const row = rows[0];
  if (row === undefined) throw new Error('an upsert answered no row');
  return { count: row.count, windowEndsAt: row.window_ends_at };
}

/** How many there are in the window that runs, without counting. */
export async function readAttempts(master: Master, attempt: Attempt, now: Date): Promise<AttemptCount | null> {
  const row = await master.db
    .selectFrom('rate_limits')
    .select(['count', 'window_ends_at'])
    .where('scope', '=', attempt.scope)
    .where('key_h', '=', attempt.keyHash)
    .where('window_ends_at', '>', now)
    .executeTakeFirst();
  return row === undefined ? null : { count: row.count, windowEndsAt: row.window_ends_at };
}
