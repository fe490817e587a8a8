/** Words found in every script, units cut by a known version, the ids units had before, and units that say nearly the same. */
import { wordTokenizer } from '../../words/index-words.ts';

export const segmentationTables = `
-- What was indexed before stays findable until it is indexed anew, conversation by conversation; nothing is put in it.
ALTER TABLE message_words RENAME TO message_words_before;
-- 'forms' holds other forms of the words of 'text': stems, and the names inside a name.
CREATE VIRTUAL TABLE message_words USING fts5(text, forms, content='', contentless_delete=1, tokenize="${wordTokenizer}");
-- By which version of the rules its words were indexed and its units cut.
ALTER TABLE conversation ADD COLUMN words_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN units_version INTEGER NOT NULL DEFAULT 0;
CREATE INDEX conversation_words_version ON conversation(words_version);
CREATE INDEX conversation_units_version ON conversation(units_version);
-- An id a unit had before it was cut anew: what cites it still finds the unit that says it now.
CREATE TABLE former_acu (
  id TEXT PRIMARY KEY,
  acu_pk INTEGER NOT NULL REFERENCES acu ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX former_acu_acu ON former_acu(acu_pk);
-- What of a unit's shingles is least, band by band: units that share a band may say nearly the same.
CREATE TABLE acu_band (
  key INTEGER NOT NULL,
  acu_pk INTEGER NOT NULL REFERENCES acu ON DELETE CASCADE,
  PRIMARY KEY (key, acu_pk)
) WITHOUT ROWID;
CREATE INDEX acu_band_acu ON acu_band(acu_pk);
`;
