/** Key logs as they lie in master, with everything that follows from them, some people at a time. For whoever checks them. */
import type { UserId } from '@vivim/contract/ids';
import type { Guardians, KeyAlgorithmName, KeyPurpose } from '@vivim/contract/key-log';
import { sql } from 'kysely';
import type { MasterReader } from './reader.ts';

export interface StoredEntry {
  readonly seq: number;
  /** As PostgreSQL prints it. */
  readonly payload: string;
  readonly signer: string;
  readonly signature: string;
  readonly hash: Uint8Array;
  readonly at: Date;
  /** Written to the millisecond, as everything of ours is. */
  readonly whole: boolean;
}

export interface StoredKey {
  readonly kid: string;
  readonly alg: KeyAlgorithmName;
  readonly publicKey: Uint8Array;
  readonly purpose: KeyPurpose;
  readonly priority: number;
  readonly live: boolean;
}

/** One person's. */
export interface KeyBook {
  readonly userId: UserId;
  readonly head: { readonly seq: number; readonly hash: Uint8Array | null };
  readonly guardians: Guardians | null;
  readonly entries: readonly StoredEntry[];
  readonly keys: readonly StoredKey[];
  /** When the audit chain says entries were made, by number. An entry whose audit was cut off by a crash has none. */
  readonly audited: ReadonlyMap<number, Date>;
}

interface PersonRow {
  readonly user_id: UserId;
  readonly key_log_seq: number;
  readonly key_log_head: Uint8Array | null;
  readonly guardians: Guardians | null;
}
type Of<T> = T & { readonly user_id: UserId };

const peopleAtOnce = 100;

const entriesOf = (userIds: readonly UserId[]) => sql<Of<StoredEntry>>`
  select user_id, seq, payload::text as payload, signer_kid as signer, signature, hash, at,
    at = date_trunc('milliseconds', at) as whole
  from key_log where user_id = any(${[...userIds]}::uuid[]) order by user_id, seq`;

const keysOf = (userIds: readonly UserId[]) => sql<Of<StoredKey>>`
  select user_id, kid, alg, public_key as "publicKey", purpose, priority, revoked_at is null as live
  from keys where user_id = any(${[...userIds]}::uuid[])`;

const auditedOf = (userIds: readonly UserId[]) => sql<Of<{ readonly seq: number; readonly at: Date }>>`
  select chain as user_id, case event when 'account.registered' then 1 else (meta->>'seq')::int end as seq, at
  from audit where chain = any(${[...userIds]}::text[]) and (event = 'account.registered' or (meta ? 'seq' and meta ? 'op'))`;

function byPerson<T extends { readonly user_id: UserId }>(rows: readonly T[]): (userId: UserId) => readonly T[] {
  const grouped = Map.groupBy(rows, (row) => row.user_id);
  return (userId) => grouped.get(userId) ?? [];
}

/** @param snapshot a transaction that sees one state throughout */
export async function* keyBooks(snapshot: MasterReader): AsyncGenerator<KeyBook> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows: people } = await sql<PersonRow>`
      select user_id, key_log_seq, key_log_head, guardians from users where user_id > ${after}::uuid
      order by user_id limit ${peopleAtOnce}`.execute(snapshot);
    const last = people.at(-1);
    if (last === undefined) return;
    after = last.user_id;
    const userIds = people.map(({ user_id }) => user_id);
    const entries = byPerson((await entriesOf(userIds).execute(snapshot)).rows);
    const keys = byPerson((await keysOf(userIds).execute(snapshot)).rows);
    const audited = byPerson((await auditedOf(userIds).execute(snapshot)).rows);
    for (const { user_id: userId, ...person } of people) {
      yield {
        userId,
        head: { seq: person.key_log_seq, hash: person.key_log_head },
        guardians: person.guardians,
        entries: entries(userId),
        keys: keys(userId),
        audited: new Map(audited(userId).map(({ seq, at }) => [seq, at])),
      };
    }
  }
}
