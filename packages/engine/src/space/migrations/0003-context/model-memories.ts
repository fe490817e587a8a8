/** Memories a model finds: who looks, what came of it, which messages were read, and who found a piece of evidence. */
export const modelMemoriesTables = `
-- Null: rules alone. The figures are of all models that looked here.
CREATE TABLE memory_model (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  service TEXT,
  answers INTEGER NOT NULL DEFAULT 0,
  invalid INTEGER NOT NULL DEFAULT 0,
  proposed INTEGER NOT NULL DEFAULT 0,
  kept INTEGER NOT NULL DEFAULT 0,
  known INTEGER NOT NULL DEFAULT 0,
  unproven INTEGER NOT NULL DEFAULT 0,
  malformed INTEGER NOT NULL DEFAULT 0
);
INSERT INTO memory_model (one) VALUES (1);
-- A message a model read; one whose content changes is none any more.
CREATE TABLE model_read (message_pk INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE);
-- 'rule' or 'model': each takes back its own. Null: a record of an export says it.
ALTER TABLE memory_evidence ADD COLUMN finder TEXT CHECK (finder IN ('rule','model'));
-- When it held, where the words say so: 'held_to_ms' of what is over.
ALTER TABLE memory_evidence ADD COLUMN held_from_ms INTEGER;
ALTER TABLE memory_evidence ADD COLUMN held_to_ms INTEGER;
`;
