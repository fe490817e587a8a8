/** How often what was predicted was asked: figures by name, and since when. */
export const foresightTables = `
CREATE TABLE foresight_tally (
  name TEXT PRIMARY KEY,
  n INTEGER NOT NULL
) WITHOUT ROWID;`;
