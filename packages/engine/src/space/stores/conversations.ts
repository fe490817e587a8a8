/**
 * Conversations and their messages, parts, attachments and citations as captured. The reader answers in the shapes of
 * the API; a conversation that is not here is null, whoever it may belong to.
 */
import { isoTime } from '@vivim/contract/clock';
import type { Conversation, ConversationSummary, Message, Source } from '@vivim/contract/conversation';
import type { EraseRange } from '@vivim/contract/erasure';
import type { ConversationId, ImportId, MessageId, ProjectId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import { shorten } from '@vivim/contract/shorten';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { statement } from '../statement.ts';
import { type ConversationEnd, conversationEnd, lastSaid } from './conversation-end.ts';
import type { ConversationInput, Put } from './conversation-input.ts';
import {
  type MessagePageOptions,
  type MessagesAround,
  messagesAround,
  pageOfMessages,
  readMessage,
} from './message-pages.ts';
import {
  continueConversation,
  putConversation,
  rereadConversation,
  type StoredConversation,
  sawUnchanged,
  storedConversation,
} from './put-conversation.ts';

interface Row {
  pk: number;
  id: ConversationId;
  source: Source;
  externalId: string | null;
  title: string | null;
  opening: string | null;
  createdMs: number | null;
  updatedMs: number | null;
  defaultModel: string | null;
  messageCount: number;
  deletedMs: number | null;
  sortMs: number;
  activeLeafId: MessageId | null;
  firstImportId: ImportId;
  lastImportId: ImportId;
  flagsJson: string;
}

const openingLength = 120;
/** Sessions of agents have no title. Enough of the text is read to find a line in it. */
const opening = sql`CASE WHEN trim(c.title) <> '' THEN NULL ELSE (
  SELECT substr(p.text, 1, 1000) FROM message m JOIN part p ON p.message_pk = m.pk
  WHERE m.conversation_pk = c.pk AND m.author_kind = 'human' AND m.hidden = 0 AND p.kind = 'text' AND trim(p.text) <> ''
  ORDER BY m.seq, p.ix LIMIT 1) END AS opening`;
const columns = sql`
  c.pk, c.id, c.source, c.external_id AS externalId, c.title, ${opening}, c.created_ms AS createdMs, c.updated_ms AS updatedMs,
  c.default_model AS defaultModel, c.message_count AS messageCount, c.deleted_in_source_ms AS deletedMs,
  c.sort_ms AS sortMs, c.active_leaf_id AS activeLeafId, c.flags_json AS flagsJson,
  first.id AS firstImportId, last.id AS lastImportId`;
const tables = sql`
  conversation c JOIN import_run first ON first.pk = c.first_run_pk JOIN import_run last ON last.pk = c.last_run_pk`;

const byId = statement<{ id: string }, Row>((_, p) => sql<Row>`SELECT ${columns} FROM ${tables} WHERE c.id = ${p.id}`);
const latest = statement<
  {
    source: string | null;
    importId: string | null;
    projectId: string | null;
    sortMs: number | null;
    pk: number;
    limit: number;
  },
  Row
>(
  (_, p) => sql<Row>`
    SELECT ${columns} FROM ${tables}
    WHERE (${p.sortMs} IS NULL OR (c.sort_ms, c.pk) < (${p.sortMs}, ${p.pk}))
      AND (${p.source} IS NULL OR c.source = ${p.source})
      AND (${p.importId} IS NULL OR first.id = ${p.importId} OR last.id = ${p.importId})
      AND (${p.projectId} IS NULL OR EXISTS (
        SELECT 1 FROM project p WHERE p.id = ${p.projectId} AND p.source = c.source AND p.external_id = c.project_id))
    ORDER BY c.sort_ms DESC, c.pk DESC LIMIT ${p.limit}`,
);

const within = statement<
  { source: string | null; fromMs: number | null; untilMs: number | null; limit: number },
  { id: ConversationId }
>(
  (_, p) => sql<{ id: ConversationId }>`
    SELECT c.id FROM conversation c
    WHERE (${p.source} IS NULL OR c.source = ${p.source})
      AND (${p.fromMs} IS NULL OR coalesce(c.updated_ms, c.created_ms) >= ${p.fromMs})
      AND (${p.untilMs} IS NULL OR coalesce(c.updated_ms, c.created_ms) < ${p.untilMs})
    ORDER BY c.pk LIMIT ${p.limit}`,
);

const countRows = statement<Record<never, never>, { n: number }>((db) =>
  db.selectFrom('conversation').select((e) => e.fn.countAll<number>().as('n')),
);
const unitsOf = statement<{ pk: number }, { n: number }>((db, p) =>
  db
    .selectFrom('acu')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('conversation_pk', '=', p.pk),
);

export interface ConversationPageOptions {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly source?: Source | undefined;
  /** Those this import brought in, or saw last. */
  readonly importId?: ImportId | undefined;
  readonly projectId?: ProjectId | undefined;
}

export class ConversationReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  count(): number {
    return countRows.get(this.connection, {})?.n ?? 0;
  }

  /** Latest first. @throws AppError `cursor_invalid` */
  page(options: ConversationPageOptions): Page<ConversationSummary> {
    const [sortMs, pk] =
      options.cursor === undefined
        ? [null, 0]
        : decodeCursor<readonly [number, number]>(options.cursor, ['number', 'number']);
    const rows = latest.all(this.connection, {
      source: options.source ?? null,
      importId: options.importId ?? null,
      projectId: options.projectId ?? null,
      sortMs,
      pk,
      limit: options.limit + 1,
    });
    const items = rows.slice(0, options.limit);
    const last = items.at(-1);
    const more = rows.length > options.limit && last !== undefined;
    return { items: items.map(summaryOf), nextCursor: more ? encodeCursor([last.sortMs, last.pk]) : null };
  }

  /** Ids of a source's, of those last spoken in within a time, or of both. One without a time is in no time. */
  idsWithin({ source, from, until }: EraseRange, limit: number): ConversationId[] {
    const ms = (time: string | undefined) => (time === undefined ? null : Date.parse(time));
    const found = { source: source ?? null, fromMs: ms(from), untilMs: ms(until), limit };
    return within.all(this.connection, found).map(({ id }) => id);
  }

  find(id: ConversationId): Omit<Conversation, 'lineage'> | null {
    const row = byId.get(this.connection, { id });
    if (row === undefined) return null;
    return {
      ...summaryOf(row),
      activeLeafId: row.activeLeafId,
      firstImportId: row.firstImportId,
      lastImportId: row.lastImportId,
      flags: JSON.parse(row.flagsJson),
    };
  }

  /** Messages in reading order; null where there is no such conversation. @throws AppError `cursor_invalid` */
  messages(id: ConversationId, options: MessagePageOptions): Page<Message> | null {
    const row = storedConversation(this.connection, id);
    return row === null ? null : pageOfMessages(this.connection, row.pk, options);
  }

  message(id: MessageId): Message | null {
    return readMessage(this.connection, id);
  }

  /** See {@link messagesAround}. */
  messagesAround(id: MessageId, reach: { readonly before: number; readonly after: number }): MessagesAround | null {
    return messagesAround(this.connection, id, reach);
  }

  /** What a capture needs to know of a conversation before it puts another version of it. */
  stored(id: ConversationId): StoredConversation | null {
    return storedConversation(this.connection, id);
  }

  /** See {@link conversationEnd}. */
  end(id: ConversationId): ConversationEnd | null {
    return conversationEnd(this.connection, id);
  }

  /** See {@link lastSaid}. */
  lastSaid(messagePk: number): ReturnType<typeof lastSaid> {
    return lastSaid(this.connection, messagePk);
  }

  /** How many units a conversation has. */
  unitCount(pk: number): number {
    return unitsOf.get(this.connection, { pk })?.n ?? 0;
  }
}

