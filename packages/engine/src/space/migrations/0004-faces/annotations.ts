/** What a person hangs on conversations and messages. By ids, which stay when a conversation is imported or read again. */
export const annotationTables = `
CREATE TABLE annotation (
  pk INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('bookmark','note','tag','archive')),
  conversation_id TEXT NOT NULL,
  -- '' where it hangs on the conversation itself.
  message_id TEXT NOT NULL DEFAULT '',
  -- What one tag is known by however it is written in capitals; '' for the others.
  key TEXT NOT NULL DEFAULT '',
  -- The Markdown of a note, the name of a tag.
  text TEXT,
  at_ms INTEGER NOT NULL,
  changed_ms INTEGER NOT NULL,
  UNIQUE (conversation_id, kind, message_id, key)
);
CREATE INDEX annotation_key ON annotation (key, conversation_id) WHERE kind = 'tag';
CREATE INDEX annotation_kind ON annotation (kind, conversation_id);
-- Notes alone: by their rows.
CREATE VIRTUAL TABLE note_words USING fts5(text, content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2");`;
