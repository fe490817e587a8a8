/** What a memory is found by, where it holds, what it contradicts, and when it is looked at again. */
export const contextMemoriesTables = `
-- What it is about, in a word or few, and other words for the same thing.
ALTER TABLE memory ADD COLUMN name TEXT;
ALTER TABLE memory ADD COLUMN aliases_json TEXT NOT NULL DEFAULT '[]';
-- The domains it holds in; none: always.
ALTER TABLE memory ADD COLUMN scopes_json TEXT NOT NULL DEFAULT '[]';
-- Of what only one thing can be so at a time ('home'), and what it says of it, made plain for comparing.
ALTER TABLE memory ADD COLUMN attribute TEXT;
ALTER TABLE memory ADD COLUMN value TEXT;
-- What it is to be brought up with, where it says so: the words after "when I ask about".
ALTER TABLE memory ADD COLUMN applies TEXT;
-- The memory it became one with: what says this one again is evidence of that one.
ALTER TABLE memory ADD COLUMN merged_pk INTEGER REFERENCES memory ON DELETE SET NULL;
-- When the person said that it holds beside those it contradicts, or instead of them.
ALTER TABLE memory ADD COLUMN settled_ms INTEGER;
-- When the person last wrote it in other words than it was found or brought in.
ALTER TABLE memory ADD COLUMN reworded_ms INTEGER;
-- When it is to be looked at again, and the days until then that were given last.
ALTER TABLE memory ADD COLUMN review_ms INTEGER;
ALTER TABLE memory ADD COLUMN review_days INTEGER NOT NULL DEFAULT 0;
-- By which version of the rules one that was imported or stated was last read for what it says something of.
ALTER TABLE memory ADD COLUMN rules INTEGER NOT NULL DEFAULT 0;
CREATE INDEX memory_rules ON memory(rules) WHERE origin IN ('imported','stated');
-- What is stated again in the same words is the same memory.
CREATE INDEX memory_stated ON memory(text) WHERE origin = 'stated';
CREATE INDEX memory_attribute ON memory(attribute) WHERE attribute IS NOT NULL;
CREATE INDEX memory_review ON memory(review_ms) WHERE state = 'active' AND review_ms IS NOT NULL;
CREATE INDEX memory_pinned ON memory(state) WHERE pinned = 1;
CREATE INDEX memory_merged ON memory(merged_pk) WHERE merged_pk IS NOT NULL;
-- Memories one ties together.
CREATE TABLE memory_relation (
  memory_pk INTEGER NOT NULL REFERENCES memory ON DELETE CASCADE,
  other_pk INTEGER NOT NULL REFERENCES memory ON DELETE CASCADE,
  PRIMARY KEY (memory_pk, other_pk)
) WITHOUT ROWID;
CREATE INDEX memory_relation_other ON memory_relation(other_pk);
-- The terms of memory_words, to find one that is spelt nearly so, and where each stands.
CREATE VIRTUAL TABLE memory_term USING fts5vocab(memory_words, row);
CREATE VIRTUAL TABLE memory_term_place USING fts5vocab(memory_words, instance);
-- How sure this piece alone is, 0–1.
ALTER TABLE memory_evidence ADD COLUMN weight REAL NOT NULL DEFAULT 1;
-- By which version of the rules memories were last looked for here; 0: never.
ALTER TABLE conversation ADD COLUMN memory_rules INTEGER NOT NULL DEFAULT 0;
`;
