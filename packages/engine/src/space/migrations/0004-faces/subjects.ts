/**
 * Topics whose labels are found by newer rules: what older rules found goes and is found again in the background, under the same
 * ids where the key is the same. And a correction more: two that are not the same.
 */
export const subjectsTables = `
DELETE FROM topic_acu;
DELETE FROM topic_conversation;
DELETE FROM topic_form;
DELETE FROM topic;
DELETE FROM entity_acu;
DELETE FROM entity_conversation;
DELETE FROM entity_form;
DELETE FROM entity;
UPDATE bundle SET dirty = 1 WHERE kind IN ('topic','entity');
INSERT INTO outbox (kind, conversation_pk, at_ms) SELECT 'rollup', pk, 0 FROM conversation WHERE true
  ON CONFLICT (kind, conversation_pk) DO NOTHING;
-- SQLite cannot change a CHECK: the table is made anew around its rows.
CREATE TABLE correction_new (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('topic','entity')),
  action TEXT NOT NULL CHECK (action IN ('rename','pin','hide','split','move','merge','type','apart')),
  key TEXT NOT NULL,
  -- The key it goes to or is apart from, the name, the type, or 'true' and 'false'.
  value TEXT NOT NULL,
  -- Keys that are split off, or ids of conversations.
  of_json TEXT NOT NULL DEFAULT '[]',
  -- What the subject was called, and the other in a merge, when it was done.
  name TEXT NOT NULL,
  value_name TEXT NOT NULL,
  at_ms INTEGER NOT NULL
);
INSERT INTO correction_new SELECT pk, id, kind, action, key, value, of_json, name, value_name, at_ms FROM correction;
DROP TABLE correction;
ALTER TABLE correction_new RENAME TO correction;
CREATE INDEX correction_kind ON correction(kind, pk);
`;
