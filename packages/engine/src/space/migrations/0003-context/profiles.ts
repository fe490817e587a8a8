/**
 * Topics and entities that several ways of writing belong to, and what a person put right in them. Profiles are derived: those
 * found by older rules go and are found again in the background, under the same ids.
 */
const columns = (table: string) => `
-- The key of the profile this way of writing counts as; null: it is one of its own.
ALTER TABLE ${table} ADD COLUMN head_key TEXT;
-- The key without what spelling varies in: spaces, hyphens, accents.
ALTER TABLE ${table} ADD COLUMN fold TEXT NOT NULL DEFAULT '';
-- Conversations that say this very key. The other figures are those of the profile, and nothing where it counts as another.
ALTER TABLE ${table} ADD COLUMN said INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ${table} ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ${table} ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
CREATE INDEX ${table}_head ON ${table}(head_key) WHERE head_key IS NOT NULL;
CREATE INDEX ${table}_fold ON ${table}(fold);
DROP INDEX ${table}_weight;
-- Equals by their key and not by their id, which is another in every space.
CREATE INDEX ${table}_order ON ${table}(visible, pinned DESC, weight DESC, key);
-- [message, unit, …]: where in the conversation it is said, so that two ways of writing are counted once.
ALTER TABLE ${table}_conversation ADD COLUMN said_json TEXT NOT NULL DEFAULT '[]';
CREATE INDEX ${table}_form_link ON ${table}_form(kind, value) WHERE kind IN ('same','called','role');
DELETE FROM ${table}_acu;
DELETE FROM ${table}_conversation;
DELETE FROM ${table}_form;
DELETE FROM ${table};
`;

export const profilesTables = `
${columns('topic')}
${columns('entity')}
UPDATE bundle SET dirty = 1 WHERE kind IN ('topic','entity');
INSERT INTO outbox (kind, conversation_pk, at_ms) SELECT 'rollup', pk, 0 FROM conversation WHERE true
  ON CONFLICT (kind, conversation_pk) DO NOTHING;
-- What a person put right, in the order they did: laid over what is found, never mixed into it.
CREATE TABLE correction (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('topic','entity')),
  action TEXT NOT NULL CHECK (action IN ('rename','pin','hide','split','move','merge','type')),
  key TEXT NOT NULL,
  -- The key it goes to, the name, the type, or 'true' and 'false'.
  value TEXT NOT NULL,
  -- Keys that are split off, or ids of conversations.
  of_json TEXT NOT NULL DEFAULT '[]',
  -- What the subject was called, and the other in a merge, when it was done.
  name TEXT NOT NULL,
  value_name TEXT NOT NULL,
  at_ms INTEGER NOT NULL
);
CREATE INDEX correction_kind ON correction(kind, pk);
`;
