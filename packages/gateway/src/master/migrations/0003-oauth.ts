/**
 * What the authorization server for applications has to remember between requests: applications that registered, consents
 * that are being asked for, codes that wait to be traded. Its tokens are rows of `tokens`, its consents rows of `sessions`.
 */

export const oauth = `
create table oauth_payloads (
  model text not null check (model in ('Client', 'Interaction', 'AuthorizationCode')),
  -- SHA-256 of the id: the id of a code opens something.
  id_h bytea not null,
  payload jsonb not null,
  -- The consent a code comes from.
  session_id uuid references sessions on delete cascade,
  expires_at timestamptz not null,
  consumed_at timestamptz,
  primary key (model, id_h)
);
create index oauth_payloads_expiry on oauth_payloads (expires_at);
create index oauth_payloads_session on oauth_payloads (session_id);

create index sessions_client on sessions (user_id, client_id) where client_id is not null;
`;
