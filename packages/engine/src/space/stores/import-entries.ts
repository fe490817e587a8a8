/**
 * What became of each record of a file, one row a record: written with the record, in its transaction. Says nothing itself of
 * what the record holds; titles are those of the conversation while it is here.
 */
import type { ConversationId, ImportId } from '@vivim/contract/ids';
import type { ImportEntry, ImportEntryId, ImportIssue, ImportKept, ImportOutcome } from '@vivim/contract/imports';
import type { Page } from '@vivim/contract/page';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { statement } from '../statement.ts';
import { keptPage } from './import-kept.ts';
import type { KeptBytes } from './raw-records.ts';

/** Where a record stands in an import: its file, and its place in the file. Both count from one. */
export interface EntryPlace {
  readonly stream: number;
  readonly element: number;
}

export interface NewEntry extends EntryPlace {
  readonly outcome: ImportOutcome;
  readonly degraded: boolean;
  readonly conversationPk: number | null;
  readonly rawPk: number | null;
  /** Name of the file; null where it may tell what was erased. */
  readonly file: string | null;
}

interface Row extends EntryPlace {
  readonly outcome: ImportOutcome;
  readonly degraded: number;
  readonly place: string;
  readonly source: ImportEntry['source'];
  readonly conversationId: ConversationId | null;
  readonly externalId: string | null;
  readonly title: string | null;
  readonly size: number | null;
  readonly form: 'source' | 'canonical' | null;
}

/** Of an issue as it is shown. */
export const issueColumns = sql`
  severity, code, path, external_id AS externalId, title, detail,
  CASE WHEN stream IS NULL THEN NULL ELSE stream || '-' || element END AS entry`;

/** Of an entry `e` and its file `s`, in words a person finds. */
export const placeColumn = sql`coalesce(s.path, 'file ' || e.stream) || ', conversation ' || e.element`;

const insert = statement<Omit<NewEntry, 'degraded' | 'file'> & { runPk: number; degraded: number }>((db, p) =>
  db.insertInto('import_entry').values({
    run_pk: p.runPk,
    stream: p.stream,
    element: p.element,
    outcome: p.outcome,
    degraded: p.degraded,
    conversation_pk: p.conversationPk,
    raw_pk: p.rawPk,
  }),
);
const nameStream = statement<{ runPk: number; stream: number; path: string }>(
  (_, p) => sql`
    INSERT INTO import_stream (run_pk, stream, path) VALUES (${p.runPk}, ${p.stream}, ${p.path})
    ON CONFLICT (run_pk, stream) DO NOTHING`,
);
const becameUpdated = statement<{ runPk: number; conversationPk: number }>((db, p) =>
  db
    .updateTable('import_entry')
    .set({ outcome: 'updated' })
    .where('run_pk', '=', p.runPk)
    .where('conversation_pk', '=', p.conversationPk)
    .where('outcome', '=', 'unchanged'),
);
const seenAgain = statement<{ runPk: number; conversationPk: number; rawPk: number | null }, EntryPlace>(
  (_, p) => sql<EntryPlace>`
    UPDATE import_entry SET raw_pk = coalesce(${p.rawPk}, raw_pk)
    WHERE run_pk = ${p.runPk} AND conversation_pk = ${p.conversationPk} RETURNING stream, element`,
);
/** The stream of a name, or of what has none; behind the others where it is the first. */
const streamInOrder = statement<{ runPk: number; path: string | null }, { stream: number }>(
  (_, p) => sql<{ stream: number }>`
    SELECT coalesce(
      CASE WHEN ${p.path} IS NULL
        THEN (SELECT e.stream FROM import_entry e WHERE e.run_pk = ${p.runPk} AND NOT EXISTS (
          SELECT 1 FROM import_stream s WHERE s.run_pk = e.run_pk AND s.stream = e.stream) LIMIT 1)
        ELSE (SELECT stream FROM import_stream WHERE run_pk = ${p.runPk} AND path = ${p.path} LIMIT 1) END,
      1 + max(
        coalesce((SELECT max(stream) FROM import_entry WHERE run_pk = ${p.runPk}), 0),
        coalesce((SELECT max(stream) FROM import_stream WHERE run_pk = ${p.runPk}), 0))) AS stream`,
);
const lastElement = statement<{ runPk: number; stream: number }, { element: number | null }>(
  (_, p) => sql<{ element: number | null }>`
    SELECT max(element) AS element FROM import_entry WHERE run_pk = ${p.runPk} AND stream = ${p.stream}`,
);
const again = statement<{ runPk: number }, { count: number }>(
  (_, p) => sql<{ count: number }>`
    SELECT count(*) AS count FROM import_entry WHERE run_pk = ${p.runPk} AND outcome = 'again'`,
);
const copyStreams = statement<{ from: number; to: number }>(
  (_, p) => sql`
    INSERT INTO import_stream (run_pk, stream, path)
    SELECT ${p.to}, stream, path FROM import_stream WHERE run_pk = ${p.from}`,
);
const copyEntries = statement<{ from: number; to: number }>(
  (_, p) => sql`
    INSERT INTO import_entry (run_pk, stream, element, outcome, degraded, conversation_pk, raw_pk)
    SELECT ${p.to}, stream, element, CASE WHEN outcome IN ('added', 'updated') THEN 'unchanged' ELSE outcome END, degraded,
      conversation_pk, raw_pk
    FROM import_entry WHERE run_pk = ${p.from}`,
);
const runOf = statement<{ id: string }, { pk: number }>((db, p) =>
  db.selectFrom('import_run').select('pk').where('id', '=', p.id),
);
const entries = statement<
  { runPk: number; stream: number; element: number; outcome: string | null; limit: number },
  Row
