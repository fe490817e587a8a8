/** What people agreed to send to services that make vectors: hashes alone, gone with the account. */

export const modelGrants = `
create table model_grants (
  user_id uuid not null references users on delete cascade,
  service_h bytea not null,
  purpose text not null,
  grant_h bytea not null,
  given_at timestamptz not null,
  primary key (user_id, service_h, purpose)
);
`;
