/** One more step of the schema than is shipped. Knows how to fail and how to take long. */
import { spaceSchemaVersion } from '@vivim/contract/space-schema';
import type { Migration } from '@vivim/engine/sqlite/migrate';

export const laterVersion = spaceSchemaVersion + 1;

export const laterStep: Migration = {
  version: laterVersion,
  name: 'later',
  sql: `
CREATE TABLE later (id TEXT PRIMARY KEY CHECK (id <> 'poison'), n INTEGER);
INSERT INTO later (id) SELECT id FROM op;
UPDATE later SET n = (
  WITH RECURSIVE count(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM count WHERE i < 4000000) SELECT max(i) FROM count
) WHERE id = 'slow';`,
};
