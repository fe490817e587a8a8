/**
 * Import runs and their issues: a durable job's state, position and counts. A run is written by the upload that begins
 * it, by the import that works on it, and by whoever cancels it; nothing here decides what an import does.
 */
import type { ErrorCode } from '@vivim/contract/errors';
import type { ImportId } from '@vivim/contract/ids';
import type { ImportIssue, ImportRun, ImportSource, RecognisedPart, StoredImportState } from '@vivim/contract/imports';
import type { PaceSample } from '@vivim/contract/pace';
import type { Page } from '@vivim/contract/page';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { statement } from '../statement.ts';
import { ErasureReader } from './erasures.ts';
import type { ImportCounts } from './import-counts.ts';
import { type EntryPlace, issueColumns, repeatEntries } from './import-entries.ts';
import { erasedByYou, type ImportRow, noRoomForFile, ourFaults, shownRun } from './import-shape.ts';
import { shownIssues } from './shown-issues.ts';

/** Issues shown with a run; all of them stand under their own route. */
const mostShown = 50;

const columns = sql`
  pk, id, state, file_name AS fileName, file_bytes AS fileBytes, file_sha256 AS fileSha256, asked_source AS askedSource,
  source, confidence, why, created_ms AS createdMs, started_ms AS startedMs, finished_ms AS finishedMs, position, starts, counts,
  error_code AS errorCode, error_detail AS errorDetail, same_file_as AS sameFileAs, watched_key AS watchedKey, paused_ms AS pausedMs, pace,
  parts, begins,
  (SELECT json_object('bytes', bytes, 'received', received, 'head', head_sha256, 'touchedMs', touched_ms)
    FROM upload WHERE run_pk = import_run.pk) AS upload`;
/** As a run is shown: one that is paused is of another state than it is stored in. */
const shown = sql`CASE WHEN paused_ms IS NOT NULL AND state IN ('queued', 'running') THEN 'paused' ELSE state END`;

