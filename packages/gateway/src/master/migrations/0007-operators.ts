/** Whom the operator of the host lets look at the server in a browser: ids alone, gone with the account. */

export const operators = `
create table operators (
  user_id uuid not null references users on delete cascade,
  added_at timestamptz not null,
  primary key (user_id)
);
`;
