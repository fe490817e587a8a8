/**
 * Passkeys as master keeps them: which credential stands for which key of the log, under which name of the server. The key
 * itself lies with the other keys; without it a credential is nothing. Made by an entry of the log, see key-log.ts.
 */
import type { UserId } from '@vivim/contract/ids';
import type { KeyAlgorithmName } from '@vivim/contract/key-log';
import { type RawBuilder, sql } from 'kysely';
import type { Master } from './db.ts';

export interface NewCredential {
  readonly credentialId: Uint8Array;
  readonly kid: string;
  readonly rpId: string;
  readonly signCount: number;
  readonly backupEligible: boolean;
  readonly backedUp: boolean;
  /** Of the key the space's key is sealed to, where the authenticator gave one. */
  readonly encKid: string | null;
  readonly nameCt: string | null;
  readonly transports: readonly string[];
}

/** Part of a statement whose `head` holds the owner's id. No row where another credential has the id or the key. */
export const insertCredential = (credential: NewCredential | null, now: Date): RawBuilder<unknown> =>
  credential === null
    ? sql`select 1 where false`
    : sql`
    insert into webauthn_credentials (credential_id, user_id, kid, rp_id, sign_count, backup_eligible, backed_up, enc_kid,
      name_ct, transports, created_at)
    select ${credential.credentialId}::bytea, user_id, ${credential.kid}, ${credential.rpId}, ${credential.signCount}::bigint,
      ${credential.backupEligible}::bool, ${credential.backedUp}::bool, ${credential.encKid}::text, ${credential.nameCt}::text,
      ${[...credential.transports]}::text[], ${now}::timestamptz
    from head
    on conflict do nothing
    returning 1`;

export interface ListedPasskey {
  readonly credentialId: Uint8Array;
  readonly kid: string;
  readonly rpId: string;
  readonly transports: readonly string[];
  /** Null where it opens nothing, or not any more. */
  readonly encKid: string | null;
  readonly backedUp: boolean;
  readonly nameCt: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** Those whose key is live, the oldest first. */
export async function listCredentials(master: Master, userId: UserId): Promise<ListedPasskey[]> {
  const rows = await master.db
    .selectFrom('webauthn_credentials as c')
    .innerJoin('keys as k', 'k.kid', 'c.kid')
    .leftJoin('keys as e', (join) => join.onRef('e.kid', '=', 'c.enc_kid').on('e.revoked_at', 'is', null))
    .where('c.user_id', '=', userId)
    .where('k.revoked_at', 'is', null)
    .orderBy('c.created_at')
    .select(['c.credential_id', 'c.kid', 'c.rp_id', 'c.transports', 'e.kid as enc_kid', 'c.backed_up', 'c.name_ct'])
    .select(['c.created_at', 'c.last_used_at'])
    .execute();
  return rows.map((row) => ({
    credentialId: row.credential_id,
    kid: row.kid,
    rpId: row.rp_id,
    transports: row.transports,
    encKid: row.enc_kid,
    backedUp: row.backed_up,
    nameCt: row.name_ct,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }));
}

export interface FoundCredential {
  readonly userId: UserId;
  readonly kid: string;
  readonly alg: KeyAlgorithmName;
  readonly publicKey: Uint8Array;
  readonly backupEligible: boolean;
}

/** A credential made under this name of the server, whose key is live. Null for every other. */
export async function findCredential(
  master: Master,
  credentialId: Uint8Array,
  rpId: string,
): Promise<FoundCredential | null> {
  const row = await master.db
    .selectFrom('webauthn_credentials as c')
    .innerJoin('keys as k', 'k.kid', 'c.kid')
    .where('c.credential_id', '=', credentialId)
    .where('c.rp_id', '=', rpId)
    .where('k.revoked_at', 'is', null)
    .select(['c.user_id', 'c.kid', 'k.alg', 'k.public_key', 'c.backup_eligible'])
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    userId: row.user_id as UserId,
    kid: row.kid,
    alg: row.alg,
    publicKey: row.public_key,
    backupEligible: row.backup_eligible,
  };
}

/**
 * Notes a use. False where the authenticator has counted no further than it had before: somebody else may hold a copy. One
 * that does not count always says zero.
 *
 * @see WebAuthn level 3, section 7.2 step 22
 */
export async function useCredential(
  master: Master,
  use: { readonly credentialId: Uint8Array; readonly signCount: number; readonly backedUp: boolean },
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    update webauthn_credentials
    set sign_count = ${use.signCount}::bigint, backed_up = ${use.backedUp}::bool, last_used_at = ${now}::timestamptz
    where credential_id = ${use.credentialId}::bytea
      and (sign_count < ${use.signCount}::bigint or (sign_count = 0 and ${use.signCount}::bigint = 0))
    returning 1`.execute(master.db);
  return rows.length > 0;
}
