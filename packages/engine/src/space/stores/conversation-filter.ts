/** Which conversations a list is of, as conditions over `conversation c`. Never in which order, or how many. */
import type { Source } from '@vivim/contract/conversation';
import type { ArchivedChoice } from '@vivim/contract/conversation-list';
import type { EntityId, ImportId, ProjectId, TopicId } from '@vivim/contract/ids';
import { type RawBuilder, sql } from 'kysely';
import { tagKey } from './annotations.ts';

export interface ConversationFilter {
  readonly source?: Source | undefined;
  /** Those this import brought in, or saw last. */
  readonly importId?: ImportId | undefined;
  readonly projectId?: ProjectId | undefined;
  readonly tag?: string | undefined;
  /** The model it was had with, or that wrote a message of it. */
  readonly model?: string | undefined;
  readonly topic?: TopicId | undefined;
  readonly entity?: EntityId | undefined;
  /** All of them where it is left out. */
  readonly archived?: ArchivedChoice | undefined;
  readonly bookmarked?: boolean | undefined;
  readonly noted?: boolean | undefined;
  /** Those that went on at some time from then to then, ms UTC; one without a time fits no bound. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

export interface FilterParams {
  readonly source: string | null;
  readonly importId: string | null;
  readonly projectId: string | null;
  readonly tag: string | null;
  readonly model: string | null;
  readonly topic: string | null;
  readonly entity: string | null;
  readonly archived: string | null;
  readonly bookmarked: number | null;
  readonly noted: number | null;
  readonly fromMs: number | null;
  readonly toMs: number | null;
}

const flag = (value: boolean | undefined): number | null => (value === undefined ? null : Number(value));

export const filterParams = (filter: ConversationFilter): FilterParams => ({
  source: filter.source ?? null,
  importId: filter.importId ?? null,
  projectId: filter.projectId ?? null,
  tag: filter.tag === undefined ? null : tagKey(filter.tag),
  model: filter.model ?? null,
  topic: filter.topic ?? null,
  entity: filter.entity ?? null,
  archived: filter.archived ?? null,
  bookmarked: flag(filter.bookmarked),
  noted: flag(filter.noted),
  fromMs: filter.fromMs ?? null,
  toMs: filter.toMs ?? null,
});

const hung = (kind: string) =>
  sql`EXISTS (SELECT 1 FROM annotation a WHERE a.conversation_id = c.id AND a.kind = ${sql.lit(kind)})`;

/** @param tag place of the key of a tag, or null */
export const hasTag = (tag: unknown): RawBuilder<unknown> => sql`(${tag} IS NULL OR EXISTS (
  SELECT 1 FROM annotation a WHERE a.conversation_id = c.id AND a.kind = 'tag' AND a.message_id = '' AND a.key = ${tag}))`;

/** @param choice place of an {@link ArchivedChoice}, or null */
export const archivedIs = (choice: unknown): RawBuilder<unknown> =>
  sql`(coalesce(${choice}, 'all') = 'all' OR (${choice} = 'only') = ${hung('archive')})`;

const about = (kind: 'topic' | 'entity', id: unknown) => sql`(${id} IS NULL OR EXISTS (
  SELECT 1 FROM ${sql.table(`${kind}_conversation`)} s JOIN ${sql.table(kind)} t ON t.pk = ${sql.ref(`s.${kind}_pk`)}
  WHERE s.conversation_pk = c.pk
    AND coalesce(t.head_key, t.key) = (SELECT coalesce(head_key, key) FROM ${sql.table(kind)} WHERE id = ${id})))`;

/** @param p places of the parameters */
export const listed = (p: { readonly [Name in keyof FilterParams]: unknown }): RawBuilder<unknown> => sql`
  (${p.source} IS NULL OR c.source = ${p.source})
  AND (${p.importId} IS NULL OR EXISTS (
    SELECT 1 FROM import_run r WHERE r.id = ${p.importId} AND r.pk IN (c.first_run_pk, c.last_run_pk)))
  AND (${p.projectId} IS NULL OR EXISTS (
    SELECT 1 FROM project p WHERE p.id = ${p.projectId} AND p.source = c.source AND p.external_id = c.project_id))
  AND ${hasTag(p.tag)} AND ${archivedIs(p.archived)}
  AND (${p.model} IS NULL OR c.default_model = ${p.model} OR EXISTS (
    SELECT 1 FROM message m WHERE m.conversation_pk = c.pk AND m.model = ${p.model}))
  AND ${about('topic', p.topic)} AND ${about('entity', p.entity)}
  AND (${p.bookmarked} IS NULL OR ${p.bookmarked} = ${hung('bookmark')})
  AND (${p.noted} IS NULL OR ${p.noted} = ${hung('note')})
  AND (${p.fromMs} IS NULL OR coalesce(c.updated_ms, c.created_ms) >= ${p.fromMs})
  AND (${p.toMs} IS NULL OR coalesce(c.created_ms, c.updated_ms) < ${p.toMs})`;
