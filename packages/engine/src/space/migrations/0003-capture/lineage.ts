/**
 * Finds the sessions of an agent that begin alike, and what of a session an older one said already. Hashes go with their
 * conversation and are made anew of what is left where something of it is erased.
 */
export const lineageTables = `
-- One row for each message of the branch last taken in which a person or a model says something: a hash of all that was said up to it.
CREATE TABLE session_turn (
  conversation_pk INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
  nth INTEGER NOT NULL,
  hash BLOB NOT NULL,
  message_pk INTEGER NOT NULL,
  -- The first answer to a person: before it sessions are alike by their settings.
  answered INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (conversation_pk, nth)
) WITHOUT ROWID;
CREATE INDEX session_turn_hash ON session_turn(hash, conversation_pk);
-- An older session says it too, up to here word for word: it is shown, and told there.
ALTER TABLE message ADD COLUMN replayed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX message_replayed ON message(conversation_pk) WHERE replayed = 1;
`;
