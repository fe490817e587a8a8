/** Schema 6: what connected AIs and programs asked for and were given. Ids of what was given alone; they lead nowhere once it is gone. */
import type { Migration } from '../../sqlite/migrate.ts';

const asked = `
CREATE TABLE asked (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at_ms INTEGER NOT NULL,
  session_id TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('api','mcp')),
  -- What the application called itself. Null for a token.
  application TEXT,
  kind TEXT NOT NULL,
  -- What was asked for; null where nothing was said, and after an erasure.
  words TEXT,
  count INTEGER NOT NULL,
  -- Length of the answer, UTF-16 units.
  characters INTEGER,
  -- A JSON array of ids; null where newer ones took its place.
  given_json TEXT
);
CREATE INDEX asked_session ON asked(session_id, pk);
`;

/** Who asked for a context is known by name as well, also when its session is over. Made anew: behind the packed columns it would be dear to read. */
const assemblies = `
CREATE TABLE assembly_now (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at_ms INTEGER NOT NULL,
  session_id TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('api','mcp')),
  application TEXT,
  recipe TEXT NOT NULL,
  conversation_id TEXT,
  budget INTEGER NOT NULL,
  tokens INTEGER NOT NULL,
  tokenizer TEXT NOT NULL,
  hash TEXT NOT NULL,
  lines INTEGER NOT NULL,
  took_ms REAL NOT NULL,
  query TEXT NOT NULL,
  given_ids TEXT NOT NULL,
  request_json TEXT,
  -- Both deflated (RFC 1951); the text is null for those kept before schema 4, and where newer ones took its place.
  details_deflated BLOB NOT NULL,
  text_deflated BLOB
);
INSERT INTO assembly_now (pk, id, at_ms, session_id, way, recipe, conversation_id, budget, tokens, tokenizer, hash, lines, took_ms, query,
    given_ids, request_json, details_deflated, text_deflated)
  SELECT pk, id, at_ms, session_id, way, recipe, conversation_id, budget, tokens, tokenizer, hash, lines, took_ms, query,
    given_ids, request_json, details_deflated, text_deflated FROM assembly;
DROP TABLE assembly;
ALTER TABLE assembly_now RENAME TO assembly;
CREATE INDEX assembly_session ON assembly(session_id);
`;

export const whatWasAsked: Migration = { version: 6, name: 'asked', sql: asked + assemblies };
