/** Words of the branches that are not shown, and what code defines. Both are made again from messages and units. */
import { wordTokenizer } from '../../words/index-words.ts';

export const searchTables = `
-- An index of its own: how rare a word is, and how long a look at it takes, is untouched where only what is shown is searched.
CREATE VIRTUAL TABLE branch_words USING fts5(text, forms, content='', contentless_delete=1, tokenize="${wordTokenizer}");
-- Places as in word_place, in the upper half of the places of their conversation.
CREATE TABLE branch_place (
  place INTEGER PRIMARY KEY,
  message_pk INTEGER NOT NULL UNIQUE
);
CREATE TABLE code_symbol (
  -- As it is looked for: folded.
  key TEXT NOT NULL,
  acu_pk INTEGER NOT NULL REFERENCES acu ON DELETE CASCADE,
  name TEXT NOT NULL,
  PRIMARY KEY (key, acu_pk)
) WITHOUT ROWID;
CREATE INDEX code_symbol_acu ON code_symbol(acu_pk);
-- Which models and languages there are, without a look at every row.
CREATE INDEX message_model ON message(model) WHERE model IS NOT NULL;
CREATE INDEX acu_language ON acu(language) WHERE language IS NOT NULL;
-- Nothing of these changes: no other branch and no code stands in them.
UPDATE conversation SET words_version = 4 WHERE words_version = 3
  AND NOT EXISTS (SELECT 1 FROM message m WHERE m.conversation_pk = conversation.pk AND m.on_active_path = 0)
  AND NOT EXISTS (SELECT 1 FROM acu a WHERE a.conversation_pk = conversation.pk AND a.type = 'code');
`;
