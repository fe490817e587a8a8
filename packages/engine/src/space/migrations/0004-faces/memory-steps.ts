/** How memories stood before the last steps of their person, for taking those back. */
export const memoryStepTables = `
CREATE TABLE memory_step (
  pk INTEGER PRIMARY KEY,
  -- The key of the request that made it.
  op TEXT NOT NULL UNIQUE,
  before_json TEXT NOT NULL,
  at_ms INTEGER NOT NULL
);`;