>(
  (_, p) => sql<Row>`
    SELECT e.stream, e.element, e.outcome, e.degraded, ${placeColumn} AS place, c.id AS conversationId, c.external_id AS externalId,
      c.source, c.title, w.size, w.form
    FROM import_entry e LEFT JOIN import_stream s ON s.run_pk = e.run_pk AND s.stream = e.stream
      LEFT JOIN conversation c ON c.pk = e.conversation_pk LEFT JOIN raw_record w ON w.pk = e.raw_pk
    WHERE e.run_pk = ${p.runPk} AND (e.stream, e.element) > (${p.stream}, ${p.element})
      AND (${p.outcome} IS NULL OR e.outcome = ${p.outcome})
    ORDER BY e.stream, e.element LIMIT ${p.limit}`,
);
/** @param places JSON of pairs: stream, element */
const issuesAt = statement<{ runPk: number; places: string }, ImportIssue>(
  (_, p) => sql<ImportIssue>`
    SELECT ${issueColumns} FROM import_issue
    WHERE run_pk = ${p.runPk} AND (stream, element) IN (SELECT value ->> 0, value ->> 1 FROM json_each(${p.places}))
    ORDER BY pk`,
);
const issuesOfFile = statement<{ id: string; after: number; limit: number }, ImportIssue & { pk: number }>(
  (_, p) => sql<ImportIssue & { pk: number }>`
    SELECT pk, ${issueColumns} FROM import_issue
    WHERE run_pk = (SELECT pk FROM import_run WHERE id = ${p.id}) AND stream IS NULL AND pk > ${p.after}
    ORDER BY pk LIMIT ${p.limit}`,
);
const bytesAt = statement<EntryPlace & { id: string }, KeptBytes>(
  (_, p) => sql<KeptBytes>`
    SELECT w.bytes_zstd AS zstd, w.size, w.form
    FROM import_entry e JOIN import_run r ON r.pk = e.run_pk JOIN raw_record w ON w.pk = e.raw_pk
    WHERE r.id = ${p.id} AND e.stream = ${p.stream} AND e.element = ${p.element}`,
);

/** The very same file again: all that came in of it is there. */
export function repeatEntries(connection: Connection, runs: { readonly from: number; readonly to: number }): void {
  copyStreams.run(connection, runs);
  copyEntries.run(connection, runs);
}

function placeOf(id: ImportEntryId): EntryPlace {
  const [stream = 0, element = 0] = id.split('-').map(Number);
  return { stream, element };
}

