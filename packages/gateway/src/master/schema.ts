/**
 * The tables of master as Kysely sees them. Kept equal to migrations/; never a column for content or a plain name.
 */
import type { Generated } from 'kysely';

export interface UsersTable {
  user_id: string;
  status: Generated<'active' | 'locked' | 'recovering' | 'deleting'>;
  created_at: Date;
  /** Raised to end every session at once. */
  auth_epoch: Generated<number>;
}

export interface IdentitiesTable {
  did: string;
  user_id: string;
  method: 'key' | 'jwk' | 'web' | 'plc';
  is_primary: boolean;
  added_by_key: string;
  created_at: Date;
}

export interface KeysTable {
  /** RFC 7638 thumbprint of the canonical key: one key has one row however its DID is spelled. */
  kid: string;
  user_id: string;
  alg: 'Ed25519' | 'P-256' | 'secp256k1' | 'X25519';
  public_key: Uint8Array;
  purpose: 'rotation' | 'recovery' | 'device-auth' | 'device-enc' | 'engine-sign';
  added_at: Date;
  revoked_at: Date | null;
}

export interface ChallengesTable {
  challenge_id: string;
  purpose: 'login' | 'register';
  did: string;
  kid: string;
  jkt: string;
  message_h: Uint8Array;
  expires_at: Date;
}

export interface SessionsTable {
  session_id: string;
  user_id: string;
  kind: 'cookie' | 'dpop';
  jkt: string;
  scope: string;
  auth_epoch: number;
  auth_time: Date;
  last_seen_at: Date;
  idle_expires_at: Date;
  absolute_expires_at: Date;
  revoked_at: Date | null;
}

export interface TokensTable {
  token_h: Uint8Array;
  session_id: string;
  type: 'access' | 'cookie';
  expires_at: Date;
}

export interface ReplayTable {
  scope: string;
  jti_h: Uint8Array;
  expires_at: Date;
}

export interface RateLimitsTable {
  scope: string;
  key_h: Uint8Array;
  count: number;
  window_ends_at: Date;
}

export interface RoutingTable {
  user_id: string;
  shard: string;
  storage_id: string;
  state: 'creating' | 'ready' | 'migrating' | 'sealed' | 'deleting';
  fence: Generated<number>;
  quota_bytes: number;
}

export interface MasterSchema {
  users: UsersTable;
  identities: IdentitiesTable;
  keys: KeysTable;
  auth_challenges: ChallengesTable;
  sessions: SessionsTable;
  tokens: TokensTable;
  replay: ReplayTable;
  rate_limits: RateLimitsTable;
  routing: RoutingTable;
}
