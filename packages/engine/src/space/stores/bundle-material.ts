/**
 * What bundles are made from beside profiles: names of topics and entities, the messages of a
 * conversation. Reads only, and only what stands on the active branch and is not hidden.
 */

import type { ConversationId, EntityId, TopicId } from '@vivim/contract/ids';
import type { EntityType } from '@vivim/contract/profile';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import type { LocatedAcu } from '../located-acu.ts';
import { statement } from '../statement.ts';
import { acuColumns, acuJoins, type LocatedRow, locatedColumns, toLocated } from './acu-rows.ts';
import { blockRows, rowsOfBlock } from './bundle-blocks.ts';
import { isShown } from './profile-tables.ts';

/** A topic or an entity by its names, with the figures a heading shows. */
export interface Subject {
  readonly pk: number;
  readonly id: TopicId | EntityId;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly type: EntityType | null;
  readonly conversations: number;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

export interface ConversationHead {
  readonly pk: number;
  readonly id: ConversationId;
  readonly title: string | null;
  readonly createdMs: number | null;
  /** Messages of the active branch that a person or a model wrote. */
  readonly messages: number;
}

export type SubjectKind = 'topic' | 'entity';

interface SubjectRow extends Omit<Subject, 'aliases'> {
  readonly aliasesJson: string;
}

const topicColumns = sql`pk, id, label AS name, aliases_json AS aliasesJson, NULL AS type, conversations,
  first_ms AS firstMs, last_ms AS lastMs`;
const entityColumns = sql`pk, id, name, aliases_json AS aliasesJson, type, conversations,
  first_ms AS firstMs, last_ms AS lastMs`;

const subjectsOf = {
  topic: (limit: unknown) => sql<SubjectRow>`
    SELECT ${topicColumns} FROM topic WHERE ${isShown('topic')} ORDER BY pinned DESC, weight DESC, key LIMIT ${limit}`,
  entity: (limit: unknown) => sql<SubjectRow>`
    SELECT ${entityColumns} FROM entity WHERE visible = 1 ORDER BY pinned DESC, weight DESC, key LIMIT ${limit}`,
};
const listSubjects = {
  topic: statement<{ limit: number }, SubjectRow>((_, p) => subjectsOf.topic(p.limit)),
  entity: statement<{ limit: number }, SubjectRow>((_, p) => subjectsOf.entity(p.limit)),
};
/** One value in place of thousands of rows: to see that they are what they were takes a third of the time. */
const asText = (rows: unknown) => sql<{ text: string }>`
  SELECT json_group_array(json_array(pk, id, name, aliasesJson, type, conversations, firstMs, lastMs)) AS text FROM (${rows})`;
const subjectsAsText = {
  topic: statement<{ limit: number }, { text: string }>((_, p) => asText(subjectsOf.topic(p.limit))),
  entity: statement<{ limit: number }, { text: string }>((_, p) => asText(subjectsOf.entity(p.limit))),
};
const oneSubject = {
  topic: statement<{ id: string }, SubjectRow>(
    (_, p) => sql<SubjectRow>`SELECT ${topicColumns} FROM topic WHERE id = ${p.id}`,
  ),
  entity: statement<{ id: string }, SubjectRow>(
    (_, p) => sql<SubjectRow>`SELECT ${entityColumns} FROM entity WHERE id = ${p.id}`,
  ),
};

/** Topics that hold several of these units, most of them first. */
const topicsOfUnits = statement<{ pks: string; least: number; limit: number }, SubjectRow>(
  (_, p) => sql<SubjectRow>`
    SELECT ${topicColumns} FROM topic JOIN (
      SELECT coalesce(t.head_key, t.key) AS head, count(DISTINCT u.acu_pk) AS n FROM topic_acu u JOIN topic t ON t.pk = u.topic_pk
      WHERE u.acu_pk IN (SELECT value FROM json_each(${p.pks})) GROUP BY head HAVING n >= ${p.least}
    ) held ON held.head = topic.key
    WHERE ${isShown('topic')} ORDER BY held.n DESC, weight DESC, key LIMIT ${p.limit}`,
);

const head = statement<{ id: string }, ConversationHead>(
  (_, p) => sql<ConversationHead>`
    SELECT c.pk, c.id, c.title, c.created_ms AS createdMs, (
      SELECT count(*) FROM message m WHERE m.conversation_pk = c.pk AND m.on_active_path = 1 AND m.hidden = 0
        AND m.author_kind IN ('human','model')) AS messages
    FROM conversation c WHERE c.id = ${p.id}`,
);

const unitsOfConversation = statement<{ pk: number; limit: number }, LocatedRow>(
  (_, p) => sql<LocatedRow>`
    SELECT ${locatedColumns} FROM (
      SELECT pk, seq FROM message WHERE conversation_pk = ${p.pk} AND on_active_path = 1 AND hidden = 0
        AND author_kind IN ('human','model') ORDER BY seq DESC LIMIT ${p.limit}
    ) recent JOIN acu a ON a.message_pk = recent.pk ${acuJoins}
    WHERE a.state = 'active' ORDER BY recent.seq, a.ordinal`,
);

/** Blocks of a conversation with anything of it that is shown, those of its end. */
const blocks = statement<{ pk: number; limit: number }, { block: number }>(
  (_, p) => sql<{ block: number }>`
    SELECT block FROM (
      SELECT m.pk / ${sql.lit(blockRows)} AS block, max(m.seq) AS last FROM message m WHERE m.conversation_pk = ${p.pk} AND m.on_active_path = 1
        AND m.hidden = 0 AND m.author_kind IN ('human','model') GROUP BY 1 ORDER BY last DESC LIMIT ${p.limit}
    ) ORDER BY block`,
);
const unitsOfBlock = statement<{ pk: number; first: number; last: number }, LocatedRow>(
  (_, p) => sql<LocatedRow>`
    SELECT ${locatedColumns} FROM message told JOIN acu a ON a.message_pk = told.pk ${acuJoins}
    WHERE told.conversation_pk = ${p.pk} AND told.pk BETWEEN ${p.first} AND ${p.last} AND told.on_active_path = 1 AND told.hidden = 0
      AND told.author_kind IN ('human','model') AND a.state = 'active'
    ORDER BY told.seq, a.ordinal`,
);
const lastOfModel = statement<{ pk: number }, { pk: number | null }>(
  (_, p) => sql<{ pk: number | null }>`
    SELECT max(pk) AS pk FROM message WHERE conversation_pk = ${p.pk} AND on_active_path = 1 AND hidden = 0 AND author_kind = 'model'`,
);

/**
 * Every part that holds units, under the id of its first unit. Its text is no column of this: a message of five megabytes has tens
 * of thousands of units, and sorting them with the text beside each takes all the memory there is.
 */
const partsOfMessages = statement<{ pks: string }, LocatedRow>(
  (_, p) => sql<LocatedRow>`
    SELECT ${acuColumns}, min(a.ordinal) AS ordinal, m.pk AS messagePk, m.external_id AS messageExternalId,
      m.role, m.author_name AS authorName, m.created_ms AS messageMs, c.pk AS conversationPk,
      c.external_id AS conversationExternalId, c.title, c.source
    FROM json_each(${p.pks}) j JOIN acu a ON a.message_pk = j.value ${acuJoins}
    WHERE a.state = 'active' GROUP BY a.part_pk ORDER BY m.seq, p.ix`,
);

const repliedTo = statement<{ pks: string }, { messagePk: number; parentPk: number }>(
  (_, p) => sql<{ messagePk: number; parentPk: number }>`
    SELECT m.pk AS messagePk, m.parent_pk AS parentPk FROM json_each(${p.pks}) j JOIN message m ON m.pk = j.value
    JOIN message parent ON parent.pk = m.parent_pk AND parent.hidden = 0 AND parent.author_kind IN ('human','model')`,
);

const unitsUnder = statement<{ topics: string; entities: string }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    SELECT u.acu_pk AS pk FROM topic asked
      JOIN topic t ON t.key = coalesce(asked.head_key, asked.key) OR t.head_key = coalesce(asked.head_key, asked.key)
      JOIN topic_acu u ON u.topic_pk = t.pk
    WHERE asked.id IN (SELECT value FROM json_each(${p.topics}))
    UNION SELECT u.acu_pk FROM entity asked
      JOIN entity e ON e.key = coalesce(asked.head_key, asked.key) OR e.head_key = coalesce(asked.head_key, asked.key)
      JOIN entity_acu u ON u.entity_pk = e.pk
    WHERE asked.id IN (SELECT value FROM json_each(${p.entities}))`,
);

const none: readonly string[] = [];
const subject = ({ aliasesJson, ...row }: SubjectRow): Subject => ({
  ...row,
  aliases: aliasesJson === '[]' ? none : JSON.parse(aliasesJson),
});

export class BundleMaterial {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Visible topics or entities, most important first. */
  subjects(kind: SubjectKind, limit: number): Subject[] {
    return listSubjects[kind].all(this.#connection, { limit }).map(subject);
  }

  /** The same, as long as {@link subjects} says the same; for nothing but to compare. */
  subjectsAsText(kind: SubjectKind, limit: number): string {
    return subjectsAsText[kind].get(this.#connection, { limit })?.text ?? '';
  }

  subject(kind: SubjectKind, id: string): Subject | null {
    const row = oneSubject[kind].get(this.#connection, { id });
    return row === undefined ? null : subject(row);
  }

  /** Pks of the units that belong to any of these topics and entities. */
  unitsUnder(topics: readonly TopicId[], entities: readonly EntityId[]): Set<number> {
    if (topics.length === 0 && entities.length === 0) return new Set();
    const ids = { topics: JSON.stringify(topics), entities: JSON.stringify(entities) };
    return new Set(unitsUnder.all(this.#connection, ids).map(({ pk }) => pk));
  }

  /** Topics that at least `least` of these units belong to. */
  topicsOfUnits(acuPks: readonly number[], least: number, limit: number): Subject[] {
    return topicsOfUnits.all(this.#connection, { pks: JSON.stringify(acuPks), least, limit }).map(subject);
  }

  conversation(id: string): ConversationHead | null {
    return head.get(this.#connection, { id }) ?? null;
  }

  /** Units of the last `limit` messages of a conversation, in the order they were said. */
  unitsOfConversation(conversationPk: number, limit: number): LocatedAcu[] {
    return toLocated(this.#connection, unitsOfConversation.all(this.#connection, { pk: conversationPk, limit }));
  }

  /** The blocks the last of a conversation stands in, in order. */
  blocks(conversationPk: number, limit: number): number[] {
    return blocks.all(this.#connection, { pk: conversationPk, limit }).map(({ block }) => block);
  }

  /** What of a conversation is told in one block of messages, in the order it was said. */
  unitsOfBlock(conversationPk: number, block: number): LocatedAcu[] {
    return toLocated(
      this.#connection,
      unitsOfBlock.all(this.#connection, { pk: conversationPk, ...rowsOfBlock(block) }),
    );
  }

  /** The last message of a conversation that a model wrote, or null. */
  lastOfModel(conversationPk: number): number | null {
    return lastOfModel.get(this.#connection, { pk: conversationPk })?.pk ?? null;
  }

  /** These messages word for word: one value for each part, with its whole text, in the order they were said. */
  wholeParts(messagePks: readonly number[]): LocatedAcu[] {
    const rows = partsOfMessages.all(this.#connection, { pks: JSON.stringify(messagePks) });
    const whole = rows.map((row) => ({ ...row, start: 0, end: Number.MAX_SAFE_INTEGER }));
    return toLocated(this.#connection, whole).map((located) => ({
      ...located,
      acu: { ...located.acu, end: located.acu.text.length },
    }));
  }

  /** The message each of these answers, where it answers a visible one of a person or a model. */
  repliedTo(messagePks: readonly number[]): Map<number, number> {
    const rows = repliedTo.all(this.#connection, { pks: JSON.stringify(messagePks) });
    return new Map(rows.map((row) => [row.messagePk, row.parentPk]));
  }
}
