/** The live keys of a person, as the key log left them. Read here alone; changed only by an entry of the log. */
import type { UserId } from '@vivim/contract/ids';
import type { KeyAlgorithmName, KeyPurpose } from '@vivim/contract/key-log';
import type { Master } from './db.ts';

export interface LiveKey {
  readonly kid: string;
  readonly alg: KeyAlgorithmName;
  readonly publicKey: Uint8Array;
  readonly purpose: KeyPurpose;
  readonly priority: number;
  readonly deviceId: string | null;
  readonly addedAt: Date;
}

/** The strongest first. */
export async function listLiveKeys(master: Master, userId: UserId): Promise<LiveKey[]> {
  const rows = await master.db
    .selectFrom('keys')
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .orderBy('priority')
    .orderBy('added_at')
    .select(['kid', 'alg', 'public_key', 'purpose', 'priority', 'device_id', 'added_at'])
    .execute();
  return rows.map((row) => ({
    kid: row.kid,
    alg: row.alg,
    publicKey: row.public_key,
    purpose: row.purpose,
    priority: row.priority,
    deviceId: row.device_id,
    addedAt: row.added_at,
  }));
}

/** A live key with what is needed to check its signatures. Null where the person has no such key. */
export async function findLiveKey(
  master: Master,
  userId: UserId,
  kid: string,
): Promise<{ readonly alg: KeyAlgorithmName; readonly publicKey: Uint8Array; readonly purpose: KeyPurpose } | null> {
  const row = await master.db
    .selectFrom('keys')
    .where('kid', '=', kid)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .select(['alg', 'public_key', 'purpose'])
    .executeTakeFirst();
  return row === undefined ? null : { alg: row.alg, publicKey: row.public_key, purpose: row.purpose };
}

/** Whose printed key this is. Null where it is nobody's. */
export async function findRecoveryOwner(master: Master, kid: string): Promise<UserId | null> {
  const row = await master.db
    .selectFrom('keys')
    .where('kid', '=', kid)
    .where('purpose', '=', 'recovery')
    .where('revoked_at', 'is', null)
    .select('user_id')
    .executeTakeFirst();
  return (row?.user_id as UserId | undefined) ?? null;
}

/** Keys of a person that were revoked before a time, by thumbprint. */
export async function revokedBefore(master: Master, userId: UserId, before: Date): Promise<string[]> {
  const rows = await master.db
    .selectFrom('keys')
    .where('user_id', '=', userId)
    .where('revoked_at', '<', before)
    .select('kid')
    .execute();
  return rows.map(({ kid }) => kid);
}
