/** A key that is nobody's yet, as it waits to be let in: the same columns whether a device asks or a recovery. */
import type { Platform } from '@vivim/contract/identity';
import type { UserId } from '@vivim/contract/ids';
import type { KeyAlgorithmName } from '@vivim/contract/key-log';
import type { WaitingKeyColumns } from './schema.ts';

export interface WaitingKey {
  readonly requestId: string;
  /** Null where nobody goes by the name that was asked for. */
  readonly userId: UserId | null;
  /** The id its device will have. */
  readonly deviceId: string;
  /** As the one who asks named it. */
  readonly account: string;
  readonly did: string;
  readonly kid: string;
  readonly alg: KeyAlgorithmName;
  readonly publicKey: Uint8Array;
  /** Raw X25519, base64url: what the space's key will be sealed to. */
  readonly encKey: string;
  readonly platform: Platform;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export const waitingColumns = (key: WaitingKey): WaitingKeyColumns => ({
  request_id: key.requestId,
  user_id: key.userId,
  device_id: key.deviceId,
  account: key.account,
  did: key.did,
  kid: key.kid,
  alg: key.alg,
  public_key: key.publicKey,
  enc_key: key.encKey,
  platform: key.platform,
  created_at: key.createdAt,
  expires_at: key.expiresAt,
});

export const toWaitingKey = (row: WaitingKeyColumns): WaitingKey => ({
  requestId: row.request_id,
  userId: row.user_id as UserId | null,
  deviceId: row.device_id,
  account: row.account,
  did: row.did,
  kid: row.kid,
  alg: row.alg,
  publicKey: row.public_key,
  encKey: row.enc_key,
  platform: row.platform,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});
