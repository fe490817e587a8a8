/** Which messages a model read, as they are now. One whose content changes was not read, and says nothing a model found in it. */
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

const forgetRead = statement<{ pk: number }>((db, p) => db.deleteFrom('model_read').where('message_pk', '=', p.pk));
/** What the person decided keeps what it stands on. */
const dropEvidence = statement<{ pk: number }>(
  (_, p) => sql`
    DELETE FROM memory_evidence WHERE message_pk = ${p.pk} AND finder = 'model'
      AND memory_pk IN (SELECT pk FROM memory WHERE changed_ms IS NULL AND settled_ms IS NULL)`,
);

/** What stood on it alone goes when memories are looked for here again. */
export function forgetReading(connection: Connection, messagePk: number): void {
  forgetRead.run(connection, { pk: messagePk });
  dropEvidence.run(connection, { pk: messagePk });
}
