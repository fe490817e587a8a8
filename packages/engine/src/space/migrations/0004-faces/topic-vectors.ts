/** What topics are called, as vectors: for those near in meaning. Made in the background; a row without one waits for it. */
export const topicVectorTables = `
CREATE TABLE topic_vector (
  topic_pk INTEGER PRIMARY KEY REFERENCES topic ON DELETE CASCADE,
  -- What the vector is of. Another label: another vector.
  label TEXT NOT NULL,
  -- Who made it; empty while nobody did.
  model TEXT NOT NULL DEFAULT '',
  vector BLOB
);
CREATE INDEX topic_vector_model ON topic_vector(model);
`;
