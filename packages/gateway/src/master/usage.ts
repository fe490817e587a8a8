/** What engines used, by person and day. Numbers alone. */
import type { UserId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Master } from './db.ts';
import { regularly } from './regularly.ts';

export interface UsedOnDay {
  /** `2026-11-25`, UTC. */
  readonly day: string;
  readonly requests: number;
  /** Milliseconds of processor time. */
  readonly engineMs: number;
}

const dayOf = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 10);
const dayMs = 86_400_000;
/** Older days are forgotten. */
const keptDays = 400;

/** Adds to today. People who are gone meanwhile are left out. */
export async function addUsage(
  master: Master,
  used: readonly { readonly userId: UserId; readonly requests: number; readonly engineMs: number }[],
  nowMs: number,
): Promise<void> {
  if (used.length === 0) return;
  await sql`
    insert into usage_days (user_id, day, requests, engine_ms)
    select u.user_id, ${dayOf(nowMs)}::date, one.requests, one.ms
    from json_to_recordset(${JSON.stringify(used.map(({ userId, requests, engineMs }) => ({ user_id: userId, requests, ms: engineMs })))}::json)
      as one(user_id uuid, requests bigint, ms bigint) join users u using (user_id)
    on conflict (user_id, day) do update set
      requests = usage_days.requests + excluded.requests, engine_ms = usage_days.engine_ms + excluded.engine_ms
  `.execute(master.db);
}

/** The latest days on which anything was used, newest first. */
export async function usageOf(master: Master, userId: UserId, days: number, nowMs: number): Promise<UsedOnDay[]> {
  const { rows } = await sql<UsedOnDay>`
    select to_char(day, 'YYYY-MM-DD') as day, requests, engine_ms as "engineMs" from usage_days
    where user_id = ${userId}::uuid and day > ${dayOf(nowMs - days * dayMs)}::date order by day desc
  `.execute(master.db);
  return rows;
}

export async function forgetOldUsage(master: Master, nowMs: number): Promise<void> {
  await sql`delete from usage_days where day < ${dayOf(nowMs - keptDays * dayMs)}::date`.execute(master.db);
}

/**
 * Writes down what was used, again and again, and once more at the end. A write that fails loses a minute's figures and nothing else.
 *
 * @returns stops, after what is left was written
 */
export function noteUsageRegularly(
  master: Master,
  take: () => Parameters<typeof addUsage>[1],
  clock: () => number,
  everyMs = 60_000,
): () => Promise<void> {
  const writing = regularly(() => addUsage(master, take(), clock()), everyMs);
  return async () => {
    await writing.stop();
    await writing.again();
  };
}
