/** Live capture: the services conversations go through, what finds a conversation again, and what became of the exchanges. */

export const liveTables = `
-- A service its owner named. The key is theirs: it lies in this file alone, and goes out with a request and never otherwise.
CREATE TABLE upstream (
  pk INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('openai','anthropic')),
  base_url TEXT NOT NULL,
  key TEXT,
  is_default INTEGER NOT NULL DEFAULT 0,
  record INTEGER NOT NULL DEFAULT 1,
  created_ms INTEGER NOT NULL,
  used_ms INTEGER
);
-- Where a message is found again by what was said up to and with it: each request repeats its history.
CREATE TABLE turn_prefix (
  hash TEXT NOT NULL,
  message_pk INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  PRIMARY KEY (hash, message_pk)
) WITHOUT ROWID;
CREATE INDEX turn_prefix_message ON turn_prefix(message_pk);
-- The system prompt in force somewhere is looked for from there upwards.
CREATE INDEX message_setting ON message(conversation_pk, seq) WHERE hidden_reason = 'system_prompt';
CREATE TABLE live_tally (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  recorded INTEGER NOT NULL DEFAULT 0,
  partial INTEGER NOT NULL DEFAULT 0,
  withheld INTEGER NOT NULL DEFAULT 0,
  missed INTEGER NOT NULL DEFAULT 0,
  missed_ms INTEGER,
  missed_for TEXT
);
INSERT INTO live_tally (one) VALUES (1);
`;
