/**
 * Files as messages show them and as exports bring them: one row for a file however many messages show it, joined by hash
 * with its bytes. A file no conversation mentions belongs to the import that brought it. Holds no bytes itself.
 */
import type { ArchivedFile } from '@vivim/contract/archive';
import type { Attachment } from '@vivim/contract/attachment';
import type { AttachmentId, ConversationId, ImportId, MessageId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { looseFileId } from '../attachment-id.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { shownAs } from '../media-type.ts';
import { statement } from '../statement.ts';
import type { StoredBlob } from './blobs.ts';

interface Row {
  pk: number;
  id: AttachmentId;
  name: string | null;
  said: string | null;
  size: number | null;
  sha256: string | null;
  status: Attachment['status'];
  stored: number | null;
  mime: string | null;
  width: number | null;
  height: number | null;
  conversationId: ConversationId | null;
  messageId: MessageId | null;
  importId: ImportId | null;
}

const columns = sql`
  a.pk, a.id, a.name, a.mime AS said, coalesce(b.size, a.size) AS size, a.sha256, a.status, b.pk AS stored, b.mime,
  b.width, b.height, r.id AS importId,
  (SELECT c.id FROM part p JOIN message m ON m.pk = p.message_pk JOIN conversation c ON c.pk = m.conversation_pk
    WHERE p.attachment_pk = a.pk ORDER BY p.pk LIMIT 1) AS conversationId,
  (SELECT m.id FROM part p JOIN message m ON m.pk = p.message_pk WHERE p.attachment_pk = a.pk ORDER BY p.pk LIMIT 1) AS messageId`;
const tables = sql`
  attachment a LEFT JOIN blob b ON b.sha256 = a.sha256 AND b.complete = 1 LEFT JOIN import_run r ON r.pk = a.run_pk`;

const byId = statement<{ id: string }, Row>((_, p) => sql<Row>`SELECT ${columns} FROM ${tables} WHERE a.id = ${p.id}`);
const ofConversation = statement<{ id: string; after: number; limit: number }, Row>(
  (_, p) => sql<Row>`
    SELECT ${columns} FROM ${tables}
    WHERE a.pk > ${p.after} AND a.pk IN (
      SELECT p.attachment_pk FROM conversation c JOIN message m ON m.conversation_pk = c.pk
        JOIN part p ON p.message_pk = m.pk WHERE c.id = ${p.id})
    ORDER BY a.pk LIMIT ${p.limit}`,
);
const ofImport = statement<{ id: string; after: number; limit: number }, Row>(
  (_, p) => sql<Row>`
    SELECT ${columns} FROM ${tables} WHERE r.id = ${p.id} AND a.pk > ${p.after} ORDER BY a.pk LIMIT ${p.limit}`,
);
const all = statement<{ after: number; limit: number }, Row>(
  (_, p) => sql<Row>`SELECT ${columns} FROM ${tables} WHERE a.pk > ${p.after} ORDER BY a.pk LIMIT ${p.limit}`,
);

interface Known {
  pk: number;
  sha256: string | null;
}
const byExternal = statement<{ externalId: string }, Known>((db, p) =>
  db.selectFrom('attachment').select(['pk', 'sha256']).where('external_id', '=', p.externalId),
);
/** Of one conversation, whose ids stand in front of those of its files. A quarter of a thousand is more than one ever links to by one name. */
const madeBeside = statement<{ from: string; to: string; end: string }, Known & { externalId: string }>(
  (_, p) => sql<Known & { externalId: string }>`
    SELECT pk, sha256, external_id AS externalId FROM attachment
    WHERE external_id >= ${p.from} AND external_id < ${p.to} AND substr(external_id, -length(${p.end})) = ${p.end} LIMIT 250`,
);
const fill = statement<{ pk: number; sha256: string; size: number; name: string | null; mime: string | null }>(
  (_, p) => sql`
    UPDATE attachment SET sha256 = ${p.sha256}, size = ${p.size}, status = 'present', name = coalesce(name, ${p.name}),
      mime = coalesce(mime, ${p.mime})
    WHERE pk = ${p.pk}`,
);
const insertLoose = statement<{
  id: string;
  externalId: string | null;
  name: string | null;
  mime: string | null;
  size: number;
  sha256: string;
  runPk: number;
}>((db, p) =>
  db
    .insertInto('attachment')
    .values({
      id: p.id,
      external_id: p.externalId,
      name: p.name,
      mime: p.mime,
      size: p.size,
      sha256: p.sha256,
      status: 'present',
      text_extract: null,
      run_pk: p.runPk,
    })
    .onConflict((conflict) => conflict.doNothing()),
);

const runOf = statement<{ id: string }, { pk: number }>((db, p) =>
  db.selectFrom('import_run').select('pk').where('id', '=', p.id),
);

export interface AttachmentPageOptions {
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Shown by this conversation. */
  readonly conversationId?: ConversationId | undefined;
  /** Brought by this import and mentioned by no conversation. */
  readonly importId?: ImportId | undefined;
}

/** A file of an export, its bytes stored. */
export interface ArrivedFile {
  readonly externalId: string | null;
  readonly name: string | null;
  /** What the export says it is. */
  readonly mime: string | null;
  readonly size: number;
  readonly sha256: string;
}

export class AttachmentReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  find(id: AttachmentId): Attachment | null {
    const row = byId.get(this.connection, { id });
    return row === undefined ? null : shown(row);
  }

  /** Where the bytes of an attachment lie, with its name; null where there is none, or its bytes are not here. */
  stored(id: AttachmentId): { readonly blob: StoredBlob; readonly name: string | null } | null {
    const row = byId.get(this.connection, { id });
    if (row === undefined || row.stored === null) return null;
    const { stored: pk, sha256, size, mime, width, height, name } = row;
    return { blob: { pk, sha256: sha256 ?? '', size: size ?? 0, mime, width, height }, name };
  }

  /** In the order they came in. @throws AppError `cursor_invalid` */
  page({ limit, cursor, conversationId, importId }: AttachmentPageOptions): Page<Attachment> {
    const [after] = cursor === undefined ? [0] : decodeCursor<readonly [number]>(cursor, ['number']);
    const asked = { after, limit: limit + 1 };
    const rows =
      conversationId !== undefined
        ? ofConversation.all(this.connection, { ...asked, id: conversationId })
        : importId !== undefined
          ? ofImport.all(this.connection, { ...asked, id: importId })
          : all.all(this.connection, asked);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const more = rows.length > limit && last !== undefined;
    return { items: items.map(shown), nextCursor: more ? encodeCursor([last.pk]) : null };
  }

  /** The row of a file of an export by the id the export gives it. */
  known(externalId: string): Known | null {
    return byExternal.get(this.connection, { externalId }) ?? null;
  }

  /**
   * The row of a file an answer links to by its name. @param exact its id where it was made in the answer's message
   * @param beside how the ids of files of that conversation begin, and `end`: one of that name is it where there is no other
   */
  linked(exact: string | null, beside: string | null, end: string): (Known & { readonly externalId: string }) | null {
    const own = exact === null ? null : this.known(exact);
    if (own !== null && exact !== null) return { ...own, externalId: exact };
    if (beside === null) return null;
    const found = madeBeside.all(this.connection, { from: beside, to: `${beside}\u{10ffff}`, end });
    const [only] = found;
    return only !== undefined && found.length === 1 ? only : null;
  }
}

export class AttachmentWriter extends AttachmentReader {
  /** A file that messages show, or that was here before, has its bytes now. */
  fill(pk: number, { sha256, size, name, mime }: ArrivedFile): void {
    fill.run(this.connection, { pk, sha256, size, name, mime });
  }

  /** Keep a file that no conversation mentions; bytes that are kept so already are not kept twice. */
  keepLoose(runPk: number, file: ArrivedFile): void {
    insertLoose.run(this.connection, { ...file, id: looseFileId(file.externalId, file.sha256), runPk });
  }

  /** The same out of an archive; of an import that is not here nothing is kept. */
  arriveLoose({ import: id, ...file }: ArchivedFile): void {
    const run = runOf.get(this.connection, { id });
    if (run !== undefined) this.keepLoose(run.pk, file);
  }
}

const shown = (row: Row): Attachment => ({
  id: row.id,
  name: row.name,
  mime: row.mime ?? row.said,
  size: row.size,
  status: row.status,
  stored: row.stored !== null,
  shownAs: row.stored === null ? null : shownAs(row.mime),
  width: row.width,
  height: row.height,
  sha256: row.stored === null ? null : row.sha256,
  conversationId: row.conversationId,
  messageId: row.messageId,
  importId: row.importId,
});
