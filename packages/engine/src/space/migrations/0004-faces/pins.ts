/** What its person pins into contexts, and of a context that was given its very bytes and the request for it. */
export const pinTables = `
CREATE TABLE pin (
  pk INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('unit','memory')),
  key TEXT NOT NULL,
  -- The name of a recipe; empty for every context.
  recipe TEXT NOT NULL DEFAULT '',
  at_ms INTEGER NOT NULL,
  UNIQUE (kind, key, recipe)
);
-- Deflated (RFC 1951). Null for those kept before, and where newer ones took its place.
ALTER TABLE assembly ADD COLUMN text_deflated BLOB;
ALTER TABLE assembly ADD COLUMN request_json TEXT;
CREATE INDEX assembly_session ON assembly(session_id);`;
