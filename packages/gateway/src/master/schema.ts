/**
 * The tables of master as Kysely sees them. Kept equal to migrations/; never a column for content or a plain name.
 */
import type { AccountEventName } from '@vivim/contract/account';
import type { ChallengePurpose, Platform, SessionKind } from '@vivim/contract/identity';
import type { Guardians, KeyAlgorithmName, KeyLogPayload, KeyPurpose, RecoveryApproval } from '@vivim/contract/key-log';
import type { Generated, JSONColumnType } from 'kysely';

export interface UsersTable {
  user_id: string;
  status: Generated<'active' | 'locked' | 'deleting'>;
  created_at: Date;
  /** Raised to end every session at once. */
  auth_epoch: Generated<number>;
  key_log_seq: Generated<number>;
  /** Hash of the last entry. */
  key_log_head: Uint8Array | null;
  /** Nothing is deleted, exported or widened before. */
  frozen_until: Date | null;
  erase_at: Date | null;
  /** Who locked it; null while it is not locked. */
  locked_by: 'owner' | 'operator' | null;
  /** On whose word; null: its owner's. */
  erase_by: 'operator' | null;
  /** The server that is erasing it. From then on it cannot be kept. */
  erasing_node: string | null;
  erasing_until: Date | null;
  guardians: JSONColumnType<Guardians | null>;
}

export interface UsageDaysTable {
  user_id: string;
  day: string;
  requests: Generated<number>;
  engine_ms: Generated<number>;
}

export interface IdentitiesTable {
  did: string;
  user_id: string;
  method: 'key' | 'jwk' | 'web' | 'plc';
  is_primary: boolean;
  document_digest: Uint8Array | null;
  added_by_key: string;
  created_at: Date;
}

export interface KeysTable {
  /** RFC 7638 thumbprint of the canonical key: one key has one row however its DID is spelled. */
  kid: string;
  user_id: string;
  alg: KeyAlgorithmName;
  public_key: Uint8Array;
  purpose: KeyPurpose;
  priority: Generated<number>;
  device_id: string | null;
  added_at: Date;
  revoked_at: Date | null;
  revoke_reason: string | null;
}

export interface KeyLogTable {
  user_id: string;
  seq: number;
  payload: JSONColumnType<KeyLogPayload>;
  signer_kid: string;
  signature: string;
  hash: Uint8Array;
  at: Date;
}

export interface DevicesTable {
  device_id: string;
  user_id: string;
  platform: Platform;
  /** What its owner calls it, sealed: see contract/sealing.ts. */
  name_ct: string | null;
  created_at: Date;
  approved_by: string | null;
  last_seen_at: Date | null;
  last_network: string | null;
  revoked_at: Date | null;
}

/** A key that is not anybody's yet, as it waits to be let in. */
export interface WaitingKeyColumns {
  request_id: string;
  did: string;
  kid: string;
  alg: KeyAlgorithmName;
  public_key: Uint8Array;
  /** Raw X25519, base64url. */
  enc_key: string;
  platform: Platform;
  device_id: string;
  /** As the one who asks named it. */
  account: string;
  /** Null where nobody goes by that name. */
  user_id: string | null;
  created_at: Date;
  expires_at: Date;
}

export interface DeviceRequestsTable extends WaitingKeyColumns {
  state: Generated<'pending' | 'approved' | 'refused'>;
}

export interface RecoveryRequestsTable extends WaitingKeyColumns {
  method: 'recovery-key' | 'guardians';
  challenge_id: string;
  approvals: JSONColumnType<RecoveryApproval[]>;
  threshold: number;
  not_before: Date | null;
  state: Generated<'waiting' | 'pending' | 'done' | 'vetoed'>;
}

export interface WebauthnCredentialsTable {
  credential_id: Uint8Array;
  user_id: string;
  kid: string;
  rp_id: string;
  sign_count: number;
  backup_eligible: boolean;
  backed_up: boolean;
  enc_kid: string | null;
  name_ct: string | null;
  transports: Generated<string[]>;
  created_at: Date;
  last_used_at: Date | null;
}

