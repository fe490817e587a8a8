/** Messages as the API shows them: with parts, citations and siblings, a page at a time. Reads only. */

import type { PartAttachment } from '@vivim/contract/attachment';
import { isoTime } from '@vivim/contract/clock';
import type { AuthorKind, Message, PartKind, Role } from '@vivim/contract/conversation';
import type { AttachmentId, ConversationId, MessageId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { shownAs } from '../media-type.ts';
import { statement } from '../statement.ts';
import { ProjectReader } from './projects.ts';

export interface MessagePageOptions {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly branches: 'active' | 'all';
  /** False leaves out what the source hides. */
  readonly hidden?: boolean | undefined;
}

interface Row {
  pk: number;
  id: MessageId;
  conversationPk: number;
  conversationId: ConversationId;
  externalId: string | null;
  parentPk: number | null;
  parentId: MessageId | null;
  seq: number;
  role: Role;
  authorName: string | null;
  authorKind: AuthorKind;
  model: string | null;
  channel: string | null;
  status: string | null;
  createdMs: number | null;
  hidden: number;
  hiddenReason: string | null;
  onActivePath: number;
}

const columns = sql`
  m.pk, m.id, m.conversation_pk AS conversationPk, c.id AS conversationId, m.external_id AS externalId,
  m.parent_pk AS parentPk, parent.id AS parentId, m.seq, m.role, m.author_name AS authorName,
  m.author_kind AS authorKind, m.model, m.channel, m.status, m.created_ms AS createdMs, m.hidden,
  m.hidden_reason AS hiddenReason, m.on_active_path AS onActivePath`;
const tables = sql`
  message m JOIN conversation c ON c.pk = m.conversation_pk LEFT JOIN message parent ON parent.pk = m.parent_pk`;

const byId = statement<{ id: string }, Row>((_, p) => sql<Row>`SELECT ${columns} FROM ${tables} WHERE m.id = ${p.id}`);
const inOrder = statement<
  { conversationPk: number; after: number; onlyActive: number; withHidden: number; limit: number },
  Row
>(
  (_, p) => sql<Row>`
    SELECT ${columns} FROM ${tables}
    WHERE m.conversation_pk = ${p.conversationPk} AND m.seq > ${p.after}
      AND (${p.onlyActive} = 0 OR m.on_active_path = 1) AND (${p.withHidden} = 1 OR m.hidden = 0)
    ORDER BY m.seq LIMIT ${p.limit}`,
);

interface PartRow {
  messagePk: number;
  ix: number;
  kind: PartKind;
  text: string | null;
  language: string | null;
  mime: string | null;
  toolName: string | null;
  attachmentId: AttachmentId | null;
  name: string | null;
  said: string | null;
  size: number | null;
  status: PartAttachment['status'] | null;
  stored: number | null;
  bytesMime: string | null;
  width: number | null;
  height: number | null;
}
const partsOf = statement<{ pks: string }, PartRow>(
  (_, p) => sql<PartRow>`
    SELECT part.message_pk AS messagePk, part.ix, part.kind, part.text, part.language, part.mime,
      part.tool_name AS toolName, a.id AS attachmentId, a.name, a.mime AS said, coalesce(b.size, a.size) AS size,
      a.status, b.pk AS stored, b.mime AS bytesMime, b.width, b.height
    FROM part LEFT JOIN attachment a ON a.pk = part.attachment_pk
      LEFT JOIN blob b ON b.sha256 = a.sha256 AND b.complete = 1
    WHERE part.message_pk IN (SELECT value FROM json_each(${p.pks})) ORDER BY part.message_pk, part.ix`,
);
interface CitationRow {
  messagePk: number;
  partIndex: number;
  start: number | null;
  end: number | null;
  url: string | null;
  title: string | null;
}
const citationsOf = statement<{ pks: string }, CitationRow>(
  (_, p) => sql<CitationRow>`
    SELECT part.message_pk AS messagePk, part.ix AS partIndex, cited.start_ix AS start, cited.end_ix AS "end",
      cited.url, cited.title
    FROM part JOIN citation cited ON cited.part_pk = part.pk
    WHERE part.message_pk IN (SELECT value FROM json_each(${p.pks})) ORDER BY part.message_pk, part.ix, cited.pk`,
);
interface SiblingRow {
  id: MessageId;
  parentPk: number | null;
  siblingIx: number;
}
const childrenOf = statement<{ pks: string }, SiblingRow>(
  (_, p) => sql<SiblingRow>`
    SELECT id, parent_pk AS parentPk, sibling_ix AS siblingIx FROM message
    WHERE parent_pk IN (SELECT value FROM json_each(${p.pks})) ORDER BY parent_pk, sibling_ix, seq`,
);
const rootsOf = statement<{ pks: string }, SiblingRow & { conversationPk: number }>(
  (_, p) => sql<SiblingRow & { conversationPk: number }>`
    SELECT id, parent_pk AS parentPk, sibling_ix AS siblingIx, conversation_pk AS conversationPk FROM message
    WHERE conversation_pk IN (SELECT value FROM json_each(${p.pks})) AND parent_pk IS NULL
    ORDER BY conversation_pk, seq`,
);

/** @throws AppError `cursor_invalid` */
export function pageOfMessages(
  connection: Connection,
  conversationPk: number,
  options: MessagePageOptions,
): Page<Message> {
  const [after] = options.cursor === undefined ? [-1] : decodeCursor<readonly [number]>(options.cursor, ['number']);
  const rows = inOrder.all(connection, {
    conversationPk,
    after,
    onlyActive: options.branches === 'active' ? 1 : 0,
    withHidden: options.hidden === false ? 0 : 1,
    limit: options.limit + 1,
  });
  const shown = rows.slice(0, options.limit);
  const last = shown.at(-1);
  const more = rows.length > options.limit && last !== undefined;
  return { items: filledIn(connection, shown), nextCursor: more ? encodeCursor([last.seq]) : null };
}

export function readMessage(connection: Connection, id: MessageId): Message | null {
  const row = byId.get(connection, { id });
  return row === undefined ? null : (filledIn(connection, [row])[0] ?? null);
}

/** The messages of the way up from one, and of the way down: along the branch that is shown where there are several. */
const above = statement<{ pk: number }, { pk: number; hidden: number }>(
  (_, p) => sql<{ pk: number; hidden: number }>`
    SELECT up.pk, up.hidden FROM message m JOIN message up ON up.pk = m.parent_pk WHERE m.pk = ${p.pk}`,
);
const below = statement<{ pk: number }, { pk: number; hidden: number }>(
  (_, p) => sql<{ pk: number; hidden: number }>`
    SELECT pk, hidden FROM message WHERE parent_pk = ${p.pk} ORDER BY on_active_path DESC, sibling_ix DESC, seq DESC LIMIT 1`,
);
const byPks = statement<{ pks: string }, Row>(
  (_, p) => sql<Row>`
    SELECT ${columns} FROM json_each(${p.pks}) j JOIN message m ON m.pk = j.value JOIN conversation c ON c.pk = m.conversation_pk
      LEFT JOIN message parent ON parent.pk = m.parent_pk ORDER BY j.key`,
);
/** Steps at most, where most of what lies on the way is hidden. */
const mostSteps = 400;

export interface MessagesAround {
  readonly items: Message[];
  readonly moreBefore: boolean;
  readonly moreAfter: boolean;
}

/** A message with those around it on its branch, hidden ones left out; null where it is not there. */
export function messagesAround(
  connection: Connection,
  id: MessageId,
  { before, after }: { readonly before: number; readonly after: number },
): MessagesAround | null {
  const row = byId.get(connection, { id });
  if (row === undefined) return null;
  const way = (step: typeof above, wanted: number): { pks: number[]; more: boolean } => {
    const pks: number[] = [];
    let at = step.get(connection, { pk: row.pk });
    for (let steps = 0; at !== undefined && steps < mostSteps; steps++) {
      if (at.hidden === 0) {
        if (pks.length === wanted) return { pks, more: true };
        pks.push(at.pk);
      }
      at = step.get(connection, { pk: at.pk });
    }
    return { pks, more: false };
  };
  const up = way(above, before);
  const down = way(below, after);
  const pks = JSON.stringify([...up.pks.reverse(), row.pk, ...down.pks]);
  return {
    items: filledIn(connection, byPks.all(connection, { pks })),
    moreBefore: up.more,
    moreAfter: down.more,
  };
}

function filledIn(connection: Connection, rows: readonly Row[]): Message[] {
  const pks = JSON.stringify(rows.map((row) => row.pk));
  const parts = Map.groupBy(partsOf.all(connection, { pks }), (part) => part.messagePk);
  const citations = Map.groupBy(citationsOf.all(connection, { pks }), (citation) => citation.messagePk);
  const siblings = siblingsOf(connection, rows);
  const projects = new ProjectReader(connection);
  const rated = new Map([...new Set(rows.map((row) => row.conversationId))].map((id) => [id, projects.feedbackIn(id)]));
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversationId,
    externalId: row.externalId,
    parentId: row.parentId,
    role: row.role,
    authorName: row.authorName,
    authorKind: row.authorKind,
    model: row.model,
    channel: row.channel,
    status: row.status,
    createdAt: isoTime(row.createdMs),
    hidden: row.hidden === 1,
    hiddenReason: row.hiddenReason,
    onActivePath: row.onActivePath === 1,
    siblings: siblings.get(row.id) ?? [row.id],
    parts: (parts.get(row.pk) ?? []).map(shownPart),
    citations: (citations.get(row.pk) ?? []).map(({ messagePk: _, ...citation }) => citation),
    feedback: (row.externalId === null ? undefined : rated.get(row.conversationId)?.get(row.externalId)) ?? [],
  }));
}

