/** Rows of messages and what hangs on them, written one message at a time. Used by the conversation store, and for records of an archive. */
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { attachmentId } from '../attachment-id.ts';
import { statement } from '../statement.ts';
import { putBlob } from './blobs.ts';
import type { AttachmentInput, MessageInput, PartInput } from './conversation-input.ts';
import { forgetReading } from './model-reading.ts';

interface Content {
  externalId: string | null;
  role: string;
  authorName: string | null;
  authorKind: string;
  model: string | null;
  channel: string | null;
  createdMs: number | null;
  createdRaw: string | null;
  hidden: number;
  hiddenReason: string | null;
  status: string | null;
  weight: number | null;
  contentHash: string;
}

/** Where a message stands in the tree; changes without the message changing. */
export interface Place {
  parentPk: number | null;
  siblingIx: number;
  seq: number;
  onActivePath: number;
}

const insertMessage = statement<Content & Place & { id: string; conversationPk: number }>((db, p) =>
  db.insertInto('message').values({
    id: p.id,
    conversation_pk: p.conversationPk,
    external_id: p.externalId,
    parent_pk: p.parentPk,
    sibling_ix: p.siblingIx,
    seq: p.seq,
    role: p.role,
    author_name: p.authorName,
    author_kind: p.authorKind,
    model: p.model,
    channel: p.channel,
    created_ms: p.createdMs,
    created_raw: p.createdRaw,
    hidden: p.hidden,
    hidden_reason: p.hiddenReason,
    status: p.status,
    weight: p.weight,
    on_active_path: p.onActivePath,
    content_hash: p.contentHash,
  }),
);
const updateContent = statement<Content & { pk: number }>((db, p) =>
  db
    .updateTable('message')
    .set({
      external_id: p.externalId,
      role: p.role,
      author_name: p.authorName,
      author_kind: p.authorKind,
      model: p.model,
      channel: p.channel,
      created_ms: p.createdMs,
      created_raw: p.createdRaw,
      hidden: p.hidden,
      hidden_reason: p.hiddenReason,
      status: p.status,
      weight: p.weight,
      content_hash: p.contentHash,
    })
    .where('pk', '=', p.pk),
);
const updatePlace = statement<Place & { pk: number }>((db, p) =>
  db
    .updateTable('message')
    .set({ parent_pk: p.parentPk, sibling_ix: p.siblingIx, seq: p.seq, on_active_path: p.onActivePath })
    .where('pk', '=', p.pk),
);
const insertPart = statement<{
  messagePk: number;
  ix: number;
  kind: string;
  text: string | null;
  language: string | null;
  mime: string | null;
  toolName: string | null;
  toolCallId: string | null;
  json: string | null;
  attachmentPk: number | null;
}>((db, p) =>
  db.insertInto('part').values({
    message_pk: p.messagePk,
    ix: p.ix,
    kind: p.kind,
    text: p.text,
    language: p.language,
    mime: p.mime,
    tool_name: p.toolName,
    tool_call_id: p.toolCallId,
    json: p.json,
    attachment_pk: p.attachmentPk,
  }),
);
type AttachmentRow = Omit<AttachmentInput, 'file' | 'sha256'> & { id: string; sha256: string | null };
/** One row for a file however many messages show it; what is known of it only grows. */
const putAttachment = statement<AttachmentRow, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    INSERT INTO attachment (id, external_id, name, mime, size, status, text_extract, sha256)
    VALUES (${p.id}, ${p.externalId}, ${p.name}, ${p.mime}, ${p.size}, ${p.status}, ${p.textExtract}, ${p.sha256})
    ON CONFLICT (id) DO UPDATE SET
      name = coalesce(name, excluded.name),
      mime = coalesce(mime, excluded.mime),
      size = coalesce(size, excluded.size),
      text_extract = coalesce(text_extract, excluded.text_extract),
      sha256 = coalesce(sha256, excluded.sha256),
      run_pk = NULL,
      status = CASE WHEN status = 'present' OR excluded.status = 'missing' THEN status ELSE excluded.status END
    RETURNING pk`,
);
const insertCitation = statement<{
  partPk: number;
  start: number | null;
  end: number | null;
  url: string | null;
  title: string | null;
  snippet: string | null;
}>((db, p) =>
  db
    .insertInto('citation')
    .values({ part_pk: p.partPk, start_ix: p.start, end_ix: p.end, url: p.url, title: p.title, snippet: p.snippet }),
);
/** Files without an id of their own belong to one part and go with it. */
const ownAttachments = statement<{ messagePk: number }, { pk: number }>((db, p) =>
  db
    .selectFrom('part')
    .innerJoin('attachment', 'attachment.pk', 'part.attachment_pk')
    .select('attachment.pk as pk')
    .where('part.message_pk', '=', p.messagePk)
    .where('attachment.external_id', 'is', null),
);
const deleteParts = statement<{ messagePk: number }>((db, p) =>
  db.deleteFrom('part').where('message_pk', '=', p.messagePk),
);
const deleteAttachment = statement<{ pk: number }>((db, p) => db.deleteFrom('attachment').where('pk', '=', p.pk));

const contentOf = (message: MessageInput): Content => ({
  externalId: message.externalId,
  role: message.role,
  authorName: message.authorName,
  authorKind: message.authorKind,
  model: message.model,
  channel: message.channel,
  createdMs: message.created.ms,
  createdRaw: message.created.raw,
  hidden: message.hidden ? 1 : 0,
  hiddenReason: message.hiddenReason,
  status: message.status,
  weight: message.weight,
  contentHash: message.contentHash,
});

/** @returns the row of the new message */
export function addMessage(
  connection: Connection,
  conversationPk: number,
  message: MessageInput,
  place: Place,
): number {
  const row = { ...contentOf(message), ...place, id: message.id, conversationPk };
  const pk = insertMessage.run(connection, row).lastInsertRowid;
  addParts(connection, pk, message);
  return pk;
}

/** Put the content of a message that changed in place of what was stored. */
export function replaceContent(connection: Connection, pk: number, message: MessageInput): void {
  updateContent.run(connection, { ...contentOf(message), pk });
  forgetReading(connection, pk);
  const gone = ownAttachments.all(connection, { messagePk: pk });
  deleteParts.run(connection, { messagePk: pk });
  for (const attachment of gone) deleteAttachment.run(connection, attachment);
  addParts(connection, pk, message);
}

export function movePlace(connection: Connection, pk: number, place: Place): void {
  updatePlace.run(connection, { ...place, pk });
}

function addParts(
  connection: Connection,
  messagePk: number,
  { id, parts }: { readonly id: string; readonly parts: readonly PartInput[] },
): void {
  parts.forEach((part, ix) => {
    const attachmentPk = part.attachment === undefined ? null : addAttachment(connection, id, ix, part.attachment);
    const partPk = insertPart.run(connection, {
      messagePk,
      ix,
      kind: part.kind,
      text: part.text,
      language: part.language ?? null,
      mime: part.mime ?? null,
      toolName: part.toolName ?? null,
      toolCallId: part.toolCallId ?? null,
      json: part.json ?? null,
      attachmentPk,
    }).lastInsertRowid;
    for (const citation of part.citations ?? []) insertCitation.run(connection, { partPk, ...citation });
  });
}

/** The row of a file a part shows, with its bytes where they come along. */
export function addAttachment(
  connection: Connection,
  messageId: string,
  partIx: number,
  { file, sha256, ...facts }: AttachmentInput,
): number | null {
  if (file !== undefined) putBlob(connection, file);
  const stored = file?.sha256 ?? sha256 ?? null;
  const row = {
    ...facts,
    id: attachmentId(facts.externalId, messageId, partIx),
    sha256: stored,
    status: file === undefined ? facts.status : ('present' as const),
    size: file?.bytes.length ?? facts.size,
  };
  return putAttachment.get(connection, row)?.pk ?? null;
}
