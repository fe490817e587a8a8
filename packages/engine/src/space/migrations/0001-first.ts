/** Schema 1. No table has a user column: a file belongs to one person. Times are integer ms UTC; null stays null. */
import type { Migration } from '../../sqlite/migrate.ts';

export const first: Migration = {
  version: 1,
  name: 'first',
  sql: `
CREATE TABLE space (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  storage_id TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  -- Goes into the ids of what is found here, so that the same finding in two spaces has two ids. Moves with the space.
  salt TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 0,
  created_ms INTEGER NOT NULL
);
-- One row for each verb ever applied: what was asked, what was answered.
CREATE TABLE op (
  id TEXT PRIMARY KEY,
  operation TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  status INTEGER NOT NULL,
  answer TEXT,
  version INTEGER NOT NULL,
  at_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX op_at ON op(at_ms);

-- capture -----------------------------------------------------------------------------------------------------
CREATE TABLE import_run (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('receiving','queued','running','done','failed','cancelled')),
  file_name TEXT NOT NULL,
  file_bytes INTEGER NOT NULL DEFAULT 0,
  file_sha256 TEXT,
  asked_source TEXT,
  source TEXT,
  confidence REAL,
  why TEXT,
  created_ms INTEGER NOT NULL,
  started_ms INTEGER,
  finished_ms INTEGER,
  -- How far it is: a JSON object only capture reads. A killed engine goes on from here.
  position TEXT,
  -- How often it was opened since it last moved on: what kills its engine every time is given up.
  starts INTEGER NOT NULL DEFAULT 0,
  counts TEXT NOT NULL DEFAULT '{}',
  error_code TEXT,
  error_detail TEXT,
  same_file_as TEXT
);
CREATE INDEX import_run_state ON import_run(state);
CREATE INDEX import_run_sha ON import_run(file_sha256);
CREATE TABLE import_issue (
  pk INTEGER PRIMARY KEY,
  run_pk INTEGER NOT NULL REFERENCES import_run ON DELETE CASCADE,
  severity TEXT NOT NULL CHECK (severity IN ('skipped','degraded','note')),
  code TEXT NOT NULL,
  path TEXT NOT NULL,
  external_id TEXT,
  title TEXT,
  detail TEXT NOT NULL,
  UNIQUE (run_pk, path, code)
);
-- The source's own bytes of one conversation, compressed with zstd: everything below can be rebuilt from it.
CREATE TABLE raw_record (
  pk INTEGER PRIMARY KEY,
  run_pk INTEGER NOT NULL REFERENCES import_run,
  source TEXT NOT NULL,
  external_key TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes_zstd BLOB NOT NULL,
  size INTEGER NOT NULL,
  UNIQUE (source, external_key, sha256)
);
CREATE TABLE conversation (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  account_hash TEXT NOT NULL DEFAULT '',
  external_id TEXT,
  title TEXT,
  title_source TEXT,
  created_ms INTEGER,
  updated_ms INTEGER,
  created_raw TEXT,
  updated_raw TEXT,
  -- When it last moved, for ordering: updated, else created, else when it came in. Never shown as a date.
  sort_ms INTEGER NOT NULL,
  active_leaf_id TEXT,
  project_id TEXT,
  assistant_id TEXT,
  default_model TEXT,
  flags_json TEXT NOT NULL DEFAULT '{}',
  content_hash TEXT NOT NULL,
  message_count INTEGER NOT NULL DEFAULT 0,
  first_run_pk INTEGER NOT NULL REFERENCES import_run,
  -- The last run that saw it, and what that run made of it: a second sighting in one run counts once.
  last_run_pk INTEGER NOT NULL REFERENCES import_run,
  last_outcome TEXT NOT NULL DEFAULT 'added' CHECK (last_outcome IN ('added','updated','unchanged')),
  raw_pk INTEGER REFERENCES raw_record,
  deleted_in_source_ms INTEGER
);
CREATE INDEX conversation_sort ON conversation(sort_ms DESC, pk DESC);
CREATE INDEX conversation_source ON conversation(source, account_hash);
CREATE INDEX conversation_last_run ON conversation(last_run_pk);
CREATE TABLE message (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  conversation_pk INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
  external_id TEXT,
  parent_pk INTEGER REFERENCES message,
  sibling_ix INTEGER NOT NULL DEFAULT 0,
  -- Place in a depth-first walk of the tree: the order a reader follows.
  seq INTEGER NOT NULL,
  role TEXT NOT NULL,
  author_name TEXT,
  author_kind TEXT NOT NULL,
  model TEXT,
  channel TEXT,
  created_ms INTEGER,
  created_raw TEXT,
  hidden INTEGER NOT NULL DEFAULT 0,
  hidden_reason TEXT,
  status TEXT,
  weight REAL,
  on_active_path INTEGER NOT NULL DEFAULT 0,
  content_hash TEXT NOT NULL
);
CREATE INDEX message_conversation ON message(conversation_pk, seq);
CREATE INDEX message_parent ON message(parent_pk);
CREATE TABLE part (
  pk INTEGER PRIMARY KEY,
  message_pk INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  ix INTEGER NOT NULL,
  kind TEXT NOT NULL,
  text TEXT,
  language TEXT,
  mime TEXT,
  tool_name TEXT,
  tool_call_id TEXT,
  json TEXT,
  attachment_pk INTEGER REFERENCES attachment,
  UNIQUE (message_pk, ix)
);
CREATE TABLE attachment (
  pk INTEGER PRIMARY KEY,
  external_id TEXT,
  name TEXT,
  mime TEXT,
  size INTEGER,
  sha256 TEXT,
  status TEXT NOT NULL CHECK (status IN ('present','missing','skipped')),
  text_extract TEXT
);
CREATE UNIQUE INDEX attachment_external ON attachment(external_id) WHERE external_id IS NOT NULL;
CREATE TABLE citation (
  pk INTEGER PRIMARY KEY,
  part_pk INTEGER NOT NULL REFERENCES part ON DELETE CASCADE,
  start_ix INTEGER,
  end_ix INTEGER,
  url TEXT,
  title TEXT,
  snippet TEXT
);
CREATE INDEX citation_part ON citation(part_pk);

-- units -------------------------------------------------------------------------------------------------------
CREATE TABLE acu (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  conversation_pk INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
  message_pk INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  part_pk INTEGER NOT NULL REFERENCES part ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  -- The text is not copied: it is this slice of the part's text (UTF-16 offsets).
  start_ix INTEGER NOT NULL,
  end_ix INTEGER NOT NULL,
  type TEXT NOT NULL,
  author_kind TEXT NOT NULL,
  language TEXT,
  created_ms INTEGER,
  quality REAL NOT NULL,
  state TEXT NOT NULL DEFAULT 'active',
  -- First 8 bytes of the SHA-256 of the normalised text, as hex: finds near-duplicates.
  text_key TEXT NOT NULL
);
CREATE INDEX acu_message ON acu(message_pk, ordinal);
CREATE INDEX acu_conversation ON acu(conversation_pk);
CREATE INDEX acu_type ON acu(type, created_ms) WHERE type IN ('instruction','preference','personal_fact','decision','question');
CREATE INDEX acu_text_key ON acu(text_key);
CREATE TABLE acu_link (
  from_pk INTEGER NOT NULL REFERENCES acu ON DELETE CASCADE,
  type TEXT NOT NULL,
  to_pk INTEGER NOT NULL REFERENCES acu ON DELETE CASCADE,
  weight REAL NOT NULL DEFAULT 1,
  PRIMARY KEY (from_pk, type, to_pk)
) WITHOUT ROWID;
CREATE INDEX acu_link_to ON acu_link(to_pk);

-- words: the row id is a place (space/place.ts): conversation, order, length and author in one number, so that ranking
-- reads nothing but the index. Neighbours are found by arithmetic; their words are indexed once, not again beside others.
CREATE VIRTUAL TABLE message_words USING fts5(text, content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2");
CREATE TABLE word_place (
  place INTEGER PRIMARY KEY,
  message_pk INTEGER NOT NULL UNIQUE
);
-- How many messages are indexed and how long they are together: what a term's rarity and a message's length are measured by.
CREATE TABLE word_total (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  messages INTEGER NOT NULL,
  words REAL NOT NULL
);
-- Names of those who speak, lower case: a name in a question says who said it, more than what was said.
CREATE TABLE speaker (
  name TEXT PRIMARY KEY
) WITHOUT ROWID;

-- meaning: id = message_pk * 8 + piece. Sign bits (one for each dimension) to search by stand apart from the int8 form
-- to compare by, so that loading all of the one reads none of the other.
CREATE TABLE embedding (
  id INTEGER PRIMARY KEY,
  message_pk INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  model TEXT NOT NULL,
  -- On piece 0: the message's content_hash when it was embedded. A text that changed is embedded again.
  content_hash TEXT,
  sign BLOB NOT NULL
);
CREATE INDEX embedding_message ON embedding(message_pk);
CREATE TABLE embedding_vector (
  id INTEGER PRIMARY KEY REFERENCES embedding ON DELETE CASCADE,
  vector BLOB NOT NULL
);

-- profiles ----------------------------------------------------------------------------------------------------
CREATE TABLE topic (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  key TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  aliases_json TEXT NOT NULL DEFAULT '[]',
  conversations INTEGER NOT NULL DEFAULT 0,
  messages INTEGER NOT NULL DEFAULT 0,
  acus INTEGER NOT NULL DEFAULT 0,
  first_ms INTEGER,
  last_ms INTEGER,
  titled INTEGER NOT NULL DEFAULT 0,
  strength INTEGER NOT NULL DEFAULT 0,
  weight REAL NOT NULL DEFAULT 0,
  visible INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX topic_weight ON topic(visible, weight DESC);
CREATE TABLE topic_acu (
  topic_pk INTEGER NOT NULL REFERENCES topic ON DELETE CASCADE,
  acu_pk INTEGER NOT NULL REFERENCES acu ON DELETE CASCADE,
  weight REAL NOT NULL,
  PRIMARY KEY (topic_pk, acu_pk)
) WITHOUT ROWID;
CREATE INDEX topic_acu_acu ON topic_acu(acu_pk);
-- What one conversation contributes to a topic: totals are the sum of these rows, so that one can be taken back exactly.
CREATE TABLE topic_conversation (
  topic_pk INTEGER NOT NULL REFERENCES topic ON DELETE CASCADE,
  conversation_pk INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
  titled INTEGER NOT NULL,
  strength INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  acus INTEGER NOT NULL,
  first_ms INTEGER,
  last_ms INTEGER,
  -- [[kind, value, weight], …]: how it is written and what sort of thing it seems to be.
  forms_json TEXT NOT NULL,
  PRIMARY KEY (topic_pk, conversation_pk)
) WITHOUT ROWID;
CREATE INDEX topic_conversation_conversation ON topic_conversation(conversation_pk);
CREATE INDEX topic_conversation_first ON topic_conversation(topic_pk, first_ms);
CREATE INDEX topic_conversation_last ON topic_conversation(topic_pk, last_ms);
CREATE TABLE topic_form (
  topic_pk INTEGER NOT NULL REFERENCES topic ON DELETE CASCADE,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  weight INTEGER NOT NULL,
  PRIMARY KEY (topic_pk, kind, value)
) WITHOUT ROWID;
CREATE TABLE entity (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  aliases_json TEXT NOT NULL DEFAULT '[]',
  conversations INTEGER NOT NULL DEFAULT 0,
  messages INTEGER NOT NULL DEFAULT 0,
  acus INTEGER NOT NULL DEFAULT 0,
  first_ms INTEGER,
  last_ms INTEGER,
  titled INTEGER NOT NULL DEFAULT 0,
  strength INTEGER NOT NULL DEFAULT 0,
  weight REAL NOT NULL DEFAULT 0,
  visible INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX entity_weight ON entity(visible, weight DESC);
CREATE TABLE entity_acu (
  entity_pk INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  acu_pk INTEGER NOT NULL REFERENCES acu ON DELETE CASCADE,
  weight REAL NOT NULL,
  PRIMARY KEY (entity_pk, acu_pk)
) WITHOUT ROWID;
CREATE INDEX entity_acu_acu ON entity_acu(acu_pk);
-- What one conversation contributes to a entity: totals are the sum of these rows, so that one can be taken back exactly.
CREATE TABLE entity_conversation (
  entity_pk INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  conversation_pk INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
  titled INTEGER NOT NULL,
  strength INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  acus INTEGER NOT NULL,
  first_ms INTEGER,
  last_ms INTEGER,
  -- [[kind, value, weight], …]: how it is written and what sort of thing it seems to be.
  forms_json TEXT NOT NULL,
  PRIMARY KEY (entity_pk, conversation_pk)
) WITHOUT ROWID;
CREATE INDEX entity_conversation_conversation ON entity_conversation(conversation_pk);
CREATE INDEX entity_conversation_first ON entity_conversation(entity_pk, first_ms);
CREATE INDEX entity_conversation_last ON entity_conversation(entity_pk, last_ms);
CREATE TABLE entity_form (
  entity_pk INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  weight INTEGER NOT NULL,
  PRIMARY KEY (entity_pk, kind, value)
) WITHOUT ROWID;

-- bundles -----------------------------------------------------------------------------------------------------
CREATE TABLE bundle (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  -- Id of the topic, entity or conversation it is about; '' for the person's own.
  subject TEXT NOT NULL DEFAULT '',
  label TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  dirty INTEGER NOT NULL DEFAULT 0,
  text TEXT NOT NULL,
  tokens INTEGER NOT NULL,
  tokenizer TEXT NOT NULL,
  hash TEXT NOT NULL,
  citations_json TEXT NOT NULL,
  compiled_ms INTEGER NOT NULL,
  UNIQUE (kind, subject)
);
-- What a bundle was made from: kind 'topic' | 'entity' | 'conversation' | 'acu_type', and its key.
CREATE TABLE bundle_source (
  bundle_pk INTEGER NOT NULL REFERENCES bundle ON DELETE CASCADE,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (kind, key, bundle_pk)
) WITHOUT ROWID;
CREATE INDEX bundle_source_bundle ON bundle_source(bundle_pk);

-- Work that follows a write, made in the same transaction as it. kind: 'rollup' | 'embed'; subject: a conversation.
CREATE TABLE outbox (
  pk INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  conversation_pk INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
  at_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  UNIQUE (kind, conversation_pk)
);
`,
};
