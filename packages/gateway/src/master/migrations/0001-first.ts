/** The first cut of master: who somebody is, which keys and sessions they have, where their space lives. */

export const first = `
create table users (
  user_id uuid primary key,
  status text not null default 'active' check (status in ('active', 'locked', 'recovering', 'deleting')),
  created_at timestamptz not null,
  auth_epoch int not null default 1
);

create table identities (
  did text primary key check (length(did) <= 2048),
  user_id uuid not null references users on delete cascade,
  method text not null check (method in ('key', 'jwk', 'web', 'plc')),
  is_primary boolean not null,
  added_by_key text not null,
  created_at timestamptz not null
);
create index identities_user on identities (user_id);
create unique index one_primary_did on identities (user_id) where is_primary;

create table keys (
  kid text primary key,
  user_id uuid not null references users on delete cascade,
  alg text not null check (alg in ('Ed25519', 'P-256', 'secp256k1', 'X25519')),
  public_key bytea not null,
  purpose text not null check (purpose in ('rotation', 'recovery', 'device-auth', 'device-enc', 'engine-sign')),
  added_at timestamptz not null,
  revoked_at timestamptz
);
create index keys_user on keys (user_id);

create table auth_challenges (
  challenge_id uuid primary key,
  purpose text not null check (purpose in ('login', 'register')),
  did text not null check (length(did) <= 2048),
  kid text not null,
  jkt text not null,
  message_h bytea not null,
  expires_at timestamptz not null
);
create index auth_challenges_expiry on auth_challenges (expires_at);

create table sessions (
  session_id uuid primary key,
  user_id uuid not null references users on delete cascade,
  kind text not null check (kind in ('cookie', 'dpop')),
  jkt text not null,
  scope text not null,
  auth_epoch int not null,
  auth_time timestamptz not null,
  last_seen_at timestamptz not null,
  idle_expires_at timestamptz not null,
  absolute_expires_at timestamptz not null,
  revoked_at timestamptz
);
create index sessions_user on sessions (user_id);
create index sessions_expiry on sessions (absolute_expires_at);

create table tokens (
  token_h bytea primary key,
  session_id uuid not null references sessions on delete cascade,
  type text not null check (type in ('access', 'cookie')),
  expires_at timestamptz not null
);
create index tokens_session on tokens (session_id);
create index tokens_expiry on tokens (expires_at);

-- Unlogged: a proof lives two minutes, and its row must not cost a write to disk for every request.
create unlogged table replay (
  scope text not null,
  jti_h bytea not null,
  expires_at timestamptz not null,
  primary key (scope, jti_h)
);
create index replay_expiry on replay (expires_at);

create unlogged table rate_limits (
  scope text not null,
  key_h bytea not null,
  count int not null,
  window_ends_at timestamptz not null,
  primary key (scope, key_h)
);
create index rate_limits_expiry on rate_limits (window_ends_at);

create table routing (
  user_id uuid primary key references users on delete cascade,
  shard text not null,
  storage_id uuid not null unique,
  state text not null check (state in ('creating', 'ready', 'migrating', 'sealed', 'deleting')),
  fence bigint not null default 0,
  quota_bytes bigint not null
);
`;
