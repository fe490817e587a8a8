/**
 * The bytes of files, once each: in pieces, so that no file is ever whole in memory. A file is known by the SHA-256 of its
 * bytes. Knows no name and no conversation; who shows a file stands in `attachments.ts`.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { type Media, mediaOf } from '../media-type.ts';
import { statement } from '../statement.ts';

/** Bytes of a piece: few rows for a photograph, and little held for each request (ADR 34). */
export const pieceBytes = 256 * 1024;

export interface StoredBlob {
  readonly pk: number;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly mime: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

/** The bytes of a small file. */
export interface FileBytes {
  readonly sha256: string;
  readonly bytes: Buffer;
}

type Hash = { sha256: string };
const bySha = statement<Hash, StoredBlob & { complete: number }>((db, p) =>
  db
    .selectFrom('blob')
    .select(['pk', 'sha256', 'size', 'mime', 'width', 'height', 'complete'])
    .where('sha256', '=', p.sha256)
    .$castTo<StoredBlob & { complete: number }>(),
);
const pieceOf = statement<{ pk: number; ix: number }, { bytes: Buffer }>((db, p) =>
  db
    .selectFrom('blob_piece')
    .select('bytes')
    .where('blob_pk', '=', p.pk)
    .where('ix', '=', p.ix)
    .$castTo<{ bytes: Buffer }>(),
);
const insertBlob = statement<{ sha256: string; size: number }>((db, p) =>
  db.insertInto('blob').values({ sha256: p.sha256, size: p.size, mime: null, width: null, height: null }),
);
const insertPiece = statement<{ pk: number; ix: number; bytes: Uint8Array }>((db, p) =>
  db
    .insertInto('blob_piece')
    .values({ blob_pk: p.pk, ix: p.ix, bytes: p.bytes })
    .onConflict((conflict) => conflict.doNothing()),
);
const finish = statement<{ pk: number; mime: string | null; width: number | null; height: number | null }>((db, p) =>
  db.updateTable('blob').set({ mime: p.mime, width: p.width, height: p.height, complete: 1 }).where('pk', '=', p.pk),
);
const remove = statement<{ pk: number }>((db, p) => db.deleteFrom('blob').where('pk', '=', p.pk));
/** A file no conversation ever mentioned belongs to its import and stays with it. */
const removeLonely = statement<Record<never, never>>(
  () => sql`
    DELETE FROM attachment
    WHERE run_pk IS NULL AND NOT EXISTS (SELECT 1 FROM part WHERE attachment_pk = attachment.pk)`,
);
const removeUnshown = statement<Record<never, never>>(
  () => sql`DELETE FROM blob WHERE NOT EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = blob.sha256)`,
);
const total = statement<Record<never, never>, { files: number; bytes: number }>(
  () => sql<{ files: number; bytes: number }>`
    SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes FROM blob WHERE complete = 1`,
);

export class BlobReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Null where its bytes are not here, or not all of them yet. */
  find(sha256: string): StoredBlob | null {
    const row = bySha.get(this.connection, { sha256 });
    return row === undefined || row.complete === 0 ? null : row;
  }

  /** A piece by its place, or null behind the last. */
  piece(pk: number, ix: number): Buffer | null {
    return pieceOf.get(this.connection, { pk, ix })?.bytes ?? null;
  }

  total(): { readonly files: number; readonly bytes: number } {
    return total.get(this.connection, {}) ?? { files: 0, bytes: 0 };
  }
}

export class BlobWriter extends BlobReader {
  /** Store a small file whole; one that is here already stays as it is. */
  put({ sha256, bytes }: FileBytes): void {
    putBlob(this.connection, { sha256, bytes });
  }

  /**
   * Begin to store a file in pieces, from the first one on: what an earlier try left is thrown away.
   * @returns its row, or null where it is here already
   */
  begin(sha256: string, size: number): number | null {
    const found = bySha.get(this.connection, { sha256 });
    if (found?.complete === 1) return null;
    if (found !== undefined) remove.run(this.connection, { pk: found.pk });
    return insertBlob.run(this.connection, { sha256, size }).lastInsertRowid;
  }

  /** The row of a file whose pieces are still arriving. */
  arriving(sha256: string): number | null {
    const found = bySha.get(this.connection, { sha256 });
    return found === undefined || found.complete === 1 ? null : found.pk;
  }

  /** All pieces are here, and they are what they were said to be. */
  finish(pk: number, { mime, width, height }: Media): void {
    finish.run(this.connection, { pk, mime, width, height });
  }

  /** A piece that is there already stays. */
  addPiece(pk: number, ix: number, bytes: Uint8Array): void {
    insertPiece.run(this.connection, { pk, ix, bytes });
  }

  /**
   * All pieces are here: from now on the file is seen, if it is what it was said to be.
   * @returns false where it is not; nothing of it is kept then
   */
  complete(sha256: string): boolean {
    const found = bySha.get(this.connection, { sha256 });
    if (found === undefined || found.complete === 1) return found !== undefined;
    const digest = createHash('sha256');
    let size = 0;
    let first: Buffer = Buffer.alloc(0);
    for (let ix = 0, piece = this.piece(found.pk, 0); piece !== null; ix += 1, piece = this.piece(found.pk, ix)) {
      if (ix === 0) first = piece;
      digest.update(piece);
      size += piece.length;
    }
    if (size !== found.size || digest.digest('hex') !== sha256) {
      remove.run(this.connection, { pk: found.pk });
      return false;
    }
    finish.run(this.connection, { pk: found.pk, ...mediaOf(first) });
    return true;
  }

  remove(pk: number): void {
    remove.run(this.connection, { pk });
  }

  dropUnshown(): void {
    dropUnshown(this.connection);
  }
}

/** Files nothing shows any more go, and their bytes. */
export function dropUnshown(connection: Connection): void {
  removeLonely.run(connection, {});
  removeUnshown.run(connection, {});
}

/** For the store of messages, which writes files that stood inside of them. */
export function putBlob(connection: Connection, { sha256, bytes }: FileBytes): void {
  const found = bySha.get(connection, { sha256 });
  if (found?.complete === 1) return;
  if (found !== undefined) remove.run(connection, { pk: found.pk });
  const pk = insertBlob.run(connection, { sha256, size: bytes.length }).lastInsertRowid;
  for (let from = 0, ix = 0; from < bytes.length; from += pieceBytes, ix += 1)
    insertPiece.run(connection, { pk, ix, bytes: bytes.subarray(from, from + pieceBytes) });
  finish.run(connection, { pk, ...mediaOf(bytes.subarray(0, pieceBytes)) });
}
