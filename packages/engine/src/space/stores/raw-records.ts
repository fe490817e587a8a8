/**
 * The sources' own bytes, one conversation a record, compressed. Everything captured can be rebuilt from them. A record
 * something was erased from holds what VIVIM understood of the bytes, without it, and is known by a salted hash of them.
 */
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { sha256 } from '../hash.ts';
import { saltOf } from '../space-row.ts';
import { statement } from '../statement.ts';

/** What is kept of an entry: its own bytes, or where something of it is erased what is left of them. */
export interface KeptBytes {
  readonly zstd: Buffer;
  /** Bytes before compression. */
  readonly size: number;
  readonly form: 'source' | 'canonical';
}

export interface RawRecord {
  readonly runPk: number;
  readonly source: string;
  /** Id of the conversation it became. */
  readonly externalKey: string;
  readonly sha256: string;
  readonly bytesZstd: Uint8Array;
  /** Bytes before compression. */
  readonly size: number;
  /** What the bytes are, see {@link RawVersion}. */
  readonly form: 'source' | 'canonical';
}

const select = statement<{ source: string; externalKey: string; sha256: string }, { pk: number }>((db, p) =>
  db
    .selectFrom('raw_record')
    .select('pk')
    .where('source', '=', p.source)
    .where('external_key', '=', p.externalKey)
    .where('sha256', '=', p.sha256),
);
/** One version of a conversation as it is kept. */
export interface RawVersion {
  readonly pk: number;
  readonly sha256: string;
  readonly bytesZstd: Buffer;
  readonly size: number;
  /** The source's own bytes, or what VIVIM understood of them as JSON of a canonical conversation. */
  readonly form: 'source' | 'canonical';
}

const versions = statement<{ source: string; externalKey: string }, RawVersion>((db, p) =>
  db
    .selectFrom('raw_record')
    .select(['pk', 'sha256', 'bytes_zstd as bytesZstd', 'size', 'form'])
    .where('source', '=', p.source)
    .where('external_key', '=', p.externalKey)
    .orderBy('sha256')
    .$castTo<RawVersion>(),
);
const onlyOfFile = statement<{ source: string; externalKey: string; watchedKey: string }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    SELECT w.pk FROM raw_record w JOIN import_run r ON r.pk = w.run_pk
    WHERE w.source = ${p.source} AND w.external_key = ${p.externalKey} AND r.watched_key = ${p.watchedKey}
      AND NOT EXISTS (SELECT 1 FROM import_entry e JOIN import_run o ON o.pk = e.run_pk
        WHERE e.raw_pk = w.pk AND o.watched_key IS NOT r.watched_key)
      AND NOT EXISTS (SELECT 1 FROM watched_file WHERE tail_raw_pk = w.pk)`,
);
const rewrite = statement<{ pk: number; sha256: string; bytesZstd: Uint8Array; size: number }>((db, p) =>
  db
    .updateTable('raw_record')
    .set({ sha256: p.sha256, bytes_zstd: p.bytesZstd, size: p.size, form: 'canonical' })
    .where('pk', '=', p.pk),
);
const unlink = statement<{ pk: number }>((db, p) =>
  db.updateTable('conversation').set({ raw_pk: null }).where('raw_pk', '=', p.pk),
);
const relink = statement<{ from: number; to: number }>((db, p) =>
  db.updateTable('conversation').set({ raw_pk: p.to }).where('raw_pk', '=', p.from),
);
const handOver = statement<{ externalKey: string; from: string; to: string }>((db, p) =>
  db
    .updateTable('raw_record')
    .set({ source: p.to })
    .where('external_key', '=', p.externalKey)
    .where('source', '=', p.from),
);
const relinkEntries = statement<{ from: number; to: number }>((db, p) =>
  db.updateTable('import_entry').set({ raw_pk: p.to }).where('raw_pk', '=', p.from),
);
const remove = statement<{ pk: number }>((db, p) => db.deleteFrom('raw_record').where('pk', '=', p.pk));
/** Under a name no bytes have. */
const forgetNames = statement<Record<never, never>>((db) =>
  db
    .updateTable('raw_record')
    .set((e) => ({ sha256: e.fn<string>('printf', [e.val('rewritten:%d'), e.ref('pk')]) }))
    .where('form', '=', 'canonical'),
);
const insert = statement<RawRecord>((db, p) =>
  db.insertInto('raw_record').values({
    run_pk: p.runPk,
    source: p.source,
    external_key: p.externalKey,
    sha256: p.sha256,
    bytes_zstd: p.bytesZstd,
    size: p.size,
    form: p.form,
  }),
);

export class RawRecordReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** The row of a record that was kept before, also where something was erased from it since; or null. */
  find(key: { source: string; externalKey: string; sha256: string }): number | null {
    const asRewritten = { ...key, sha256: this.nameOfRewritten(key.sha256) };
    return (select.get(this.connection, key) ?? select.get(this.connection, asRewritten))?.pk ?? null;
  }

  /** Under what a record is known once it was rewritten: tells nobody without the space what its bytes were. */
  nameOfRewritten(hash: string): string {
    return `s:${sha256(`${saltOf(this.connection)}:${hash}`)}`;
  }

  /** Every version of one conversation, in an order that does not depend on when they came. */
  versionsOf(key: { source: string; externalKey: string }): RawVersion[] {
    return versions.all(this.connection, key);
  }

  /** Rows of the versions that came from one watched file and from nowhere else. */
  onlyOfFile(key: { source: string; externalKey: string; watchedKey: string }): Set<number> {
    return new Set(onlyOfFile.all(this.connection, key).map(({ pk }) => pk));
  }
}

export class RawRecordWriter extends RawRecordReader {
  /** Keep a record; the same bytes again are kept once. @returns its row */
  put(record: RawRecord): number {
    const known = this.find(record);
    if (known !== null) return known;
    const sha256 = record.form === 'canonical' ? this.nameOfRewritten(record.sha256) : record.sha256;
    return insert.run(this.connection, { ...record, sha256 }).lastInsertRowid;
  }

  /** Put what is left of a version in its place. One that was the source's own bytes is from now on known by a salted hash. */
  rewrite(version: RawVersion, canonical: { readonly bytesZstd: Uint8Array; readonly size: number }): void {
    const name = version.form === 'canonical' ? version.sha256 : this.nameOfRewritten(version.sha256);
    rewrite.run(this.connection, { pk: version.pk, sha256: name, ...canonical });
  }

  /** Take a version away that nothing can be read from any more. */
  remove(pk: number): void {
    unlink.run(this.connection, { pk });
    remove.run(this.connection, { pk });
  }

  /** The records of a conversation are of another source from now on. */
  handOver(externalKey: string, from: string, to: string): void {
    if (from !== to) handOver.run(this.connection, { externalKey, from, to });
  }

  /** A version goes whose bytes another one begins with. */
  supersede(pk: number, by: number): void {
    relink.run(this.connection, { from: pk, to: by });
    relinkEntries.run(this.connection, { from: pk, to: by });
    remove.run(this.connection, { pk });
  }

  /** A version goes that says nothing others do not. What became of its entry stays noted; its bytes are nowhere any more. */
  giveWay(pk: number, to: number): void {
    relink.run(this.connection, { from: pk, to });
    remove.run(this.connection, { pk });
  }

  /** What was rewritten is known by its bytes no more: the next import of them is read again. */
  forgetRewritten(): void {
    forgetNames.run(this.connection, {});
  }
}
