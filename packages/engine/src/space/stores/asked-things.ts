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

interface Place {
  /** Its ids begin with it. */
  readonly letter: string;
  readonly table: string;
  /** The column it is called by; null: it is called by the conversation it stands in. */
  readonly name: string | null;
}
/** Where each kind lies. */
export const places: Readonly<Record<Kind, Place>> = {
  conversation: { letter: 'c', table: 'conversation', name: 'title' },
  message: { letter: 'm', table: 'message', name: null },
  unit: { letter: 'a', table: 'acu', name: null },
  topic: { letter: 't', table: 'topic', name: 'label' },
  entity: { letter: 'e', table: 'entity', name: 'name' },
  memory: { letter: 'k', table: 'memory', name: 'text' },
  bundle: { letter: 'b', table: 'bundle', name: 'label' },
  file: { letter: 'f', table: 'attachment', name: 'name' },
  project: { letter: 'p', table: 'project', name: 'name' },
};
const told = ({ table, name }: Place): RawBuilder<unknown> =>
  name === null
    ? sql`c.title AS name, c.id AS conversationId FROM ${sql.table(table)} there JOIN conversation c ON c.pk = there.conversation_pk`
    : sql`${sql.ref(`there.${name}`)} AS name, CAST(NULL AS TEXT) AS conversationId FROM ${sql.table(table)} there`;
const statements = askedThings.map((kind) => ({
  kind,
  letter: places[kind].letter,
  of: statement<{ ids: string }, Named>(
    (_, p) => sql<Named>`
      SELECT there.id, ${told(places[kind])} WHERE there.id IN (SELECT value FROM json_each(${p.ids}))`,
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
