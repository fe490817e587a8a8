/**
 * Conversations and their messages, parts, attachments and citations as captured. The reader answers in the shapes of
 * the API; a conversation that is not here is null, whoever it may belong to.
 */
import { isoTime } from '@vivim/contract/clock';
import type { Conversation, ConversationSummary, Message, Source } from '@vivim/contract/conversation';
import type { ConversationSort } from '@vivim/contract/conversation-list';
import type { EraseRange } from '@vivim/contract/erasure';
import type { ConversationId, ImportId, MessageId } from '@vivim/contract/ids';
import type { Outline } from '@vivim/contract/outline';
import type { Page } from '@vivim/contract/page';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { statement } from '../statement.ts';
import { type ConversationEnd, conversationEnd, lastSaid } from './conversation-end.ts';
import { type ConversationFilter, type FilterParams, filterParams, listed } from './conversation-filter.ts';
import type { ConversationInput, Put } from './conversation-input.ts';
import { opening, openingShown } from './conversation-opening.ts';
import {
  type MessagePageOptions,
  type MessagesAround,
  messagesAround,
  pageOfMessages,
  readMessage,
} from './message-pages.ts';
import { outlineOf } from './outline.ts';
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
  sortKey: number | string;
  tagsJson: string;
  archivedMs: number | null;
  bookmarkedMs: number | null;
  bookmarkedMessages: number;
  notes: number;
  activeLeafId: MessageId | null;
  firstImportId: ImportId;
  lastImportId: ImportId;
  flagsJson: string;
}

const hung = (kind: string, more = sql`1`) =>
  sql`FROM annotation a WHERE a.conversation_id = c.id AND a.kind = ${sql.lit(kind)} AND ${more}`;
const annotations = sql`
  (SELECT json_group_array(text) FROM (SELECT text ${hung('tag')} ORDER BY a.key)) AS tagsJson,
  (SELECT at_ms ${hung('archive')}) AS archivedMs,
  (SELECT at_ms ${hung('bookmark', sql`a.message_id = ''`)}) AS bookmarkedMs,
  (SELECT count(*) ${hung('bookmark', sql`a.message_id <> ''`)}) AS bookmarkedMessages,
  (SELECT count(*) ${hung('note')}) AS notes`;
const columns = sql`
  c.pk, c.id, c.source, c.external_id AS externalId, c.title, ${opening}, c.created_ms AS createdMs, c.updated_ms AS updatedMs,
  c.default_model AS defaultModel, c.message_count AS messageCount, c.deleted_in_source_ms AS deletedMs,
  ${annotations}, c.active_leaf_id AS activeLeafId, c.flags_json AS flagsJson,
  first.id AS firstImportId, last.id AS lastImportId`;
const tables = sql`
  conversation c JOIN import_run first ON first.pk = c.first_run_pk JOIN import_run last ON last.pk = c.last_run_pk`;

const byId = statement<{ id: string }, Row>(
  (_, p) => sql<Row>`SELECT ${columns}, c.sort_ms AS sortKey FROM ${tables} WHERE c.id = ${p.id}`,
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
/** What each order goes by; what has no title comes last. */
const orders = {
  latest: { key: sql`c.sort_ms`, down: true, type: 'number' },
  oldest: { key: sql`c.sort_ms`, down: false, type: 'number' },
  longest: { key: sql`c.message_count`, down: true, type: 'number' },
  title: { key: sql`lower(coalesce(nullif(trim(c.title), ''), char(1114109)))`, down: false, type: 'string' },
} as const satisfies Record<ConversationSort, unknown>;

type ListParams = FilterParams & { key: number | string | null; pk: number; limit: number };
const listBy = ({ key, down }: (typeof orders)[ConversationSort]) =>
  statement<ListParams, Row>(
    (_, p) => sql<Row>`
      SELECT ${columns}, ${key} AS sortKey FROM ${tables}
      WHERE (${p.key} IS NULL OR (${key}, c.pk) ${down ? sql`<` : sql`>`} (${p.key}, ${p.pk})) AND ${listed(p)}
      ORDER BY sortKey ${down ? sql`DESC` : sql`ASC`}, c.pk ${down ? sql`DESC` : sql`ASC`} LIMIT ${p.limit}`,
  );
const lists = {
  latest: listBy(orders.latest),
  oldest: listBy(orders.oldest),
  longest: listBy(orders.longest),
  title: listBy(orders.title),
} as const;

const countRows = statement<Record<never, never>, { n: number }>((db) =>
  db.selectFrom('conversation').select((e) => e.fn.countAll<number>().as('n')),
);
const unitsOf = statement<{ pk: number }, { n: number }>((db, p) =>
  db
    .selectFrom('acu')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('conversation_pk', '=', p.pk),
);

export interface ConversationPageOptions extends ConversationFilter {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly sort?: ConversationSort | undefined;
}

export class ConversationReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  count(): number {
    return countRows.get(this.connection, {})?.n ?? 0;
  }

  /** Latest first, unless it says otherwise. @throws AppError `cursor_invalid` */
  page(options: ConversationPageOptions): Page<ConversationSummary> {
    const { sort = 'latest', limit } = options;
    const [key, pk] =
      options.cursor === undefined
        ? [null, 0]
        : decodeCursor<readonly [number | string, number]>(options.cursor, [orders[sort].type, 'number']);
    const rows = lists[sort].all(this.connection, { ...filterParams(options), key, pk, limit: limit + 1 });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const more = rows.length > limit && last !== undefined;
    return { items: items.map(summaryOf), nextCursor: more ? encodeCursor([last.sortKey, last.pk]) : null };
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

  /** Every message of it without its words; null where there is no such conversation. */
  outline(id: ConversationId): Outline['items'] | null {
    const row = storedConversation(this.connection, id);
    return row === null ? null : outlineOf(this.connection, row.pk);
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
  opening: openingShown(row.opening),
  createdAt: isoTime(row.createdMs),
  updatedAt: isoTime(row.updatedMs),
  defaultModel: row.defaultModel,
  messageCount: row.messageCount,
  deletedInSourceAt: isoTime(row.deletedMs),
  tags: JSON.parse(row.tagsJson) as string[],
  archivedAt: isoTime(row.archivedMs),
  bookmarkedAt: isoTime(row.bookmarkedMs),
  bookmarkedMessages: row.bookmarkedMessages,
  notes: row.notes,
});
