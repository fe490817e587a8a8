/** Schema 2: what was erased, so that it stays erased; and the indexes that taking rows away needs. */
import type { Migration } from '../../sqlite/migrate.ts';

export const erasures: Migration = {
  version: 2,
  name: 'erasures',
  sql: `
-- One row for each erasure: its receipt. Ids, figures and times; no content.
CREATE TABLE erasure (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  items INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  -- Figures and what remains, as the receipt shows them.
  receipt TEXT NOT NULL,
  allowed_ms INTEGER
);
-- What must not come in again: '<kind>:<hash>', hashed under the space's salt. A name's hash is of its words in order.
CREATE TABLE erased (
  mark TEXT PRIMARY KEY,
  erasure_pk INTEGER NOT NULL REFERENCES erasure ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX erased_erasure ON erased(erasure_pk);
-- 'source': the bytes of the export. 'canonical': what VIVIM understood of them, without what was erased; its sha256 is
-- then a hash of the original's under the salt, so that the same bytes are known again.
ALTER TABLE raw_record ADD COLUMN form TEXT NOT NULL DEFAULT 'source';
-- Foreign keys look for children at each row that goes.
CREATE INDEX raw_record_external ON raw_record(external_key);
CREATE INDEX raw_record_run ON raw_record(run_pk);
CREATE INDEX conversation_raw ON conversation(raw_pk);
CREATE INDEX conversation_first_run ON conversation(first_run_pk);
CREATE INDEX part_attachment ON part(attachment_pk) WHERE attachment_pk IS NOT NULL;
CREATE INDEX acu_part ON acu(part_pk);
`,
};
