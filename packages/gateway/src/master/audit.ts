/**
 * What happened to an account, and what the operator did: one chain of hashes each, so that a line taken out or changed
 * later shows. Codes and ids alone; the keys of `meta` are on a list.
 */
import type { AccountEventName } from '@vivim/contract/account';
import type { UserId } from '@vivim/contract/ids';
import { canonicalJson } from '@vivim/contract/signed-object';
import { sql } from 'kysely';
import type { Master } from './db.ts';
import { tell } from './news.ts';
import type { MasterReader } from './reader.ts';

/** What of an event may be written beside its name and what it is about. */
const metaKeys = ['kind', 'platform', 'reason', 'method', 'client', 'scopes', 'seq', 'op', 'state', 'bytes'] as const;
export type AuditMeta = Partial<Record<(typeof metaKeys)[number], string | number | boolean>>;

export interface AuditEntry {
  /** A person's own chain, or the operator's. */
  readonly chain: UserId | 'operator';
  readonly event: AccountEventName;
  /** A session id, a key's thumbprint, `operator`, or `guest`. */
  readonly actor: string;
  readonly ref?: string;
  readonly meta?: AuditMeta;
}

/** The bytes of an entry that are hashed behind the hash before it. */
export const auditText = (entry: {
  readonly event: string;
  readonly actor: string;
  readonly ref: string | null;
  readonly meta: object;
  readonly at: Date;
}): string => canonicalJson({ ...entry, at: entry.at.toISOString() });

/** Any constant nothing else in the database takes as the first half of a lock. */
const chainLocks = 0x4155;
/** A writer in a transaction of its own, as erasing is, may still take a place first. */
const tries = 20;

/** Where an entry stands, or why it does not: somebody else took the place, or the account is gone. */
export type Placed = { readonly seq: number; readonly hash: Uint8Array } | 'contended' | 'gone';

/** Puts an entry behind the end of its chain: number, hash and place in one statement. */
export async function placeEntry(db: MasterReader, entry: AuditEntry, now: Date): Promise<Placed> {
  const { chain, event, actor, ref = null } = entry;
  const meta = Object.fromEntries(
    Object.entries(entry.meta ?? {}).filter(([name]) => metaKeys.includes(name as never)),
  );
  const text = auditText({ event, actor, ref, meta, at: now });
  const { rows } = await sql<{ seq: number | null; hash: Uint8Array | null; known: boolean }>`
    with person as (
      -- Held until this entry stands, so that an erasure finds it or is found by it.
      select user_id from users where user_id = ${chain === 'operator' ? null : chain}::uuid for key share
    ), known as (
      select ${chain} = 'operator' or exists (select from person) as known
    ), head as (
      select seq, hash from audit where chain = ${chain} order by seq desc limit 1
    ), place as (
      select coalesce((select seq from head), 0) + 1 as seq, coalesce((select hash from head), '\\x'::bytea) as prev
      from known where known
    ), placed as (
      insert into audit (chain, seq, prev, event, actor, ref, meta, at, hash)
      select ${chain}, seq, prev, ${event}, ${actor}, ${ref}, ${JSON.stringify(meta)}::jsonb, ${now}::timestamptz,
        sha256(prev || int8send(seq) || convert_to(${text}, 'UTF8')) from place
      on conflict (chain, seq) do nothing
      returning seq, hash
    )
    select known, seq, hash from known left join placed on true`.execute(db);
  const [row] = rows;
  if (row?.known !== true) return 'gone';
  return row.seq === null || row.hash === null ? 'contended' : { seq: row.seq, hash: row.hash };
}

/**
 * Appends an entry, tried again when somebody else took the place, and has it witnessed.
 *
 * @returns its number in the chain; 0 where the account was erased meanwhile
 */
export async function appendAudit(master: Master, entry: AuditEntry, now: Date): Promise<number> {
  const { chain } = entry;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const placed = await master.db.transaction().execute(async (tx) => {
      // One writer of a chain at a time: of many who only tried again, one could lose every time.
      await sql`select pg_advisory_xact_lock(${chainLocks}::int, hashtext(${chain}))`.execute(tx);
      return placeEntry(tx, entry, now);
    });
    if (placed === 'contended') continue;
    if (placed === 'gone') return 0;
    await master.witness.note({ chain, ...placed });
    if (chain !== 'operator') await tell(master.db, { kind: 'account-event', userId: chain, seq: placed.seq });
    return placed.seq;
  }
  throw new Error('the audit chain is contended');
}

export interface AuditRow {
  readonly seq: number;
  readonly event: AccountEventName;
  readonly actor: string;
  readonly ref: string | null;
  readonly meta: Readonly<Record<string, string | number | boolean>>;
  readonly at: Date;
}

/** Newest first, those before `before`. */
export async function readAudit(
  master: Master,
  chain: UserId | 'operator',
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<AuditRow[]> {
  const query = master.db.selectFrom('audit').where('chain', '=', chain).orderBy('seq', 'desc').limit(limit);
  const bounded = before === null ? query : query.where('seq', '<', before);
  return bounded.select(['seq', 'event', 'actor', 'ref', 'meta', 'at']).execute();
}

/** One entry, for whoever was told of it. */
export async function findAudit(master: Master, chain: UserId, seq: number): Promise<AuditRow | null> {
  const [row] = await readAudit(master, chain, { before: seq + 1, limit: 1 });
  return row?.seq === seq ? row : null;
}
