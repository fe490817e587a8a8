/** Uploads that can be gone on with, and runs that can be paused. */
export const uploadTables = `
-- A file on its way in; the row ends with the upload. What is in the spool beyond 'received' counts as not there.
CREATE TABLE upload (
  run_pk INTEGER PRIMARY KEY REFERENCES import_run ON DELETE CASCADE,
  bytes INTEGER NOT NULL,
  received INTEGER NOT NULL DEFAULT 0,
  -- What the client said the first MiB hashes to: a file chosen again is known by it.
  head_sha256 TEXT,
  touched_ms INTEGER NOT NULL
);
-- Since when a run that waits or runs is paused.
ALTER TABLE import_run ADD COLUMN paused_ms INTEGER;
-- How far it was over the last seconds: a JSON array of [ms, bytes]. Empty while nothing runs.
ALTER TABLE import_run ADD COLUMN pace TEXT NOT NULL DEFAULT '[]';
`;