function shown(id: ImportId, row: Row, issuesOf: ReadonlyMap<ImportIssue['entry'], ImportIssue[]>): ImportEntry {
  const { stream, element, outcome, size, form } = row;
  const entry = `${stream}-${element}` as ImportEntryId;
  const issues = issuesOf.get(entry) ?? [];
  return {
    id: entry,
    place: row.place,
    source: row.source,
    outcome,
    degraded: row.degraded === 1,
    conversationId: row.conversationId,
    externalId: row.externalId ?? issues[0]?.externalId ?? null,
    title: row.title ?? issues[0]?.title ?? null,
    erased: outcome !== 'skipped' && row.conversationId === null,
    raw: size === null || form === null ? null : { path: `/v1/imports/${id}/entries/${entry}/raw`, bytes: size, form },
    issues,
  };
}

export class ImportEntryReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** In the order of the file; null where there is no such run. @throws AppError `cursor_invalid` */
  page(
    id: ImportId,
    options: {
      readonly limit: number;
      readonly cursor?: string | undefined;
      readonly outcome?: ImportOutcome | undefined;
    },
  ): Page<ImportEntry> | null {
    const run = runOf.get(this.connection, { id });
    if (run === undefined) return null;
    const [stream, element] =
      options.cursor === undefined
        ? [0, 0]
        : decodeCursor<readonly [number, number]>(options.cursor, ['number', 'number']);
    const { limit, outcome = null } = options;
    const found = entries.all(this.connection, { runPk: run.pk, stream, element, outcome, limit: limit + 1 });
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    const places = JSON.stringify(rows.map(({ stream, element }) => [stream, element]));
    const issues = Map.groupBy(issuesAt.all(this.connection, { runPk: run.pk, places }), ({ entry }) => entry);
    return {
      items: rows.map((row) => shown(id, row, issues)),
      nextCursor: found.length > limit && last !== undefined ? encodeCursor([last.stream, last.element]) : null,
    };
  }

  /** What a report says that is of no single record, by row. @param after row of the last one known, 0 at first */
  issuesOfFile(id: ImportId, after: number, limit: number): (ImportIssue & { readonly pk: number })[] {
    return issuesOfFile.all(this.connection, { id, after, limit });
  }

  /** What it brought beside conversations; null where there is no such run. @throws AppError `cursor_invalid` */
  kept(
    id: ImportId,
    options: { readonly limit: number; readonly cursor?: string | undefined },
  ): Page<ImportKept> | null {
    const run = runOf.get(this.connection, { id });
    return run === undefined ? null : keptPage(this.connection, run.pk, options);
  }

  /** The bytes that are kept of a record; null where none are. */
  bytes(id: ImportId, entry: ImportEntryId): KeptBytes | null {
    return bytesAt.get(this.connection, { id, ...placeOf(entry) }) ?? null;
  }
}

export class ImportEntryWriter extends ImportEntryReader {
  /** Call it in the transaction that puts the record; a place is written once. */
  add(runPk: number, { file, ...entry }: NewEntry): void {
    if (file !== null) nameStream.run(this.connection, { runPk, stream: entry.stream, path: file });
    insert.run(this.connection, { ...entry, runPk, degraded: entry.degraded ? 1 : 0 });
  }

  /**
   * What came without a file of its own, or in an archive: in the order it came, one entry for each conversation however often it grew. Call it in the transaction that puts the record.
   * @param again whether the run brought something of it before
   * @returns where it is listed
   */
  addInOrder(runPk: number, what: Omit<NewEntry, keyof EntryPlace>, again: boolean): EntryPlace {
    const { conversationPk, rawPk, file } = what;
    const known =
      again && conversationPk !== null ? seenAgain.get(this.connection, { runPk, conversationPk, rawPk }) : undefined;
    if (known !== undefined) return known;
    const stream = streamInOrder.get(this.connection, { runPk, path: file })?.stream ?? 1;
    const element = 1 + (lastElement.get(this.connection, { runPk, stream })?.element ?? 0);
    this.add(runPk, { ...what, stream, element });
    return { stream, element };
  }

  /** Records of conversations that stood in the file before them. */
  again(runPk: number): number {
    return again.get(this.connection, { runPk })?.count ?? 0;
  }

  /** Another record of the same file changed what an earlier one left as it was. */
  becameUpdated(runPk: number, conversationPk: number): void {
    becameUpdated.run(this.connection, { runPk, conversationPk });
  }
}
