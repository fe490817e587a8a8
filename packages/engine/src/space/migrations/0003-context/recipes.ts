/** Recipes of the space's owner: named settings of context bundles. */
export const recipeTables = `
CREATE TABLE recipe (
  pk INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  settings_json TEXT NOT NULL,
  changed_ms INTEGER NOT NULL
);`;
