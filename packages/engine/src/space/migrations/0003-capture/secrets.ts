/** Secrets that were found, and the choices of the space's owner. No row holds what a secret says. */
export const secretTables = `
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE secret (
  pk INTEGER PRIMARY KEY,
  -- Made of the secret and the space's salt: the same secret wherever it stands.
  id TEXT NOT NULL UNIQUE,
  -- Under this it is known once it was erased (space/marks.ts).
  mark TEXT NOT NULL,
  label TEXT NOT NULL,
  decision TEXT CHECK (decision IN ('keep','withhold'))
);
CREATE TABLE secret_place (
  secret_pk INTEGER NOT NULL REFERENCES secret ON DELETE CASCADE,
  message_pk INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  part_ix INTEGER NOT NULL,
  start_ix INTEGER NOT NULL,
  end_ix INTEGER NOT NULL,
  PRIMARY KEY (message_pk, part_ix, start_ix)
) WITHOUT ROWID;
CREATE INDEX secret_place_secret ON secret_place(secret_pk);
`;
