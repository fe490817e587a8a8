/** A conversation as it stands in the rows, whole: what erasing reads before it writes. Reads only. */
import type { PartKind } from '@vivim/contract/conversation';
import type { MessageId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import type { CitationInput, ConversationInput, MessageInput, PartInput } from './conversation-input.ts';

export interface WrittenMessage extends Omit<MessageInput, 'parentIx' | 'contentHash'> {
  readonly pk: number;
  readonly parentId: MessageId | null;
  readonly seq: number;
}

export interface WrittenConversation extends Omit<ConversationInput, 'contentHash' | 'messages'> {
  readonly pk: number;
  /** In reading order. */
  readonly messages: readonly WrittenMessage[];
}

type Head = Omit<WrittenConversation, 'created' | 'updated' | 'flags' | 'messages'> & {
  createdMs: number | null;
  createdRaw: string | null;
  updatedMs: number | null;
  updatedRaw: string | null;
  flagsJson: string;
};
const head = statement<{ pk: number }, Head>(
  (_, p) => sql<Head>`
    SELECT pk, id, source, account_hash AS accountHash, external_id AS externalId, title, created_ms AS createdMs,
      created_raw AS createdRaw, updated_ms AS updatedMs, updated_raw AS updatedRaw, active_leaf_id AS activeLeafId,
      project_id AS projectId, assistant_id AS assistantId, default_model AS defaultModel, flags_json AS flagsJson
    FROM conversation WHERE pk = ${p.pk}`,
);
type MessageRow = Omit<WrittenMessage, 'created' | 'hidden' | 'onActivePath' | 'parts'> & {
  createdMs: number | null;
  createdRaw: string | null;
  hidden: number;
  onActivePath: number;
};
const messagesOf = statement<{ pk: number }, MessageRow>(
  (_, p) => sql<MessageRow>`
    SELECT m.pk, m.id, parent.id AS parentId, m.external_id AS externalId, m.sibling_ix AS siblingIx, m.seq, m.role,
      m.author_name AS authorName, m.author_kind AS authorKind, m.model, m.channel, m.created_ms AS createdMs,
      m.created_raw AS createdRaw, m.hidden, m.hidden_reason AS hiddenReason, m.status, m.weight,
      m.on_active_path AS onActivePath
    FROM message m LEFT JOIN message parent ON parent.pk = m.parent_pk
    WHERE m.conversation_pk = ${p.pk} ORDER BY m.seq, m.pk`,
);
interface PartRow {
  pk: number;
  messagePk: number;
  kind: PartKind;
  text: string | null;
  language: string | null;
  mime: string | null;
  toolName: string | null;
  toolCallId: string | null;
  json: string | null;
  attachmentPk: number | null;
  attachmentId: string | null;
  name: string | null;
  attachmentMime: string | null;
  size: number | null;
  status: 'present' | 'missing' | 'skipped' | null;
  textExtract: string | null;
  sha256: string | null;
}
const partsOf = statement<{ pk: number }, PartRow>(
  (_, p) => sql<PartRow>`
    SELECT p.pk, p.message_pk AS messagePk, p.kind, p.text, p.language, p.mime, p.tool_name AS toolName,
      p.tool_call_id AS toolCallId, p.json, p.attachment_pk AS attachmentPk, a.external_id AS attachmentId, a.name,
      a.mime AS attachmentMime, a.size, a.status, a.text_extract AS textExtract, a.sha256
    FROM message m JOIN part p ON p.message_pk = m.pk LEFT JOIN attachment a ON a.pk = p.attachment_pk
    WHERE m.conversation_pk = ${p.pk} ORDER BY p.message_pk, p.ix`,
);
type CitationRow = CitationInput & { partPk: number };
const citationsOf = statement<{ pk: number }, CitationRow>(
  (_, p) => sql<CitationRow>`
    SELECT c.part_pk AS partPk, c.start_ix AS start, c.end_ix AS "end", c.url, c.title, c.snippet
    FROM message m JOIN part p ON p.message_pk = m.pk JOIN citation c ON c.part_pk = p.pk
    WHERE m.conversation_pk = ${p.pk} ORDER BY c.pk`,
);

/** Null where there is no such conversation. */
export function writtenConversation(connection: Connection, pk: number): WrittenConversation | null {
  const row = head.get(connection, { pk });
  if (row === undefined) return null;
  const citations = Map.groupBy(citationsOf.all(connection, { pk }), (each) => each.partPk);
  const parts = Map.groupBy(partsOf.all(connection, { pk }), (each) => each.messagePk);
  const { createdMs, createdRaw, updatedMs, updatedRaw, flagsJson, ...rest } = row;
  return {
    ...rest,
    created: { ms: createdMs, raw: createdRaw },
    updated: { ms: updatedMs, raw: updatedRaw },
    flags: JSON.parse(flagsJson),
    messages: messagesOf.all(connection, { pk }).map((message): WrittenMessage => {
      const { createdMs: ms, createdRaw: raw, hidden, onActivePath, ...fields } = message;
      return {
        ...fields,
        created: { ms, raw },
        hidden: hidden === 1,
        onActivePath: onActivePath === 1,
        parts: (parts.get(message.pk) ?? []).map((part) => partOf(part, citations.get(part.pk) ?? [])),
      };
    }),
  };
}

const partOf = (row: PartRow, citations: readonly CitationRow[]): PartInput => ({
  kind: row.kind,
  text: row.text,
  ...(row.language === null ? {} : { language: row.language }),
  ...(row.mime === null ? {} : { mime: row.mime }),
  ...(row.toolName === null ? {} : { toolName: row.toolName }),
  ...(row.toolCallId === null ? {} : { toolCallId: row.toolCallId }),
  ...(row.json === null ? {} : { json: row.json }),
  ...(row.attachmentPk === null
    ? {}
    : {
        attachment: {
          externalId: row.attachmentId,
          name: row.name,
          mime: row.attachmentMime,
          size: row.size,
          status: row.status ?? 'missing',
          textExtract: row.textExtract,
          ...(row.sha256 === null ? {} : { sha256: row.sha256 }),
        },
      }),
  ...(citations.length === 0 ? {} : { citations: citations.map(({ partPk: _, ...citation }) => citation) }),
});
