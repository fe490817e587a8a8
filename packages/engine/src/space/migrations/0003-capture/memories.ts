/** Memories and what they stand on; projects, documents and ratings of exports; the records those were read from. */

export const memoriesTables = `
-- A record of an export that is no conversation, in the source's own bytes, compressed with zstd. 'slot' says what it is a
-- version of: source, account and the source's own name, so that a newer export is known as one.
CREATE TABLE sidecar_record (
  pk INTEGER PRIMARY KEY,
  run_pk INTEGER NOT NULL REFERENCES import_run,
  source TEXT NOT NULL,
  account_hash TEXT NOT NULL DEFAULT '',
  slot TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  -- When the source last changed it, else when it was put into its archive: the first and the last time these bytes were
  -- seen. Null where nothing says.
  first_ms INTEGER,
  as_of_ms INTEGER,
  bytes_zstd BLOB NOT NULL,
  size INTEGER NOT NULL,
  UNIQUE (slot, sha256)
);
CREATE INDEX sidecar_record_run ON sidecar_record(run_pk);
-- One known only by conversations that name it has no name and no record.
CREATE TABLE project (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  account_hash TEXT NOT NULL DEFAULT '',
  external_id TEXT NOT NULL,
  name TEXT,
  description TEXT,
  instructions TEXT,
  created_ms INTEGER,
  updated_ms INTEGER,
  record_pk INTEGER REFERENCES sidecar_record ON DELETE SET NULL,
  -- Of the record it was read from: time and hash. The greater one wins, in whatever order they come.
  version TEXT NOT NULL DEFAULT ''
);
CREATE INDEX project_external ON project(source, external_id);
CREATE INDEX project_record ON project(record_pk);
CREATE INDEX conversation_project ON conversation(source, project_id) WHERE project_id IS NOT NULL;
CREATE TABLE project_document (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  project_pk INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
  external_id TEXT,
  name TEXT,
  text TEXT NOT NULL,
  created_ms INTEGER,
  version TEXT NOT NULL
);
CREATE INDEX project_document_project ON project_document(project_pk);
-- One assertion about the person, or for whoever answers them.
CREATE TABLE memory (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN (
    'fact','preference','instruction','goal','event','relation','decision','open_question','entity')),
  text TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('imported','stated','rule','model')),
  source TEXT,
  account_hash TEXT NOT NULL DEFAULT '',
  -- What kind of thing it was read from, in words.
  what TEXT NOT NULL DEFAULT '',
  -- Of what record it is a statement: one a newer version no longer makes is superseded. Null: it stands for itself.
  slot TEXT,
  -- Id of the project it holds in; the project may come in later.
  project_id TEXT,
  state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active','candidate','archived','superseded','resolved')),
  pinned INTEGER NOT NULL DEFAULT 0,
  confidence REAL NOT NULL DEFAULT 1,
  learnt_ms INTEGER NOT NULL,
  valid_from_ms INTEGER,
  valid_to_ms INTEGER,
  -- When the person last changed it: what they changed, nothing changes back.
  changed_ms INTEGER,
  supersedes_pk INTEGER REFERENCES memory ON DELETE SET NULL
);
CREATE INDEX memory_state ON memory(state, kind);
CREATE INDEX memory_slot ON memory(slot) WHERE slot IS NOT NULL;
CREATE INDEX memory_project ON memory(project_id) WHERE project_id IS NOT NULL;
CREATE INDEX memory_supersedes ON memory(supersedes_pk) WHERE supersedes_pk IS NOT NULL;
-- A span of a message's part, or of a text of a record. A memory that was not stated here has at least one.
CREATE TABLE memory_evidence (
  pk INTEGER PRIMARY KEY,
  memory_pk INTEGER NOT NULL REFERENCES memory ON DELETE CASCADE,
  message_pk INTEGER REFERENCES message ON DELETE CASCADE,
  record_pk INTEGER REFERENCES sidecar_record ON DELETE CASCADE,
  -- The part of the message, or the text of the record.
  place TEXT NOT NULL,
  start_ix INTEGER NOT NULL,
  end_ix INTEGER NOT NULL,
  -- When it was so: the message's time, or the record's.
  at_ms INTEGER,
  CHECK ((message_pk IS NULL) <> (record_pk IS NULL))
);
CREATE UNIQUE INDEX memory_evidence_message ON memory_evidence(message_pk, memory_pk, place, start_ix) WHERE message_pk IS NOT NULL;
CREATE UNIQUE INDEX memory_evidence_record ON memory_evidence(record_pk, memory_pk, place, start_ix) WHERE record_pk IS NOT NULL;
CREATE INDEX memory_evidence_memory ON memory_evidence(memory_pk);
-- 'names': the name and the other words for the same thing, which count for more than what is said of it.
CREATE VIRTUAL TABLE memory_words USING fts5(text, names, content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2");
-- It names conversation and message by the source's ids: either may come in later.
CREATE TABLE feedback (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  conversation_key TEXT NOT NULL,
  message_key TEXT,
  rating TEXT NOT NULL CHECK (rating IN ('up','down','other')),
  comment TEXT,
  at_ms INTEGER,
  record_pk INTEGER NOT NULL REFERENCES sidecar_record ON DELETE CASCADE,
  version TEXT NOT NULL
);
CREATE INDEX feedback_conversation ON feedback(source, conversation_key);
CREATE INDEX feedback_record ON feedback(record_pk);
`;
