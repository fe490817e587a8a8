/** What each person's engine used, by day: numbers alone, gone with the account. */

export const usage = `
create table usage_days (
  user_id uuid not null references users on delete cascade,
  day date not null,
  requests bigint not null default 0,
  engine_ms bigint not null default 0,
  primary key (user_id, day)
);
`;
