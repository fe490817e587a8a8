/** Which messages a search is about, as a condition over `message m` and `conversation c`. Never what is asked. */
import type { AcuType } from '@vivim/contract/acu';
import type { Role, Source } from '@vivim/contract/conversation';
import type { ConversationId, EntityId, ProjectId, TopicId } from '@vivim/contract/ids';
import { type RawBuilder, sql } from 'kysely';

export interface MessageFilter {
  readonly source?: Source | undefined;
  readonly role?: Role | undefined;
  /** Inclusive and exclusive bounds of the message's time, ms UTC. A message without a time fits no bound. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly conversationId?: ConversationId | undefined;
  readonly projectId?: ProjectId | undefined;
  /** The message holds a unit of this topic, of this entity, of this type, in this language. */
  readonly topicId?: TopicId | undefined;
  readonly entityId?: EntityId | undefined;
  readonly type?: AcuType | undefined;
  readonly language?: string | undefined;
  /** The message holds a unit of code that defines something: keys of symbols, from and to. */
  readonly symbolFrom?: string | undefined;
  readonly symbolTo?: string | undefined;
  /** It was said by this model, or stands in a conversation with it. */
  readonly model?: string | undefined;
  /** FTS5 expressions its words must match, and must not. */
  readonly must?: string | null | undefined;
  readonly mustNot?: string | null | undefined;
}

const names = [
  'source',
  'role',
  'fromMs',
  'toMs',
  'conversationId',
  'projectId',
  'topicId',
  'entityId',
  'type',
  'language',
  'symbolFrom',
  'symbolTo',
  'model',
  'must',
  'mustNot',
] as const satisfies readonly (keyof MessageFilter)[];

/** Whether it may throw most of what is found away. */
export const isSelective = (filter: MessageFilter): boolean => names.some((name) => filter[name] != null);

export type FilterParams = { [Name in (typeof names)[number]]: Exclude<MessageFilter[Name], undefined> | null };

export const filterParams = (filter: MessageFilter): FilterParams =>
  Object.fromEntries(names.map((name) => [name, filter[name] ?? null])) as FilterParams;

/** A unit of the message that is shown, and more about it. */
const unit = (condition: RawBuilder<unknown>) =>
  sql`EXISTS (SELECT 1 FROM acu a WHERE a.message_pk = m.pk AND a.state = 'active' AND ${condition})`;
const placeOf = (places: 'word_place' | 'branch_place') =>
  sql`(SELECT w.place FROM ${sql.table(places)} w WHERE w.message_pk = m.pk)`;
/** In the index of now, in what an older one still holds, and in that of other branches. */
const matches = (expression: unknown) => sql`(
  ${placeOf('word_place')} IN (
    SELECT rowid FROM message_words WHERE message_words MATCH ${expression}
    UNION ALL SELECT rowid FROM message_words_before WHERE message_words_before MATCH ${expression})
  OR ${placeOf('branch_place')} IN (SELECT rowid FROM branch_words WHERE branch_words MATCH ${expression}))`;

/** @param p places of the parameters */
export const passes = (p: { readonly [Name in keyof FilterParams]: unknown }): RawBuilder<unknown> => sql`
  (${p.source} IS NULL OR c.source = ${p.source}) AND (${p.role} IS NULL OR m.role = ${p.role})
  AND (${p.fromMs} IS NULL OR m.created_ms >= ${p.fromMs}) AND (${p.toMs} IS NULL OR m.created_ms < ${p.toMs})
  AND (${p.conversationId} IS NULL OR c.id = ${p.conversationId})
  AND (${p.projectId} IS NULL OR EXISTS (
    SELECT 1 FROM project pr WHERE pr.id = ${p.projectId} AND pr.source = c.source AND pr.external_id = c.project_id))
  AND (${p.topicId} IS NULL OR ${unit(sql`EXISTS (
    SELECT 1 FROM topic_acu ta JOIN topic t ON t.pk = ta.topic_pk WHERE ta.acu_pk = a.pk
      AND coalesce(t.head_key, t.key) = (SELECT coalesce(head_key, key) FROM topic WHERE id = ${p.topicId}))`)})
  AND (${p.entityId} IS NULL OR ${unit(sql`EXISTS (
    SELECT 1 FROM entity_acu ea JOIN entity e ON e.pk = ea.entity_pk WHERE ea.acu_pk = a.pk
      AND coalesce(e.head_key, e.key) = (SELECT coalesce(head_key, key) FROM entity WHERE id = ${p.entityId}))`)})
  AND (${p.type} IS NULL OR ${unit(sql`a.type = ${p.type}`)})
  AND (${p.language} IS NULL OR ${unit(sql`a.language = ${p.language}`)})
  AND (${p.symbolFrom} IS NULL OR ${unit(sql`EXISTS (
    SELECT 1 FROM code_symbol cs WHERE cs.acu_pk = a.pk AND cs.key BETWEEN ${p.symbolFrom} AND ${p.symbolTo})`)})
  AND (${p.model} IS NULL OR m.model = ${p.model} OR (m.model IS NULL AND c.default_model = ${p.model}))
  AND (${p.must} IS NULL OR coalesce(${matches(p.must)}, 0))
  AND (${p.mustNot} IS NULL OR NOT coalesce(${matches(p.mustNot)}, 0))`;
