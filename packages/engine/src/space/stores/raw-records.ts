/** The sources' own bytes, one conversation a record, compressed. Everything captured can be rebuilt from them. */
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

export interface RawRecord {
  readonly runPk: number;
  readonly source: string;
  /** Id of the conversation it became. */
  readonly externalKey: string;
  readonly sha256: string;
  readonly bytesZstd: Uint8Array;
  /** Bytes before compression. */
  readonly size: number;
}

const select = statement<{ source: string; externalKey: string; sha256: string }, { pk: number }>((db, p) =>
  db
    .selectFrom('raw_record')
    .select('pk')
    .where('source', '=', p.source)
    .where('external_key', '=', p.externalKey)
    .where('sha256', '=', p.sha256),
);
const versions = statement<
  { source: string; externalKey: string },
  { pk: number; sha256: string; bytesZstd: Buffer; size: number }
>((db, p) =>
  db
    .selectFrom('raw_record')
    .select(['pk', 'sha256', 'bytes_zstd as bytesZstd', 'size'])
    .where('source', '=', p.source)
    .where('external_key', '=', p.externalKey)
    .orderBy('sha256')
    .$castTo<{ pk: number; sha256: string; bytesZstd: Buffer; size: number }>(),
);
const insert = statement<RawRecord>((db, p) =>
  db.insertInto('raw_record').values({
    run_pk: p.runPk,
    source: p.source,
    external_key: p.externalKey,
    sha256: p.sha256,
    bytes_zstd: p.bytesZstd,
    size: p.size,
  }),
);

export class RawRecordReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** The row of a record that was kept before, or null. */
  find(key: { source: string; externalKey: string; sha256: string }): number | null {
    return select.get(this.connection, key)?.pk ?? null;
  }

  /** Every version of one conversation, in an order that does not depend on when they came. */
  versionsOf(key: {
    source: string;
    externalKey: string;
  }): { pk: number; sha256: string; bytesZstd: Buffer; size: number }[] {
    return versions.all(this.connection, key);
  }
}

export class RawRecordWriter extends RawRecordReader {
  /** Keep a record; the same bytes again are kept once. @returns its row */
  put(record: RawRecord): number {
    return this.find(record) ?? insert.run(this.connection, record).lastInsertRowid;
  }
}
