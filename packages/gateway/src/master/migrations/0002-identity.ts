/**
 * Identity, whole: several keys and devices a person, a signed log of them, recovery, refresh tokens, passkeys, an audit
 * chain. Never a name in the clear: what a person calls a device or a token lies here sealed.
 */

export const identity = `
alter table users drop constraint users_status_check;
alter table users add constraint users_status_check check (status in ('active', 'locked', 'deleting'));
alter table users
  add column key_log_seq int not null default 0,
  add column key_log_head bytea,
  add column frozen_until timestamptz,
  add column erase_at timestamptz,
  add column guardians jsonb,
  -- Who unlocks it: an operator's lock is not its owner's to undo.
  add column locked_by text check (locked_by in ('owner', 'operator'));
create index users_erase on users (erase_at) where erase_at is not null;

alter table identities add column document_digest bytea;

alter table keys drop constraint keys_purpose_check;
alter table keys add constraint keys_purpose_check check (purpose in
  ('rotation', 'device-auth', 'passkey', 'recovery', 'device-enc', 'passkey-enc', 'recovery-enc'));
alter table keys
  add column priority smallint not null default 10,
  add column device_id uuid,
  add column revoke_reason text;

create table key_log (
  user_id uuid not null references users on delete cascade,
  seq int not null,
  payload jsonb not null,
  signer_kid text not null,
  -- Base64url of a raw signature, or the JSON of a passkey's assertion.
  signature text not null,
  hash bytea not null,
  at timestamptz not null,
  primary key (user_id, seq)
);

create table devices (
  device_id uuid primary key,
  user_id uuid not null references users on delete cascade,
  platform text not null check (platform in ('web', 'cli', 'mcp', 'rest', 'other')),
  name_ct text,
  created_at timestamptz not null,
  approved_by uuid,
  last_seen_at timestamptz,
  -- An address prefix, /24 or /48, no finer.
  last_network text,
  revoked_at timestamptz
);
create index devices_user on devices (user_id);

create table device_requests (
  request_id uuid primary key,
  -- Null where the account named is nobody's: whoever asks is not told.
  user_id uuid references users on delete cascade,
  device_id uuid not null,
  account text not null,
  did text not null,
  kid text not null,
  alg text not null,
  public_key bytea not null,
  enc_key text not null,
  platform text not null,
  state text not null default 'pending' check (state in ('pending', 'approved', 'refused')),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index device_requests_user on device_requests (user_id) where state = 'pending';
create index device_requests_expiry on device_requests (expires_at);

create table webauthn_credentials (
  credential_id bytea primary key,
  user_id uuid not null references users on delete cascade,
  kid text not null unique references keys on delete cascade,
  -- A server that moves to another name has passkeys of both.
  rp_id text not null,
  sign_count bigint not null,
  backup_eligible boolean not null,
  backed_up boolean not null,
  enc_kid text,
  name_ct text,
  transports text[] not null default '{}',
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index webauthn_credentials_user on webauthn_credentials (user_id);

alter table auth_challenges drop constraint auth_challenges_purpose_check;
alter table auth_challenges add constraint auth_challenges_purpose_check check (purpose in
  ('login', 'register', 'stepup', 'device', 'recovery', 'webauthn-login', 'webauthn-register', 'webauthn-stepup'));
alter table auth_challenges
  alter column did drop not null,
  alter column kid drop not null,
  alter column jkt drop not null,
  add column alg text,
  add column public_key bytea,
  add column document_digest bytea,
  add column user_id uuid references users on delete cascade;

-- Unlogged: a challenge lives two minutes, and asking must not cost a write to disk. After a crash all of them are unknown.
alter table auth_challenges set unlogged;

alter table sessions drop constraint sessions_kind_check;
alter table sessions add constraint sessions_kind_check check (kind in ('cookie', 'dpop', 'oauth', 'pat'));
alter table sessions
  alter column jkt drop not null,
  add column kid text,
  add column device_id uuid references devices on delete set null,
  add column client_id text,
  add column client_name text,
  add column name_ct text,
  add column network text,
  add column audience text not null default 'v1',
  add column amr text[] not null default '{key}',
  add column created_at timestamptz,
  add column revoke_reason text;
update sessions set created_at = auth_time;
alter table sessions alter column created_at set not null;
create index sessions_device on sessions (device_id);

alter table tokens drop constraint tokens_type_check;
alter table tokens add constraint tokens_type_check check (type in ('access', 'cookie', 'refresh', 'pat'));
alter table tokens
  -- Null: the session's.
  add column scope text,
  add column generation int not null default 0,
  add column parent_h bytea,
  add column consumed_at timestamptz;

create table recovery_requests (
  request_id uuid primary key,
  user_id uuid references users on delete cascade,
  account text not null,
  method text not null check (method in ('recovery-key', 'guardians')),
  challenge_id uuid not null,
  did text not null,
  kid text not null,
  alg text not null,
  public_key bytea not null,
  enc_key text not null,
  platform text not null,
  device_id uuid not null,
  approvals jsonb not null default '[]',
  threshold int not null,
  not_before timestamptz,
  state text not null default 'waiting' check (state in ('waiting', 'pending', 'done', 'vetoed')),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index recovery_requests_user on recovery_requests (user_id);
create index recovery_requests_expiry on recovery_requests (expires_at);

create table audit (
  -- A user id, or 'operator'.
  chain text not null,
  seq bigint not null,
  prev bytea not null,
  event text not null,
  actor text not null,
  ref text,
  meta jsonb not null,
  at timestamptz not null,
  hash bytea not null,
  primary key (chain, seq)
);

-- The shape rate-limiter-flexible keeps its counters in.
drop table rate_limits;
create unlogged table rate_limits (key varchar(255) primary key, points int not null default 0, expire bigint);
create index rate_limits_expiry on rate_limits (expire);

-- People who registered before there was a log begin theirs with the first key they have.
update keys set purpose = 'rotation', priority = 10 where purpose = 'device-auth';
`;
