/** An erasure too large for one transaction: what is hidden already and still has to go. */
export const erasingTables = `
-- Conversations nobody is shown any more. A row goes with its conversation.
CREATE TABLE erasing (
  conversation_pk INTEGER PRIMARY KEY REFERENCES conversation ON DELETE CASCADE,
  erasure_pk INTEGER NOT NULL REFERENCES erasure ON DELETE CASCADE
);
CREATE INDEX erasing_erasure ON erasing(erasure_pk);
-- 0: over. 1: conversations are left. 2: the index of words is written anew.
ALTER TABLE erasure ADD COLUMN stage INTEGER NOT NULL DEFAULT 0;
CREATE INDEX erasure_stage ON erasure(stage) WHERE stage > 0;
`;