const byId = statement<{ id: string }, ImportRow>(
  (_, p) => sql<ImportRow>`SELECT ${columns} FROM import_run WHERE id = ${p.id}`,
);
/** By time: the history of a space that arrived is written down after its arrival. */
const newest = statement<{ ms: number | null; before: number | null; state: string | null; limit: number }, ImportRow>(
  (_, p) => sql<ImportRow>`
    SELECT ${columns} FROM import_run
    WHERE (${p.ms} IS NULL OR (created_ms, pk) < (${p.ms}, ${p.before})) AND (${p.state} IS NULL OR ${shown} = ${p.state})
    ORDER BY created_ms DESC, pk DESC LIMIT ${p.limit}`,
);
/** One that was begun goes on before one that waits. */
const nextToWorkOn = statement<Record<never, never>, ImportRow>(
  () => sql<ImportRow>`
    SELECT ${columns} FROM import_run WHERE state IN ('running', 'queued') AND paused_ms IS NULL
    ORDER BY state = 'queued', pk LIMIT 1`,
);
const countToDo = statement<Record<never, never>, { n: number }>(
  () => sql<{ n: number }>`
    SELECT count(*) AS n FROM import_run WHERE state IN ('running', 'queued') AND paused_ms IS NULL`,
);
const stateOf = statement<{ pk: number }, { state: StoredImportState; pausedMs: number | null }>((db, p) =>
  db
    .selectFrom('import_run')
    .select(['state', 'paused_ms as pausedMs'])
    .where('pk', '=', p.pk)
    .$castTo<{ state: StoredImportState; pausedMs: number | null }>(),
);
const sameFile = statement<{ sha256: string; asked: string | null }, ImportRow>(
  (_, p) => sql<ImportRow>`
    SELECT ${columns} FROM import_run
    WHERE file_sha256 = ${p.sha256} AND state = 'done' AND same_file_as IS NULL AND asked_source IS ${p.asked}
      AND takes_files = 1
      AND NOT EXISTS (
        SELECT 1 FROM import_issue
        WHERE run_pk = import_run.pk AND code IN (${ourFaults.notRead}, ${ourFaults.notStored}, ${erasedByYou}, ${noRoomForFile}))
    ORDER BY pk LIMIT 1`,
);
const issuesOf = statement<{ runPk: number; after: number; limit: number }, ImportIssue & { pk: number }>(
  (_, p) => sql<ImportIssue & { pk: number }>`
    SELECT pk, ${issueColumns} FROM import_issue WHERE run_pk = ${p.runPk} AND pk > ${p.after}
    ORDER BY pk LIMIT ${p.limit}`,
);
const insertRun = statement<{
  id: string;
  fileName: string;
  asked: string | null;
  watched: string | null;
  now: number;
}>((db, p) =>
  db.insertInto('import_run').values({
    id: p.id,
    state: 'receiving',
    file_name: p.fileName,
    asked_source: p.asked,
    watched_key: p.watched,
    created_ms: p.now,
    takes_files: 1,
  }),
);
const deleteRun = statement<{ id: string }>((db, p) =>
  db.deleteFrom('import_run').where('id', '=', p.id).where('state', '=', 'receiving'),
);
const queueRun = statement<{ id: string; bytes: number; sha256: string | null }>((db, p) =>
  db
    .updateTable('import_run')
    .set({ state: 'queued', file_bytes: p.bytes, file_sha256: p.sha256 })
    .where('id', '=', p.id)
    .where('state', '=', 'receiving'),
);
const endUpload = statement<{ id: string }>(
  (_, p) => sql`DELETE FROM upload WHERE run_pk = (SELECT pk FROM import_run WHERE id = ${p.id})`,
);
const endUploadOf = statement<{ pk: number }>((db, p) => db.deleteFrom('upload').where('run_pk', '=', p.pk));
const noteHash = statement<{ pk: number; sha256: string }>((db, p) =>
  db.updateTable('import_run').set({ file_sha256: p.sha256 }).where('pk', '=', p.pk),
);
/** Whoever goes on by hand has a reason to: how often it was begun in one place counts anew. */
const pauseRun = statement<{ id: string; now: number | null }>(
  (_, p) => sql`
    UPDATE import_run SET starts = CASE WHEN ${p.now} IS NULL THEN 0 ELSE starts END,
      paused_ms = CASE WHEN ${p.now} IS NULL THEN NULL ELSE coalesce(paused_ms, ${p.now}) END
    WHERE id = ${p.id} AND state IN ('queued', 'running')`,
);
const setPace = statement<{ pk: number; pace: string }>((db, p) =>
  db.updateTable('import_run').set({ pace: p.pace }).where('pk', '=', p.pk),
);
const startRun = statement<{
  pk: number;
  source: string;
  confidence: number;
  why: string;
  parts: string | null;
  counts: string;
  now: number;
}>((db, p) =>
  db
    .updateTable('import_run')
    .set({
      state: 'running',
      source: p.source,
      confidence: p.confidence,
      why: p.why,
      parts: p.parts,
      counts: p.counts,
      started_ms: sql`coalesce(started_ms, ${p.now})`,
      pace: '[]',
    })
    .where('pk', '=', p.pk),
);
const countStart = statement<{ pk: number; by: number }>(
  (_, p) => sql`UPDATE import_run SET starts = max(0, starts + ${p.by}) WHERE pk = ${p.pk}`,
);
const moveOn = statement<{ pk: number; position: string; counts: string }>((db, p) =>
  db.updateTable('import_run').set({ position: p.position, starts: 0, counts: p.counts }).where('pk', '=', p.pk),
);
const endRun = statement<{
  pk: number;
  state: string;
  code: string | null;
  detail: string | null;
  begins: string | null;
  now: number;
}>((db, p) =>
  db
    .updateTable('import_run')
    .set({
      state: p.state,
      error_code: p.code,
      error_detail: p.detail,
      begins: p.begins,
      finished_ms: p.now,
      position: null,
      paused_ms: null,
      pace: '[]',
    })
    .where('pk', '=', p.pk)
    .where('state', 'in', ['receiving', 'queued', 'running']),
);
const repeatRun = statement<{
  pk: number;
  earlier: string;
  source: string | null;
  confidence: number | null;
  why: string | null;
  parts: string | null;
  counts: string;
  now: number;
}>((db, p) =>
  db
    .updateTable('import_run')
    .set({
      state: 'done',
      same_file_as: p.earlier,
      source: p.source,
      confidence: p.confidence,
      why: p.why,
      parts: p.parts,
      counts: p.counts,
      started_ms: p.now,
      finished_ms: p.now,
    })
    .where('pk', '=', p.pk),
);
const copyIssues = statement<{ from: number; to: number }>(
  (_, p) => sql`
    INSERT INTO import_issue (run_pk, severity, code, path, external_id, title, detail, stream, element)
    SELECT ${p.to}, severity, code, path, external_id, title, detail, stream, element FROM import_issue WHERE run_pk = ${p.from} ORDER BY pk`,
);
const insertIssue = statement<ImportIssue & { runPk: number; stream: number | null; element: number | null }>(
  (_, p) => sql`
    INSERT INTO import_issue (run_pk, severity, code, path, external_id, title, detail, stream, element)
    VALUES (${p.runPk}, ${p.severity}, ${p.code}, ${p.path}, ${p.externalId}, ${p.title}, ${p.detail}, ${p.stream},
      ${p.element})
    ON CONFLICT (run_pk, path, code) DO NOTHING`,
);

