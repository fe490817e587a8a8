/** A person's services, what left for them, and room for the vectors of several models side by side. */

export const modelTables = `
-- A service its owner named. The key is theirs: it lies in this file alone, and goes out with a request and never otherwise.
CREATE TABLE model_service (
  pk INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('openai','ollama')),
  base_url TEXT NOT NULL,
  model TEXT NOT NULL,
  key TEXT,
  -- Learnt when it was tested: of its vectors, and how it answers.
  dimensions INTEGER,
  chat_form TEXT CHECK (chat_form IN ('schema','schema_max_tokens','plain')),
  -- When its owner agreed, for each purpose; null: they did not.
  embed_agreed_ms INTEGER,
  memories_agreed_ms INTEGER,
  per_minute INTEGER NOT NULL,
  monthly_tokens INTEGER,
  daily_tokens INTEGER,
  -- Of a million tokens, and the most of a month, in the money its owner counts.
  price_input REAL,
  price_output REAL,
  monthly_cost REAL,
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
  cost REAL,
  outcome TEXT NOT NULL,
  took_ms INTEGER
);
-- 'period': a month ('2026-11') or a day ('2026-11-26').
CREATE TABLE model_tally (
  service TEXT NOT NULL,
  period TEXT NOT NULL,
  requests INTEGER NOT NULL,
  texts INTEGER NOT NULL,
  characters INTEGER NOT NULL,
  tokens INTEGER NOT NULL,
  cost REAL NOT NULL,
  PRIMARY KEY (service, period)
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