export interface ChallengesTable {
  challenge_id: string;
  purpose: ChallengePurpose | 'webauthn-login' | 'webauthn-register' | 'webauthn-stepup';
  /** Null for passkeys, who say who they are in their answer. */
  did: string | null;
  kid: string | null;
  jkt: string | null;
  message_h: Uint8Array;
  expires_at: Date;
  /** The key as it was when the challenge was made: a document on the web may have changed since. */
  alg: KeyAlgorithmName | null;
  public_key: Uint8Array | null;
  document_digest: Uint8Array | null;
  /** Whom a passkey's ceremony is for, where that is known. */
  user_id: string | null;
}

export interface SessionsTable {
  session_id: string;
  user_id: string;
  kind: SessionKind;
  jkt: string | null;
  /** The key that signed for it. */
  kid: string | null;
  device_id: string | null;
  client_id: string | null;
  client_name: string | null;
  name_ct: string | null;
  /** Works only from this address prefix. */
  network: string | null;
  scope: string;
  /** `v1`, or the resource an application was let in to. */
  audience: Generated<string>;
  amr: Generated<string[]>;
  auth_epoch: number;
  auth_time: Date;
  created_at: Date;
  last_seen_at: Date;
  idle_expires_at: Date;
  absolute_expires_at: Date;
  revoked_at: Date | null;
  revoke_reason: string | null;
}

export interface TokensTable {
  token_h: Uint8Array;
  session_id: string;
  type: 'access' | 'cookie' | 'refresh' | 'pat';
  /** Null: the session's. */
  scope: string | null;
  generation: Generated<number>;
  parent_h: Uint8Array | null;
  expires_at: Date;
  consumed_at: Date | null;
}

export interface OauthPayloadsTable {
  model: 'Client' | 'Interaction' | 'AuthorizationCode';
  id_h: Uint8Array;
  payload: JSONColumnType<Readonly<Record<string, unknown>>>;
  session_id: string | null;
  expires_at: Date;
  consumed_at: Date | null;
}

export interface AuditTable {
  chain: string;
  seq: number;
  prev: Uint8Array;
  event: AccountEventName;
  actor: string;
  ref: string | null;
  meta: JSONColumnType<Record<string, string | number | boolean>>;
  at: Date;
  hash: Uint8Array;
}

export interface ReplayTable {
  scope: string;
  jti_h: Uint8Array;
  expires_at: Date;
}

/** Kept by rate-limiter-flexible; its key is a scope and a hash. */
export interface RateLimitsTable {
  key: string;
  points: number;
  /** Milliseconds since the epoch. */
  expire: number | null;
}

export interface RoutingTable {
  user_id: string;
  shard: string;
  storage_id: string;
  state: 'creating' | 'ready' | 'migrating' | 'sealed' | 'deleting';
  fence: Generated<number>;
  quota_bytes: number;
}

export interface ModelGrantsTable {
  user_id: string;
  service_h: Uint8Array;
  purpose: string;
  grant_h: Uint8Array;
  given_at: Date;
}

export interface OperatorsTable {
  user_id: string;
  added_at: Date;
}

export interface MasterSchema {
  users: UsersTable;
  identities: IdentitiesTable;
  keys: KeysTable;
  key_log: KeyLogTable;
  devices: DevicesTable;
  device_requests: DeviceRequestsTable;
  recovery_requests: RecoveryRequestsTable;
  webauthn_credentials: WebauthnCredentialsTable;
  auth_challenges: ChallengesTable;
  sessions: SessionsTable;
  tokens: TokensTable;
  replay: ReplayTable;
  rate_limits: RateLimitsTable;
  routing: RoutingTable;
  usage_days: UsageDaysTable;
  oauth_payloads: OauthPayloadsTable;
  model_grants: ModelGrantsTable;
  operators: OperatorsTable;
  audit: AuditTable;
}
