/** Records of compiled contexts. What a line said is not kept: ids lead to it, and lead nowhere once it is gone. */
export const assemblyTables = `
CREATE TABLE assembly (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at_ms INTEGER NOT NULL,
  session_id TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('api','mcp')),
  query TEXT NOT NULL,
  recipe TEXT NOT NULL,
  conversation_id TEXT,
  budget INTEGER NOT NULL,
  tokens INTEGER NOT NULL,
  tokenizer TEXT NOT NULL,
  hash TEXT NOT NULL,
  lines INTEGER NOT NULL,
  took_ms REAL NOT NULL,
  details_json TEXT NOT NULL
);`;
