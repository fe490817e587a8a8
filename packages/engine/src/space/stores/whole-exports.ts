/**
 * What a later export of an account no longer holds is gone at its source: marked, and never deleted. Which export is later is told
 * by when it was made and not by when it came in, so that every order of imports ends in the same marks.
 */
import type { Source } from '@vivim/contract/conversation';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

/** All of an account, as it was. */
export interface WholeExport {
  readonly source: Source;
  readonly accountHash: string;
  /** When the export was made, ms UTC. */
  readonly asOfMs: number;
}

const note = statement<{ pk: number; source: string; account: string; asOf: number }>((db, p) =>
  db
    .updateTable('import_run')
    .set({ whole_source: p.source, whole_account: p.account, as_of_ms: p.asOf })
    .where('pk', '=', p.pk),
);
const see = statement<{ pk: number }>(
  (_, p) => sql`
    UPDATE conversation SET seen_as_of_ms = max(coalesce(seen_as_of_ms, 0), r.as_of_ms)
    FROM import_run r
    WHERE r.pk = ${p.pk} AND conversation.last_run_pk = r.pk
      AND conversation.source = r.whole_source AND conversation.account_hash = r.whole_account`,
);
/** Of the sources this run brought: a sighting takes a mark away, and here it comes back where a later export lacks it still. */
const stale = statement<{ pk: number }, { pk: number; was: number | null; now: number | null }>(
  (_, p) => sql<{ pk: number; was: number | null; now: number | null }>`
    WITH gone AS (
      SELECT c.pk, c.deleted_in_source_ms AS was, (
        SELECT min(r.as_of_ms) FROM import_run r
        WHERE r.state = 'done' AND r.whole_source = c.source AND r.whole_account = c.account_hash
          AND r.as_of_ms > c.seen_as_of_ms) AS now
      FROM conversation c
      WHERE c.seen_as_of_ms IS NOT NULL AND c.source IN (
        SELECT source FROM conversation WHERE last_run_pk = ${p.pk}
        UNION SELECT whole_source FROM import_run WHERE pk = ${p.pk}))
    SELECT pk, was, now FROM gone WHERE was IS NOT now`,
);
const mark = statement<{ pk: number; at: number | null }>((db, p) =>
  db.updateTable('conversation').set({ deleted_in_source_ms: p.at }).where('pk', '=', p.pk),
);

export class WholeExports {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** What a run's file holds, known when it is begun. */
  note(runPk: number, { source, accountHash, asOfMs }: WholeExport): void {
    note.run(this.#connection, { pk: runPk, source, account: accountHash, asOf: asOfMs });
  }

  /** The run has ended well; call it when it is written down as done. @returns how many conversations are marked now and were not before */
  close(runPk: number): number {
    see.run(this.#connection, { pk: runPk });
    const changed = stale.all(this.#connection, { pk: runPk });
    for (const { pk, now } of changed) mark.run(this.#connection, { pk, at: now });
    return changed.filter(({ was, now }) => was === null && now !== null).length;
  }
}
