/** Conversations whose versions contradict each other, and what their owner decided. */
export const conflictTables = `
ALTER TABLE conversation ADD COLUMN conflicts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN version_rule TEXT CHECK (version_rule IN ('newest','oldest','both'));
CREATE INDEX conversation_conflicts ON conversation(pk) WHERE conflicts > 0;
`;