const shownPart = (part: PartRow): Message['parts'][number] => ({
  index: part.ix,
  kind: part.kind,
  text: part.text,
  language: part.language,
  mime: part.mime,
  toolName: part.toolName,
  attachment: part.attachmentId === null ? null : shownAttachment(part, part.attachmentId),
});

const shownAttachment = (part: PartRow, id: AttachmentId): PartAttachment => ({
  id,
  name: part.name,
  mime: part.bytesMime ?? part.said,
  size: part.size,
  status: part.status ?? 'missing',
  stored: part.stored !== null,
  shownAs: part.stored === null ? null : shownAs(part.bytesMime),
  width: part.width,
  height: part.height,
});

/** For each message the ids of those that answer the same one, itself included. */
function siblingsOf(connection: Connection, rows: readonly Row[]): Map<MessageId, MessageId[]> {
  const groups = new Map<MessageId, MessageId[]>();
  const gather = (row: SiblingRow, group: MessageId[]): void => {
    group.push(row.id);
    groups.set(row.id, group);
  };
  const parents = [...new Set(rows.flatMap((row) => row.parentPk ?? []))];
  let group: MessageId[] = [];
  let parent: number | null = null;
  for (const row of childrenOf.all(connection, { pks: JSON.stringify(parents) })) {
    if (row.parentPk !== parent) group = [];
    parent = row.parentPk;
    gather(row, group);
  }
  const rooted = [...new Set(rows.filter((row) => row.parentPk === null).map((row) => row.conversationPk))];
  for (const row of rootsOf.all(connection, { pks: JSON.stringify(rooted) })) {
    // Roots that began together are counted on; one that stands alone starts again at 0 (see capture's tree).
    if (row.siblingIx === 0) group = [];
    gather(row, group);
  }
  return groups;
}
