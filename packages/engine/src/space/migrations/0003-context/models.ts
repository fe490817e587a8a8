/** Who makes vectors, what left for them, and room for the vectors of several models side by side. */

export const modelTables = `
-- A service its owner named. The key is theirs: it lies in this file alone, and goes out with a request and never otherwise.
CREATE TABLE model_service (
  pk INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('openai','ollama')),
  base_url TEXT NOT NULL,
  model TEXT NOT NULL,
  key TEXT,
  dimensions INTEGER,
  embed_agreed_ms INTEGER,
  per_minute INTEGER NOT NULL,
  monthly_tokens INTEGER,
  created_ms INTEGER NOT NULL
);
-- Written before anything leaves.
CREATE TABLE model_call (
  pk INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  service TEXT NOT NULL,
  host TEXT NOT NULL,
  model TEXT NOT NULL,
  purpose TEXT NOT NULL,
  texts INTEGER NOT NULL,
  characters INTEGER NOT NULL,
  tokens INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  took_ms INTEGER
);
CREATE TABLE model_month (
  service TEXT NOT NULL,
  month TEXT NOT NULL,
  requests INTEGER NOT NULL,
  texts INTEGER NOT NULL,
  characters INTEGER NOT NULL,
  tokens INTEGER NOT NULL,
  PRIMARY KEY (service, month)
) WITHOUT ROWID;
-- Names of services; null is the built-in embedder.
CREATE TABLE embedder_choice (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  answering TEXT,
  chosen TEXT,
  switched_ms INTEGER
);
INSERT INTO embedder_choice (one) VALUES (1);
-- The ids of one model's vectors: from slot * 2^44 on. What was there before this had one model.
CREATE TABLE vector_slot (
  slot INTEGER PRIMARY KEY,
  model TEXT NOT NULL UNIQUE
);
INSERT INTO vector_slot (slot, model) SELECT 0, model FROM embedding LIMIT 1;
`;
