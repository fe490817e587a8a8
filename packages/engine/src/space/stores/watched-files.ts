/** How far session logs that grow have come in. Knows nothing of what they say; the open piece of one is its raw record. */
import type { Source } from '@vivim/contract/conversation';
import type { ImportId } from '@vivim/contract/ids';
import type { WatchedFile } from '@vivim/contract/watched';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

export interface WatchedRow {
  readonly key: string;
  readonly source: Source;
  readonly fileName: string;
  readonly runPk: number;
  readonly piece: number;
  readonly tailFrom: number;
  readonly tailBytes: number;
  readonly tailSha256: string;
  readonly tailRawPk: number | null;
  readonly firstLine: Buffer;
  readonly updatedMs: number;
}

/** The record of the open piece; null where it is gone, or was rewritten without what was erased from it. */
export interface OpenRecord {
  readonly pk: number;
  readonly bytesZstd: Buffer;
}

const columns = sql`w.key, w.source, w.file_name AS fileName, w.run_pk AS runPk, w.piece, w.tail_from AS tailFrom,
  w.tail_bytes AS tailBytes, w.tail_sha256 AS tailSha256, w.tail_raw_pk AS tailRawPk, w.first_line AS firstLine, w.updated_ms AS updatedMs`;
const byKey = statement<{ key: string }, WatchedRow & { importId: ImportId }>(
  (_, p) => sql<WatchedRow & { importId: ImportId }>`
    SELECT ${columns}, r.id AS importId FROM watched_file w JOIN import_run r ON r.pk = w.run_pk WHERE w.key = ${p.key}`,
);
const record = statement<{ pk: number }, OpenRecord>((db, p) =>
  db
    .selectFrom('raw_record')
    .select(['pk', 'bytes_zstd as bytesZstd'])
    .where('pk', '=', p.pk)
    .where('form', '=', 'source')
    .$castTo<OpenRecord>(),
);
const put = statement<WatchedRow>(
  (_, p) => sql`
    INSERT INTO watched_file (key, source, file_name, run_pk, piece, tail_from, tail_bytes, tail_sha256, tail_raw_pk, first_line, updated_ms)
    VALUES (${p.key}, ${p.source}, ${p.fileName}, ${p.runPk}, ${p.piece}, ${p.tailFrom}, ${p.tailBytes}, ${p.tailSha256},
      ${p.tailRawPk}, ${p.firstLine}, ${p.updatedMs})
    ON CONFLICT (key) DO UPDATE SET source = excluded.source, file_name = excluded.file_name, run_pk = excluded.run_pk,
      piece = excluded.piece, tail_from = excluded.tail_from, tail_bytes = excluded.tail_bytes,
      tail_sha256 = excluded.tail_sha256, tail_raw_pk = excluded.tail_raw_pk, first_line = excluded.first_line,
      updated_ms = excluded.updated_ms`,
);

export class WatchedFileReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  row(key: string): WatchedRow | null {
    return byKey.get(this.connection, { key }) ?? null;
  }

  openRecord({ tailRawPk }: WatchedRow): OpenRecord | null {
    return tailRawPk === null ? null : (record.get(this.connection, { pk: tailRawPk }) ?? null);
  }

  /** As its watcher sees it: of a file whose open piece is not there as it came, that piece has to be sent again. */
  find(key: string): WatchedFile | null {
    const row = byKey.get(this.connection, { key });
    if (row === undefined) return null;
    const { source, fileName, tailFrom, tailBytes, tailSha256, importId } = row;
    const whole = tailBytes === 0 || this.openRecord(row) !== null;
    const tail = whole ? { bytes: tailFrom + tailBytes, tailSha256 } : { bytes: tailFrom, tailSha256: emptySha256 };
    return { key, source, fileName, tailFrom, importId, ...tail };
  }
}

/** SHA-256 of no bytes. */
const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export class WatchedFileWriter extends WatchedFileReader {
  put(row: WatchedRow): void {
    put.run(this.connection, row);
  }
}
