/** Session logs that are watched while they grow, and the watchers that send them. */
export const watchedTables = `
-- Of a run that brings a watched file which is written anew each time: the key of the file.
ALTER TABLE import_run ADD COLUMN watched_key TEXT;
CREATE TABLE watched_file (
  pk INTEGER PRIMARY KEY,
  -- Made by the watcher from machine and path.
  key TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  file_name TEXT NOT NULL,
  run_pk INTEGER NOT NULL REFERENCES import_run,
  -- The piece that goes on: which, and where in the file it begins. Its bytes are those of its record.
  piece INTEGER NOT NULL,
  tail_from INTEGER NOT NULL,
  tail_bytes INTEGER NOT NULL,
  tail_sha256 TEXT NOT NULL,
  tail_raw_pk INTEGER REFERENCES raw_record ON DELETE SET NULL,
  -- The first line of the file, which every later piece repeats.
  first_line BLOB NOT NULL,
  updated_ms INTEGER NOT NULL
);
CREATE INDEX watched_file_raw ON watched_file(tail_raw_pk);
CREATE INDEX watched_file_run ON watched_file(run_pk);
CREATE TABLE watcher (
  pk INTEGER PRIMARY KEY,
  -- Made once by the watcher of a profile on a machine.
  machine TEXT NOT NULL UNIQUE,
  device TEXT NOT NULL,
  ended INTEGER NOT NULL,
  -- Its folders as it told them.
  places_json TEXT NOT NULL,
  heard_ms INTEGER NOT NULL
);
`;
