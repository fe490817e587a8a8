/** What stays out of contexts until its person takes it back. */
export const exclusionTables = `
CREATE TABLE exclusion (
  pk INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('conversation','message','unit','topic','entity','project','source')),
  -- An id, the name of a source, or the key of a topic or an entity, which names it in every space.
  key TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  UNIQUE (kind, key)
);`;