export class ConversationWriter extends ConversationReader {
  /**
   * Add a conversation, bring it up to date, or see that nothing changed.
   * @param run the import it came with, and the record it was read from
   */
  put(
    input: ConversationInput,
    run: { readonly pk: number; readonly nowMs: number; readonly rawPk: number | null },
  ): Put {
    return putConversation(this.connection, input, run);
  }

  /** See {@link continueConversation}. */
  goOn(
    end: ConversationEnd,
    input: ConversationInput,
    run: { readonly pk: number; readonly nowMs: number; readonly rawPk: number | null },
  ): Put {
    return continueConversation(this.connection, end, input, run);
  }

  /** See {@link rereadConversation}. */
  reread(input: ConversationInput): Put | null {
    return rereadConversation(this.connection, input);
  }

  /** Note that a run saw a conversation which is stored as it is already. */
  sawUnchanged(stored: StoredConversation, runPk: number, messages: number): Put {
    return sawUnchanged(this.connection, stored, runPk, messages);
  }
}

const summaryOf = (row: Row): ConversationSummary => ({
  id: row.id,
  source: row.source,
  externalId: row.externalId,
  title: row.title,
  opening: row.opening === null ? null : shorten(row.opening.replace(/\s+/g, ' ').trim(), openingLength),
  createdAt: isoTime(row.createdMs),
  updatedAt: isoTime(row.updatedMs),
  defaultModel: row.defaultModel,
  messageCount: row.messageCount,
  deletedInSourceAt: isoTime(row.deletedMs),
});
