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

/** `data-…-batch-0001.zip`: the second of the files one export came in. */
const inBatches = /^(.*)-batch-(\d{1,6})(?:\D|$)/;

const note = statement<{
  pk: number;
  source: string;
  account: string;
  asOf: number;
  batchOf: string | null;
  batch: number | null;
}>((db, p) =>
  db
    .updateTable('import_run')
    .set({ whole_source: p.source, whole_account: p.account, as_of_ms: p.asOf, batch_of: p.batchOf, batch: p.batch })
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
          AND r.as_of_ms > c.seen_as_of_ms
          -- Of a file that broke off nobody knows what else it held.
          AND NOT EXISTS (SELECT 1 FROM import_issue i WHERE i.run_pk = r.pk AND i.code = 'conversation_broken_off')
          -- One of several files of an export holds not all there was: what it lacks may stand in the others.
          AND NOT EXISTS (
            SELECT 1 FROM import_run o
            WHERE r.batch_of IS NOT NULL AND o.batch_of = r.batch_of AND o.whole_account = r.whole_account AND o.batch > 0
              AND o.state = 'done')) AS now
      FROM conversation c
      WHERE c.seen_as_of_ms IS NOT NULL AND c.source IN (
        SELECT source FROM conversation WHERE last_run_pk = ${p.pk}
        UNION SELECT whole_source FROM import_run WHERE pk = ${p.pk}))
    SELECT pk, was, now FROM gone WHERE was IS NOT now`,
);
/** The very same file is no other export. Times in an archive are those of two seconds. */
const twin = statement<{ pk: number }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    SELECT o.pk FROM import_run r JOIN import_run o ON o.whole_source = r.whole_source AND o.whole_account = r.whole_account
      AND o.pk <> r.pk AND o.state = 'done' AND o.file_sha256 <> r.file_sha256
      AND abs(o.as_of_ms - r.as_of_ms) < 2000 AND (r.batch_of IS NULL OR o.batch_of IS NOT r.batch_of)
    WHERE r.pk = ${p.pk} LIMIT 1`,
);
const mark = statement<{ pk: number; at: number | null }>((db, p) =>
  db.updateTable('conversation').set({ deleted_in_source_ms: p.at }).where('pk', '=', p.pk),
);

export class WholeExports {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** What a run's file holds, known when it is begun. @param fileName tells whether it is one of several */
  note(runPk: number, { source, accountHash, asOfMs }: WholeExport, fileName: string): void {
    const [, batchOf = null, number] = inBatches.exec(fileName) ?? [];
    const batch = number === undefined ? null : Number(number);
    note.run(this.#connection, { pk: runPk, source, account: accountHash, asOf: asOfMs, batchOf, batch });
  }

  /** Whether another export of the account was made so near to this one that nobody can tell which is the newer. */
  hasTwin(runPk: number): boolean {
    return twin.get(this.#connection, { pk: runPk }) !== undefined;
  }

  /** The run has ended well; call it when it is written down as done. @returns how many conversations are marked now and were not before */
  close(runPk: number): number {
    see.run(this.#connection, { pk: runPk });
    const changed = stale.all(this.#connection, { pk: runPk });
    for (const { pk, now } of changed) mark.run(this.#connection, { pk, at: now });
    return changed.filter(({ was, now }) => was === null && now !== null).length;
  }
}