export class ImportReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  find(id: ImportId): ImportRun | null {
    const row = byId.get(this.connection, { id });
    return row === undefined ? null : this.#shown(row);
  }

  /** Newest first. @throws AppError `cursor_invalid` */
  page(options: {
    readonly limit: number;
    readonly cursor?: string | undefined;
    readonly state?: ImportRun['state'] | undefined;
  }): Page<ImportRun> {
    const [ms, before] =
      options.cursor === undefined
        ? [null, null]
        : decodeCursor<readonly [number, number]>(options.cursor, ['number', 'number']);
    const rows = newest.all(this.connection, { ms, before, state: options.state ?? null, limit: options.limit + 1 });
    const items = rows.slice(0, options.limit);
    const last = items.at(-1);
    const more = rows.length > options.limit && last !== undefined;
    return {
      items: items.map((row) => this.#shown(row)),
      nextCursor: more ? encodeCursor([last.createdMs, last.pk]) : null,
    };
  }

  /** Every issue of a run, in the order they were met; null where there is no such run. @throws AppError `cursor_invalid` */
  issues(
    id: ImportId,
    options: { readonly limit: number; readonly cursor?: string | undefined },
  ): Page<ImportIssue> | null {
    const row = byId.get(this.connection, { id });
    if (row === undefined) return null;
    const [after] = options.cursor === undefined ? [0] : decodeCursor<readonly [number]>(options.cursor, ['number']);
    const found = issuesOf.all(this.connection, { runPk: row.pk, after, limit: options.limit + 1 });
    const items = found.slice(0, options.limit);
    const last = items.at(-1);
    const more = found.length > options.limit && last !== undefined;
    return { items: items.map(({ pk: _, ...issue }) => issue), nextCursor: more ? encodeCursor([last.pk]) : null };
  }

  /** Runs that wait or work; neither one that is paused nor an upload under way is among them. */
  countActive(): number {
    return countToDo.get(this.connection, {})?.n ?? 0;
  }

  /** The run to work on: the one that was begun, else the first that waits. */
  next(): ImportRow | null {
    return nextToWorkOn.get(this.connection, {}) ?? null;
  }

  state(pk: number): StoredImportState | null {
    return stateOf.get(this.connection, { pk })?.state ?? null;
  }

  isPaused(pk: number): boolean {
    return (stateOf.get(this.connection, { pk })?.pausedMs ?? null) !== null;
  }

  /** The first run that brought in these very bytes as this source, ended well and left nothing out by our fault. */
  doneBefore(sha256: string, asked: ImportSource | null): ImportRow | null {
    return sameFile.get(this.connection, { sha256, asked }) ?? null;
  }

  #shown(row: ImportRow): ImportRun {
    const { issues, count } = shownIssues(this.connection, row, mostShown);
    return shownRun(row, issues, count, new ErasureReader(this.connection).receiptFor('run', row.id)?.erasedAt ?? null);
  }
}

export class ImportWriter extends ImportReader {
  /** An upload begins. */
  receive(
    run: { id: ImportId; fileName: string; asked: ImportSource | null; watched?: string | null },
    nowMs: number,
  ): void {
    insertRun.run(this.connection, { watched: null, ...run, now: nowMs });
  }

