/** How many conversations there are of what a list can be filtered by. Reads only. */
import type { Source } from '@vivim/contract/conversation';
import type { ConversationFacets } from '@vivim/contract/conversation-list';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { type ConversationFilter, type FilterParams, filterParams, listed } from './conversation-filter.ts';

interface Counted<T> {
  readonly value: T;
  readonly conversations: number;
}
type Nothing = Record<never, never>;

/** More are told of by their search, not by a list. */
const most = 200;

const matching = statement<FilterParams, { n: number }>(
  (_, p) => sql<{ n: number }>`SELECT count(*) AS n FROM conversation c WHERE ${listed(p)}`,
);
const hung = (kind: string) =>
  sql`(SELECT count(*) FROM conversation c WHERE EXISTS (
    SELECT 1 FROM annotation a WHERE a.conversation_id = c.id AND a.kind = ${sql.lit(kind)}))`;
const totals = statement<Nothing, { conversations: number; archived: number; bookmarked: number; noted: number }>(
  () => sql<{ conversations: number; archived: number; bookmarked: number; noted: number }>`
    SELECT (SELECT count(*) FROM conversation) AS conversations, ${hung('archive')} AS archived,
      ${hung('bookmark')} AS bookmarked, ${hung('note')} AS noted`,
);
const sources = statement<Nothing, Counted<Source>>(
  () => sql<Counted<Source>>`
    SELECT source AS value, count(*) AS conversations FROM conversation GROUP BY source ORDER BY 2 DESC, 1`,
);
const models = statement<{ limit: number }, Counted<string>>(
  (_, p) => sql<Counted<string>>`
    SELECT default_model AS value, count(*) AS conversations FROM conversation WHERE default_model <> ''
    GROUP BY default_model ORDER BY 2 DESC, 1 LIMIT ${p.limit}`,
);
/** By the way it was written first. */
export const tagsInUse = statement<{ limit: number }, Counted<string>>(
  (_, p) => sql<Counted<string>>`
    SELECT (SELECT n.text FROM annotation n WHERE n.kind = 'tag' AND n.key = a.key ORDER BY n.pk LIMIT 1) AS value,
      count(*) AS conversations
    FROM annotation a JOIN conversation c ON c.id = a.conversation_id WHERE a.kind = 'tag'
    GROUP BY a.key ORDER BY 2 DESC, a.key LIMIT ${p.limit}`,
);

export function facetsOf(connection: Connection, filter: ConversationFilter): ConversationFacets {
  const { conversations = 0, archived = 0, bookmarked = 0, noted = 0 } = totals.get(connection, {}) ?? {};
  return {
    matching: matching.get(connection, filterParams(filter))?.n ?? 0,
    conversations,
    archived,
    bookmarked,
    noted,
    sources: sources.all(connection, {}),
    models: models.all(connection, { limit: most }),
    tags: tagsInUse.all(connection, { limit: most }),
  };
}
