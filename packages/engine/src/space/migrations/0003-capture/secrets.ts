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
-- How often one stands beside the texts of a message (names of files, what was extracted from them, JSON, citations), or in a
-- record that is no conversation.
CREATE TABLE secret_beside (
  pk INTEGER PRIMARY KEY,
  secret_pk INTEGER NOT NULL REFERENCES secret ON DELETE CASCADE,
  message_pk INTEGER REFERENCES message ON DELETE CASCADE,
  record_pk INTEGER REFERENCES sidecar_record ON DELETE CASCADE,
  times INTEGER NOT NULL,
  CHECK ((message_pk IS NULL) <> (record_pk IS NULL))
);
CREATE INDEX secret_beside_secret ON secret_beside(secret_pk);
CREATE UNIQUE INDEX secret_beside_message ON secret_beside(message_pk, secret_pk) WHERE message_pk IS NOT NULL;
CREATE UNIQUE INDEX secret_beside_record ON secret_beside(record_pk, secret_pk) WHERE record_pk IS NOT NULL;
`;
