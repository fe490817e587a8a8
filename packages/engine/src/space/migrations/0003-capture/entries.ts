/** What became of each record of a file. */
export const entryTables = `
-- The files inside an import, by the name the export gives them. Left out where the name may tell what was erased.
CREATE TABLE import_stream (
  run_pk INTEGER NOT NULL REFERENCES import_run ON DELETE CASCADE,
  -- Both count from one.
  stream INTEGER NOT NULL,
  path TEXT NOT NULL,
  PRIMARY KEY (run_pk, stream)
) WITHOUT ROWID;
CREATE TABLE import_entry (
  run_pk INTEGER NOT NULL REFERENCES import_run ON DELETE CASCADE,
  stream INTEGER NOT NULL,
  element INTEGER NOT NULL,
  -- 'again': the same conversation stood in the file before, and is counted there.
  outcome TEXT NOT NULL CHECK (outcome IN ('added','updated','unchanged','skipped','again')),
  degraded INTEGER NOT NULL,
  conversation_pk INTEGER REFERENCES conversation ON DELETE SET NULL,
  raw_pk INTEGER REFERENCES raw_record ON DELETE SET NULL,
  PRIMARY KEY (run_pk, stream, element)
) WITHOUT ROWID;
CREATE INDEX import_entry_conversation ON import_entry(conversation_pk);
CREATE INDEX import_entry_raw ON import_entry(raw_pk);
-- The entry an issue is of; null for one of the file.
ALTER TABLE import_issue ADD COLUMN stream INTEGER;
ALTER TABLE import_issue ADD COLUMN element INTEGER;
CREATE INDEX import_issue_entry ON import_issue(run_pk, stream, element) WHERE stream IS NOT NULL;
`;
