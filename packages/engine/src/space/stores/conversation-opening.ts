/** What a conversation without a title is called by: the first words its person said in it. Reads only. */
import type { ConversationId } from '@vivim/contract/ids';
import { shorten } from '@vivim/contract/shorten';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

/** UTF-16 units. */
const openingLength = 120;
/** Over `conversation c`; null where it has a title. Enough of the text is read to find a line in it. */
export const opening = sql`CASE WHEN trim(c.title) <> '' THEN NULL ELSE (
  SELECT substr(p.text, 1, 1000) FROM message m JOIN part p ON p.message_pk = m.pk
  WHERE m.conversation_pk = c.pk AND m.author_kind = 'human' AND m.hidden = 0 AND p.kind = 'text' AND trim(p.text) <> ''
  ORDER BY m.seq, p.ix LIMIT 1) END AS opening`;
/** As it is shown. */
export const openingShown = (text: string | null): string | null =>
  text === null ? null : shorten(text.replace(/\s+/g, ' ').trim(), openingLength);

const some = statement<{ ids: string }, { id: ConversationId; opening: string | null }>(
  (_, p) => sql<{ id: ConversationId; opening: string | null }>`
    SELECT c.id, ${opening} FROM conversation c WHERE c.id IN (SELECT value FROM json_each(${p.ids}))`,
);

/** Of those of them that have no title. */
export function openingsOf(
  connection: Connection,
  ids: readonly ConversationId[],
): ReadonlyMap<ConversationId, string> {
  if (ids.length === 0) return new Map();
  const rows = some.all(connection, { ids: JSON.stringify(ids) });
  return new Map(
    rows.flatMap(({ id, opening: text }) => {
      const shown = openingShown(text);
      return shown === null ? [] : [[id, shown] as const];
    }),
  );
}
