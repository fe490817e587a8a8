/** What the ids of a record stand for today: names, titles, where a message stands. Reads only. */
import { type AskedThing, askedThings } from '@vivim/contract/asked';
import type { ConversationId } from '@vivim/contract/ids';
import { type RawBuilder, sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

type Kind = (typeof askedThings)[number];
interface Named {
  readonly id: string;
  readonly name: string | null;
  readonly conversationId: ConversationId | null;
}

const none = sql`CAST(NULL AS TEXT)`;
/** How each kind is looked up: `there` is its row, the rest what is told of it. */
const lookups: Readonly<Record<Kind, { readonly letter: string; readonly sql: RawBuilder<unknown> }>> = {
  conversation: {
    letter: 'c',
    sql: sql`there.title AS name, ${none} AS conversationId FROM conversation there WHERE there.id`,
  },
  message: {
    letter: 'm',
    sql: sql`c.title AS name, c.id AS conversationId FROM message there JOIN conversation c ON c.pk = there.conversation_pk WHERE there.id`,
  },
  unit: {
    letter: 'a',
    sql: sql`c.title AS name, c.id AS conversationId FROM acu there JOIN conversation c ON c.pk = there.conversation_pk WHERE there.id`,
  },
  topic: { letter: 't', sql: sql`there.label AS name, ${none} AS conversationId FROM topic there WHERE there.id` },
  entity: { letter: 'e', sql: sql`there.name AS name, ${none} AS conversationId FROM entity there WHERE there.id` },
  memory: { letter: 'k', sql: sql`there.text AS name, ${none} AS conversationId FROM memory there WHERE there.id` },
  bundle: { letter: 'b', sql: sql`there.label AS name, ${none} AS conversationId FROM bundle there WHERE there.id` },
  file: { letter: 'f', sql: sql`there.name AS name, ${none} AS conversationId FROM attachment there WHERE there.id` },
  project: { letter: 'p', sql: sql`there.name AS name, ${none} AS conversationId FROM project there WHERE there.id` },
};
const statements = askedThings.map((kind) => ({
  kind,
  letter: lookups[kind].letter,
  of: statement<{ ids: string }, Named>(
    (_, p) => sql<Named>`SELECT there.id, ${lookups[kind].sql} IN (SELECT value FROM json_each(${p.ids}))`,
  ),
}));

/** In the order they are named; an id of no kind known here is left out. */
export function thingsOf(connection: Connection, ids: readonly string[]): AskedThing[] {
  const found = new Map<string, AskedThing>();
  for (const { kind, letter, of } of statements) {
    const asked = ids.filter((id) => id.startsWith(`${letter}_`));
    if (asked.length === 0) continue;
    const rows = new Map(of.all(connection, { ids: JSON.stringify(asked) }).map((row) => [row.id, row]));
    for (const id of asked) {
      const row = rows.get(id);
      const { name = null, conversationId = null } = row ?? {};
      found.set(id, { id, kind, name, conversationId, gone: row === undefined });
    }
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}
