/**
 * Uploads that can be gone on with: a row for each while its file arrives. `received` is what lies on the disk for good; whoever
 * raises it has made sure of that. Never decides when an upload is given up.
 */
import type { ImportId } from '@vivim/contract/ids';
import type { ImportSource } from '@vivim/contract/imports';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

export interface UploadRow {
  readonly id: ImportId;
  readonly fileName: string;
  readonly askedSource: ImportSource | null;
  readonly watchedKey: string | null;
  readonly bytes: number;
  readonly received: number;
  readonly head: string | null;
  readonly touchedMs: number;
}

const columns = sql`
  r.id, r.file_name AS fileName, r.asked_source AS askedSource, r.watched_key AS watchedKey, u.bytes, u.received, u.head_sha256 AS head, u.touched_ms AS touchedMs
  FROM upload u JOIN import_run r ON r.pk = u.run_pk`;
const byId = statement<{ id: string }, UploadRow>((_, p) => sql<UploadRow>`SELECT ${columns} WHERE r.id = ${p.id}`);
const untouched = statement<{ before: number }, UploadRow>(
  (_, p) => sql<UploadRow>`SELECT ${columns} WHERE u.touched_ms < ${p.before} ORDER BY u.run_pk`,
);
const inOnePiece = statement<Record<never, never>, { id: ImportId }>(
  () => sql<{ id: ImportId }>`
    SELECT id FROM import_run WHERE state = 'receiving' AND NOT EXISTS (SELECT 1 FROM upload WHERE run_pk = import_run.pk)`,
);
const promised = statement<Record<never, never>, { bytes: number }>(
  () => sql<{ bytes: number }>`SELECT coalesce(sum(bytes - received), 0) AS bytes FROM upload`,
);
const insertUpload = statement<{ id: string; bytes: number; head: string | null; now: number }>(
  (_, p) => sql`
    INSERT INTO upload (run_pk, bytes, head_sha256, touched_ms)
    SELECT pk, ${p.bytes}, ${p.head}, ${p.now} FROM import_run WHERE id = ${p.id}`,
);
const moveOn = statement<{ id: string; received: number; now: number }>(
  (_, p) => sql`
    UPDATE upload SET received = ${p.received}, touched_ms = ${p.now}
    WHERE run_pk = (SELECT pk FROM import_run WHERE id = ${p.id})`,
);

export class UploadReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Null where the file is whole, given up, or came in one piece. */
  find(id: ImportId): UploadRow | null {
    return byId.get(this.connection, { id }) ?? null;
  }

  /** Those nobody went on with since. */
  untouchedSince(ms: number): UploadRow[] {
    return untouched.all(this.connection, { before: ms });
  }

  all(): UploadRow[] {
    return this.untouchedSince(Number.MAX_SAFE_INTEGER);
  }

  /** Uploads in one piece that are under way: they cannot be gone on with. */
  inOnePiece(): ImportId[] {
    return inOnePiece.all(this.connection, {}).map((row) => row.id);
  }

  /** Bytes that are still to come, of all of them. */
  promised(): number {
    return promised.get(this.connection, {})?.bytes ?? 0;
  }
}

export class UploadWriter extends UploadReader {
  /** The run is there and receives. */
  begin(upload: { id: ImportId; bytes: number; head: string | null }, nowMs: number): void {
    insertUpload.run(this.connection, { ...upload, now: nowMs });
  }

  /** @returns false where it was given up meanwhile */
  moveOn(id: ImportId, received: number, nowMs: number): boolean {
    return moveOn.run(this.connection, { id, received, now: nowMs }).changes === 1;
  }
}
