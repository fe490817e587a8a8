/**
 * What there is to narrow a search to. Values of a column are found by jumps in an index, one for each different value: no look-up
 * here grows with the number of messages. Reads only.
 */
import { isoTime } from '@vivim/contract/clock';
import type { Source } from '@vivim/contract/conversation';
import type { EntityId, ProjectId, TopicId } from '@vivim/contract/ids';
import type { EntityType } from '@vivim/contract/profile';
import type { SearchChoices, SearchChoicesQuery } from '@vivim/contract/search-choices';
import { foldText } from '@vivim/contract/words';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { knownLanguages } from '../words/language.ts';
import { tagsInUse } from './conversation-facets.ts';
import { isShown } from './profile-tables.ts';

type None = Record<never, never>;
type Wanted = { find: string | null; id: string | null };

/** Different values at most. */
const mostValues = 500;
const mostNamed = 50;

const bySource = statement<None, { source: Source; conversations: number }>(
  () => sql<{ source: Source; conversations: number }>`
    SELECT source, count(*) AS conversations FROM conversation GROUP BY source ORDER BY conversations DESC, source`,
);
const times = statement<None, { first: number | null; last: number | null }>(
  () => sql<{ first: number | null; last: number | null }>`
    SELECT min(created_ms) AS first, max(coalesce(updated_ms, created_ms)) AS last FROM conversation`,
);
const defaultModels = statement<None, { value: string }>(
  () =>
    sql<{ value: string }>`SELECT DISTINCT default_model AS value FROM conversation WHERE default_model IS NOT NULL`,
);
const jumps = (table: 'message' | 'acu', column: 'model' | 'language') =>
  statement<None, { value: string }>(() => {
    const [from, name] = [sql.table(table), sql.ref(column)];
    return sql<{ value: string }>`
      WITH RECURSIVE jump(value) AS (
        SELECT min(${name}) FROM ${from} WHERE ${name} IS NOT NULL
        UNION ALL SELECT (SELECT min(${name}) FROM ${from} WHERE ${name} > jump.value) FROM jump WHERE jump.value IS NOT NULL)
      SELECT value FROM jump WHERE value IS NOT NULL LIMIT ${sql.lit(mostValues)}`;
  });
const models = jumps('message', 'model');
const languages = jumps('acu', 'language');

const projects = statement<Wanted, { id: ProjectId; name: string | null; source: Source }>(
  (_, p) => sql<{ id: ProjectId; name: string | null; source: Source }>`
    SELECT id, name, source FROM project
    WHERE id = ${p.id} OR ${p.find} IS NULL OR instr(fold_text(coalesce(name, external_id)), ${p.find}) > 0
    ORDER BY id = ${p.id} DESC, lower(coalesce(name, external_id)), pk LIMIT ${sql.lit(mostNamed)}`,
);
const topics = statement<Wanted, { id: TopicId; label: string; conversations: number }>(
  (_, p) => sql<{ id: TopicId; label: string; conversations: number }>`
    SELECT id, label, conversations FROM topic
    WHERE id = ${p.id} OR (${isShown('topic')} AND (${p.find} IS NULL OR instr(fold_text(label), ${p.find}) > 0))
    ORDER BY id = ${p.id} DESC, pinned DESC, weight DESC, key LIMIT ${sql.lit(mostNamed)}`,
);
const entities = statement<Wanted, { id: EntityId; name: string; type: EntityType; conversations: number }>(
  (_, p) => sql<{ id: EntityId; name: string; type: EntityType; conversations: number }>`
    SELECT id, name, type, conversations FROM entity
    WHERE id = ${p.id} OR (${isShown('entity')} AND (${p.find} IS NULL OR instr(fold_text(name), ${p.find}) > 0))
    ORDER BY id = ${p.id} DESC, pinned DESC, weight DESC, key LIMIT ${sql.lit(mostNamed)}`,
);

const mostTags = 200;
const known: ReadonlySet<string> = new Set(knownLanguages);

export class SearchChoiceReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  choices(query: Omit<SearchChoicesQuery, 'minVersion'>): SearchChoices {
    const connection = this.#connection;
    const find = query.find === undefined || query.find === '' ? null : foldText(query.find);
    const { first = null, last = null } = times.get(connection, {}) ?? {};
    const values = (rows: readonly { value: string }[]) => rows.map(({ value }) => value);
    const written = values(languages.all(connection, {}));
    return {
      sources: bySource.all(connection, {}),
      models: [
        ...new Set([...values(models.all(connection, {})), ...values(defaultModels.all(connection, {}))]),
      ].sort(),
      languages: {
        prose: written.filter((language) => known.has(language)),
        code: written.filter((language) => !known.has(language)),
      },
      tags: tagsInUse
        .all(connection, { limit: mostTags })
        .map(({ value, conversations }) => ({ tag: value, conversations })),
      projects: projects.all(connection, { find, id: query.project ?? null }),
      topics: topics.all(connection, { find, id: query.topic ?? null }),
      entities: entities.all(connection, { find, id: query.entity ?? null }),
      firstAt: isoTime(first),
      lastAt: isoTime(last),
    };
  }
}
