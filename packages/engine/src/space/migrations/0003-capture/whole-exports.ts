/** Exports that hold a whole account as it was at one time, and when a conversation was last in one. */
export const wholeExportsTables = `
-- Set where a run's file holds all of an account: whose, and when it was made.
ALTER TABLE import_run ADD COLUMN whole_source TEXT;
ALTER TABLE import_run ADD COLUMN whole_account TEXT;
ALTER TABLE import_run ADD COLUMN as_of_ms INTEGER;
-- One that comes in several files: what they are called but for their number, and the number, from 0.
ALTER TABLE import_run ADD COLUMN batch_of TEXT;
ALTER TABLE import_run ADD COLUMN batch INTEGER;
CREATE INDEX import_run_batch ON import_run(batch_of) WHERE batch_of IS NOT NULL;
CREATE INDEX import_run_whole ON import_run(whole_source, whole_account, as_of_ms) WHERE whole_source IS NOT NULL;
ALTER TABLE conversation ADD COLUMN seen_as_of_ms INTEGER;
`;
