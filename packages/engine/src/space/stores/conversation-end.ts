/**
 * The end of a conversation, and what comes behind it: for a source that tells only what is new. Reads and writes no more than that,
 * however much stands before.
 */
import type { AcuType } from '@vivim/contract/acu';
import type { AuthorKind } from '@vivim/contract/conversation';
import type { AcuId, ConversationId, MessageId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import type { TimeInput } from './conversation-input.ts';

/** A conversation that can go on behind its last message, and all that has to be known of it for that. */
export interface ConversationEnd {
  readonly pk: number;
  readonly id: ConversationId;
  readonly contentHash: string;
  readonly title: string | null;
  readonly created: TimeInput;
  readonly defaultModel: string | null;
  /** The last message in reading order, which is the one the branch that is shown ends with. */
  readonly leafPk: number;
  readonly leafId: MessageId;
  readonly seq: number;
}

type Row = Omit<ConversationEnd, 'created'> & { createdMs: number | null; createdRaw: string | null };
/** One with documents is left out: what a document ends with is made of many messages. */
const end = statement<{ id: string }, Row>(
  (_, p) => sql<Row>`
    SELECT c.pk, c.id, c.content_hash AS contentHash, c.title, c.created_ms AS createdMs, c.created_raw AS createdRaw,
      c.default_model AS defaultModel, m.pk AS leafPk, m.id AS leafId, m.seq
    FROM conversation c
      JOIN message m ON m.pk = (SELECT pk FROM message WHERE conversation_pk = c.pk ORDER BY seq DESC LIMIT 1)
    WHERE c.id = ${p.id} AND c.active_leaf_id = m.id AND m.on_active_path = 1 AND c.message_count = m.seq + 1
      AND c.account_hash = '' AND c.project_id IS NULL AND c.assistant_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM artifact_version WHERE conversation_pk = c.pk)`,
);
/** Upwards only as far as nothing has units: calls of tools and their results. */
const saidAt = statement<{ messagePk: number }, { authorKind: AuthorKind; id: AcuId; type: AcuType }>(
  (_, p) => sql<{ authorKind: AuthorKind; id: AcuId; type: AcuType }>`
    WITH RECURSIVE up(pk) AS (
      SELECT ${p.messagePk}
      UNION ALL
      SELECT m.parent_pk FROM up JOIN message m ON m.pk = up.pk
      WHERE m.parent_pk IS NOT NULL AND NOT EXISTS (SELECT 1 FROM acu WHERE message_pk = up.pk)
    )
    SELECT m.author_kind AS authorKind, a.id, a.type
    FROM up JOIN acu a ON a.message_pk = up.pk JOIN message m ON m.pk = a.message_pk ORDER BY a.ordinal`,
);

/** @returns null where the conversation is not here, or more than its end would change when it goes on */
export function conversationEnd(connection: Connection, id: ConversationId): ConversationEnd | null {
  const row = end.get(connection, { id });
  if (row === undefined) return null;
  const { createdMs, createdRaw, ...rest } = row;
  return { ...rest, created: { ms: createdMs, raw: createdRaw } };
}

/** What was last said up to and with a message, and in which units; null where nothing was. */
export function lastSaid(
  connection: Connection,
  messagePk: number,
): {
  readonly authorKind: AuthorKind;
  readonly units: readonly { readonly id: AcuId; readonly type: AcuType }[];
} | null {
  const units = saidAt.all(connection, { messagePk });
  const [first] = units;
  return first === undefined ? null : { authorKind: first.authorKind, units };
}