  /** An upload broke off: nothing of it is left. */
  forget(id: ImportId): void {
    deleteRun.run(this.connection, { id });
  }

  /**
   * An upload is whole and waits for its turn.
   * @param run the hash is null where it is still to be made
   * @returns false where it was cancelled meanwhile
   */
  queue(run: { id: ImportId; bytes: number; sha256: string | null }): boolean {
    endUpload.run(this.connection, { id: run.id });
    return queueRun.run(this.connection, run).changes === 1;
  }

  noteHash(pk: number, sha256: string): void {
    noteHash.run(this.connection, { pk, sha256 });
  }

  /** @param pausedMs null to go on. @returns false where there is no run that waits or works under this id */
  pause(id: ImportId, pausedMs: number | null): boolean {
    return pauseRun.run(this.connection, { id, now: pausedMs }).changes === 1;
  }

  start(
    pk: number,
    plan: { source: ImportSource; confidence: number; why: string; parts?: readonly RecognisedPart[] },
    counts: ImportCounts,
    nowMs: number,
  ): void {
    const { source, confidence, why, parts = [] } = plan;
    const told = { source, confidence, why, parts: parts.length === 0 ? null : JSON.stringify(parts) };
    startRun.run(this.connection, { pk, ...told, counts: JSON.stringify(counts), now: nowMs });
  }

  /** The run is about to be opened: count it before anything of the file is looked at. -1: it was let go of in order, where it was. */
  countStart(pk: number, by: 1 | -1 = 1): void {
    countStart.run(this.connection, { pk, by });
  }

  /** Where the run has come to; call it in the transaction that holds what it did. */
  advance(pk: number, position: object, counts: ImportCounts): void {
    moveOn.run(this.connection, { pk, position: JSON.stringify(position), counts: JSON.stringify(counts) });
  }

  /** How far it was when; call it in the transaction that moved it on. */
  notePace(pk: number, pace: readonly PaceSample[]): void {
    setPace.run(this.connection, { pk, pace: JSON.stringify(pace) });
  }

  /** @returns false where it had ended already */
  end(
    pk: number,
    end: {
      state: 'done' | 'failed' | 'cancelled';
      error?: { code: ErrorCode; detail: string };
      /** How its file begins. */
      begins?: readonly string[] | null;
    },
    nowMs: number,
  ): boolean {
    const { code, detail } = end.error ?? { code: null, detail: null };
    const begins = end.begins == null ? null : JSON.stringify(end.begins);
    endUploadOf.run(this.connection, { pk });
    return endRun.run(this.connection, { pk, state: end.state, code, detail, begins, now: nowMs }).changes === 1;
  }

  /** @returns null where there is no such run, false where it had ended already */
  cancel(id: ImportId, nowMs: number): boolean | null {
    const row = byId.get(this.connection, { id });
    return row === undefined ? null : this.end(row.pk, { state: 'cancelled' }, nowMs);
  }

  /** A file that does not arrive. */
  giveUp(id: ImportId, error: { code: ErrorCode; detail: string }, nowMs: number): void {
    const row = byId.get(this.connection, { id });
    if (row !== undefined) this.end(row.pk, { state: 'failed', error }, nowMs);
  }

  /** The same bytes again: nothing is done, and the report says what the earlier run's did. */
  repeat(pk: number, earlier: ImportRow, counts: ImportCounts, nowMs: number): void {
    const { source, confidence, why, parts } = earlier;
    repeatRun.run(this.connection, {
      pk,
      earlier: earlier.id,
      source,
      confidence,
      why,
      parts,
      counts: JSON.stringify(counts),
      now: nowMs,
    });
    copyIssues.run(this.connection, { from: earlier.pk, to: pk });
    repeatEntries(this.connection, { from: earlier.pk, to: pk });
  }

  /** Note an issue; the same one at the same place is noted once. @param at the entry it is of, where it is of one */
  addIssue(runPk: number, issue: ImportIssue, at: EntryPlace | null = null): void {
    insertIssue.run(this.connection, {
      ...issue,
      runPk,
      stream: at?.stream ?? null,
      element: at?.element ?? null,
    });
  }
}
