/** Schema 5: what is written at every question, and what is asked for at every step of the work that follows, made lighter. */
import { deflateRawSync } from 'node:zlib';
import type { Migration } from '../../sqlite/migrate.ts';

/** What is kept of a context is packed: whoever asks reads one, whoever makes one writes it. Which units it gave stands beside. */
const assemblies = `
ALTER TABLE assembly ADD COLUMN given_ids TEXT NOT NULL DEFAULT '';
-- Deflated JSON (RFC 1951).
ALTER TABLE assembly ADD COLUMN details_deflated BLOB NOT NULL DEFAULT x'';
UPDATE assembly SET details_deflated = deflated(details_json), given_ids = coalesce((
  SELECT group_concat(json_extract(line.value, '$.acuId'), ' ') FROM json_each(details_json, '$.given') line), '');
ALTER TABLE assembly DROP COLUMN details_json;
`;

/** The next in line, without sorting all that wait. */
const outbox = `
CREATE INDEX outbox_next ON outbox(kind, attempts, pk);
`;

export const lighter: Migration = {
  version: 5,
  name: 'lighter',
  sql: assemblies + outbox,
  functions: { deflated: (text: string) => deflateRawSync(text, { level: 1 }) },
};
