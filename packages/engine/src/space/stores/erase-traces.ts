/**
 * Takes away what importing left beside the conversations: lines of reports, names and hashes of files; answers kept for
 * verbs by erase-answers.ts. Rows of imports stay where conversations refer to them, with nothing in them that names what was erased.
 */
import { erasedMark } from '@vivim/contract/erasure';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { places } from './asked-things.ts';
import { eraseAnswers } from './erase-answers.ts';

type Nothing = Record<never, never>;
interface Subject {
  readonly externalId: string | null;
  readonly title: string | null;
}

/** A title shorter than this is no proof that a line speaks of the conversation. Characters. */
const tellingTitle = 4;

const issuesAbout = statement<{ externalId: string | null; title: string | null; telling: number }>(
  (_, p) => sql`
    DELETE FROM import_issue WHERE external_id = ${p.externalId} OR title = ${p.title}
      OR (${p.telling} = 1 AND (instr(path, ${p.title}) > 0 OR instr(detail, ${p.title}) > 0
        OR (${p.externalId} IS NOT NULL AND instr(path, ${p.externalId}) > 0)))`,
);
/** A file inside an import that is named after the conversation, or that holds nothing else. */
const streamsOf = statement<{ pk: number }>(
  (_, p) => sql`
    DELETE FROM import_stream WHERE (run_pk, stream) IN (
      SELECT e.run_pk, e.stream FROM import_entry e WHERE e.conversation_pk = ${p.pk}
        AND NOT EXISTS (SELECT 1 FROM import_entry o WHERE o.run_pk = e.run_pk AND o.stream = e.stream
          AND o.conversation_pk IS NOT e.conversation_pk))`,
);
const streamsAbout = statement<{ externalId: string | null; title: string | null }>(
  (_, p) => sql`
    DELETE FROM import_stream WHERE instr(path, ${p.title}) > 0
      OR (${p.externalId} IS NOT NULL AND instr(path, ${p.externalId}) > 0)`,
);
const streams = statement<Nothing, { runPk: number; stream: number; path: string }>((db) =>
  db.selectFrom('import_stream').select(['run_pk as runPk', 'stream', 'path']),
);
const removeStream = statement<{ runPk: number; stream: number }>((db, p) =>
  db.deleteFrom('import_stream').where('run_pk', '=', p.runPk).where('stream', '=', p.stream),
);
const streamsOfRun = statement<{ pk: number }>((db, p) => db.deleteFrom('import_stream').where('run_pk', '=', p.pk));
const entriesOfRun = statement<{ pk: number }>((db, p) => db.deleteFrom('import_entry').where('run_pk', '=', p.pk));
const issuesOfRun = statement<{ pk: number }>((db, p) => db.deleteFrom('import_issue').where('run_pk', '=', p.pk));
const allIssues = statement<Nothing, { pk: number; text: string }>(
  () => sql<{ pk: number; text: string }>`
    SELECT pk, coalesce(title, '') || char(10) || path || char(10) || detail AS text FROM import_issue`,
);
const issue = statement<{ pk: number }>((db, p) => db.deleteFrom('import_issue').where('pk', '=', p.pk));
const runs = statement<Nothing, { pk: number; text: string }>(
  () => sql<{ pk: number; text: string }>`
    SELECT pk, file_name || char(10) || coalesce(why, '') || char(10) || coalesce(error_detail, '') || char(10)
      || coalesce(parts, '') || char(10) || coalesce(begins, '') AS text FROM import_run`,
);
/** A hash of the file would say that these bytes came in once, and would keep the next import of them from being read. */
const forgetHashes = statement<Nothing>(
  () => sql`UPDATE import_run SET file_sha256 = NULL WHERE state NOT IN ('receiving', 'queued', 'running')`,
);
const blank = sql`file_name = ${sql.lit(erasedMark)}, file_sha256 = NULL, whole_account = NULL, batch_of = NULL, why = NULL, error_detail = NULL, parts = NULL, begins = NULL`;
const blankRun = statement<{ pk: number }>((_, p) => sql`UPDATE import_run SET ${blank} WHERE pk = ${p.pk}`);
/** Runs that are over and that no conversation refers to, of those that did. */
const blankEmptied = statement<{ pks: string }>(
  (_, p) => sql`
    UPDATE import_run SET ${blank}
    WHERE pk IN (SELECT value FROM json_each(${p.pks})) AND state NOT IN ('receiving', 'queued', 'running')
      AND NOT EXISTS (SELECT 1 FROM conversation c WHERE c.first_run_pk = import_run.pk OR c.last_run_pk = import_run.pk)`,
);
const runsOf = statement<{ pk: number }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    SELECT first_run_pk AS pk FROM conversation WHERE pk = ${p.pk}
    UNION SELECT last_run_pk FROM conversation WHERE pk = ${p.pk}
    UNION SELECT run_pk FROM raw_record WHERE external_key = (SELECT id FROM conversation WHERE pk = ${p.pk})`,
);
/** The latest other import that saw a conversation `c`; null where none did. */
const heir = (pk: unknown) => sql`coalesce(
  (SELECT max(e.run_pk) FROM import_entry e WHERE e.conversation_pk = c.pk AND e.run_pk <> ${pk}),
  (SELECT max(r.run_pk) FROM raw_record r WHERE r.external_key = c.id AND r.run_pk <> ${pk}),
  nullif(c.last_run_pk, ${pk}), nullif(c.first_run_pk, ${pk}))`;
/** What an erased import brought and another one saw is that one's: erased too, it must not find the first in its way. */
const handRecords = statement<{ pk: number; going: string }>(
  // A record is written whole with any column of it, so only those are written that do get another import.
  (_, p) => sql`
    UPDATE raw_record SET run_pk = (SELECT ${heir(p.pk)} FROM conversation c WHERE c.id = external_key)
    WHERE run_pk = ${p.pk} AND (SELECT ${heir(p.pk)} FROM conversation c
      WHERE c.id = external_key AND c.pk NOT IN (SELECT value FROM json_each(${p.going}))) IS NOT NULL`,
);
const handConversations = statement<{ pk: number; going: string }>(
  (_, p) => sql`
    UPDATE conversation AS c SET
      first_run_pk = CASE first_run_pk WHEN ${p.pk} THEN coalesce(${heir(p.pk)}, first_run_pk) ELSE first_run_pk END,
      last_run_pk = CASE last_run_pk WHEN ${p.pk} THEN coalesce(${heir(p.pk)}, last_run_pk) ELSE last_run_pk END
    WHERE (first_run_pk = ${p.pk} OR last_run_pk = ${p.pk}) AND pk NOT IN (SELECT value FROM json_each(${p.going}))`,
);
const removeRun = statement<{ pk: number }>(
  (_, p) => sql`
    DELETE FROM import_run WHERE pk = ${p.pk}
      AND NOT EXISTS (SELECT 1 FROM conversation WHERE first_run_pk = ${p.pk} OR last_run_pk = ${p.pk})
      AND NOT EXISTS (SELECT 1 FROM raw_record WHERE run_pk = ${p.pk})
      AND NOT EXISTS (SELECT 1 FROM sidecar_record WHERE run_pk = ${p.pk})`,
);
/** Of a log whose open piece was touched, or whose first line is kept: its watcher sends the file anew, and what was erased stays out. */
const forgetWatched = statement<Nothing>(
  () => sql`
    DELETE FROM watched_file WHERE CAST(first_line AS TEXT) <> 'null' OR (tail_bytes > 0
      AND NOT EXISTS (SELECT 1 FROM raw_record r WHERE r.pk = tail_raw_pk AND r.form = 'source'))`,
);
const forgetSteps = statement<Nothing>((db) => db.deleteFrom('memory_step'));
const forgetAssemblies = statement<Nothing>((db) => db.deleteFrom('assembly'));
const isThere = sql.join(
  Object.values(places).map(
    ({ letter, table }) =>
      sql`WHEN ${sql.lit(letter)} THEN EXISTS (SELECT 1 FROM ${sql.table(table)} there WHERE there.id = named.value)`,
  ),
  sql` `,
);
/** What was asked for may repeat any words of what is erased; what was given is named by ids, and those that are gone are taken out. */
const scrubAsked = statement<Nothing>(
  () => sql`
    UPDATE asked SET words = NULL, given_json = CASE WHEN given_json IS NULL THEN NULL ELSE coalesce(
      (SELECT json_group_array(named.value) FROM json_each(given_json) named
        WHERE CASE substr(named.value, 1, 1) ${isThere} ELSE 0 END), '[]') END`,
);

export class EraseTraces {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Runs that had to do with a conversation. */
  runsOf(conversationPk: number): number[] {
    return runsOf.all(this.#connection, { pk: conversationPk }).map((row) => row.pk);
  }

  /** Names of files that only it stood in. Call it before the conversation goes; its entries then say of nothing that it is here. */
  entriesOf(conversationPk: number): void {
    streamsOf.run(this.#connection, { pk: conversationPk });
  }

  /** Lines of reports that speak of a conversation, and names of files that do. */
  issuesAbout({ externalId, title }: Subject): void {
    const telling = title !== null && title.length >= tellingTitle ? 1 : 0;
    issuesAbout.run(this.#connection, { externalId, title, telling });
    if (telling === 1) streamsAbout.run(this.#connection, { externalId, title });
  }

  /**
   * An import: gone; what it brought and another one saw is that one's. Without a name where something still refers to it.
   * @param goingPks conversations of it that go later
   */
  run(pk: number, goingPks: readonly number[]): void {
    const going = JSON.stringify(goingPks);
    handConversations.run(this.#connection, { pk, going });
    handRecords.run(this.#connection, { pk, going });
    issuesOfRun.run(this.#connection, { pk });
    entriesOfRun.run(this.#connection, { pk });
    streamsOfRun.run(this.#connection, { pk });
    blankRun.run(this.#connection, { pk });
    removeRun.run(this.#connection, { pk });
  }

  /** Lines and names in which something stands. */
  naming(names: (text: string) => boolean): void {
    for (const { pk, text } of allIssues.all(this.#connection, {}))
      if (names(text)) issue.run(this.#connection, { pk });
    for (const { path, ...stream } of streams.all(this.#connection, {}))
      if (names(path)) removeStream.run(this.#connection, stream);
    for (const { pk, text } of runs.all(this.#connection, {})) if (names(text)) blankRun.run(this.#connection, { pk });
  }

  /** Names of runs that are over and whose conversations are all gone. @param runPks those whose conversations went */
  emptied(runPks: readonly number[]): void {
    blankEmptied.run(this.#connection, { pks: JSON.stringify(runPks) });
  }

  /** What every erasure takes with it. @param runPks runs whose conversations may all be gone */
  always(runPks: readonly number[]): void {
    this.emptied(runPks);
    forgetHashes.run(this.#connection, {});
    eraseAnswers(this.#connection);
    forgetWatched.run(this.#connection, {});
    forgetAssemblies.run(this.#connection, {});
    scrubAsked.run(this.#connection, {});
    forgetSteps.run(this.#connection, {});
  }
}
