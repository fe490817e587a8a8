/** Accounts that are being erased: on whose word, and which server has taken the work until when. */

export const erasure = `
alter table users
  -- Null: its owner's.
  add column erase_by text check (erase_by in ('operator')),
  add column erasing_node text,
  add column erasing_until timestamptz;
`;
