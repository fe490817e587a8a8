/**
 * Finds a message again by a hash of everything said up to and with it, or by an id its source gave it. Knows nothing of how
 * the hashes are made: whoever captures makes them (capture/live/turn-hash.ts).
 */
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

export interface FoundTurn {
  readonly messagePk: number;
  readonly conversationPk: number;
  readonly conversationId: ConversationId;
  /** What its conversation is known by at its source. */
  readonly thread: string | null;
}

const find = statement<{ hash: string; source: string }, FoundTurn>((db, p) =>
  db
    .selectFrom('turn_prefix as t')
    .innerJoin('message as m', 'm.pk', 't.message_pk')
    .innerJoin('conversation as c', 'c.pk', 'm.conversation_pk')
    .select(['m.pk as messagePk', 'c.pk as conversationPk', 'c.id as conversationId', 'c.external_id as thread'])
    .where('t.hash', '=', p.hash)
    .where('c.source', '=', p.source)
    .orderBy('m.pk')
    .limit(1)
    .$castTo<FoundTurn>(),
);
const hashesOf = statement<{ messagePk: number }, { hash: string }>((db, p) =>
  db.selectFrom('turn_prefix').select('hash').where('message_pk', '=', p.messagePk).orderBy('hash'),
);
/** What was in force on the branch that is shown: it is one line, so that what stands before in it stands above. */
const aboveShown = statement<
  { messagePk: number; from: string; to: string },
  { shown: number; externalId: string | null }
>(
  (_, p) => sql<{ shown: number; externalId: string | null }>`
    SELECT m.on_active_path AS shown, (
      SELECT s.external_id FROM message s
      WHERE s.conversation_pk = m.conversation_pk AND s.hidden_reason = 'system_prompt' AND s.on_active_path = 1
        AND s.seq <= m.seq AND s.external_id >= ${p.from} AND s.external_id < ${p.to}
      ORDER BY s.seq DESC LIMIT 1) AS externalId
    FROM message m WHERE m.pk = ${p.messagePk}`,
);
/** The nearest hidden prompt on the way up from a message, itself included, whose external id begins so. */
const above = statement<{ messagePk: number; from: string; to: string }, { externalId: string }>(
  (_, p) => sql<{ externalId: string }>`
    WITH RECURSIVE up(pk, depth) AS (
      SELECT ${p.messagePk}, 0
      UNION ALL SELECT m.parent_pk, up.depth + 1 FROM up JOIN message m ON m.pk = up.pk WHERE m.parent_pk IS NOT NULL
    )
    SELECT m.external_id AS externalId FROM up JOIN message m ON m.pk = up.pk
    WHERE m.external_id >= ${p.from} AND m.external_id < ${p.to} ORDER BY up.depth LIMIT 1`,
);
const humansIn = statement<{ conversationPk: number }, { n: number }>(
  (_, p) => sql<{ n: number }>`
    SELECT count(*) AS n FROM message WHERE conversation_pk = ${p.conversationPk} AND author_kind = 'human'`,
);
const insert = statement<{ hash: string; messageId: string }>(
  (_, p) =>
    sql`INSERT OR IGNORE INTO turn_prefix (hash, message_pk) SELECT ${p.hash}, pk FROM message WHERE id = ${p.messageId}`,
);

export class TurnPrefixReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** The message a hash leads to, among conversations of one source. */
  find(hash: string, source: string): FoundTurn | null {
    return find.get(this.connection, { hash, source }) ?? null;
  }

  /** How many turns of people a conversation holds, on whatever branch. */
  humansIn(conversationPk: number): number {
    return humansIn.get(this.connection, { conversationPk })?.n ?? 0;
  }

  hashesOf(messagePk: number): string[] {
    return hashesOf.all(this.connection, { messagePk }).map((row) => row.hash);
  }

  /** The external id with this beginning of the system prompt that stands nearest above a message, itself included. */
  promptAbove(messagePk: number, beginning: string): string | null {
    const to = `${beginning.slice(0, -1)}${String.fromCharCode(beginning.charCodeAt(beginning.length - 1) + 1)}`;
    const where = { messagePk, from: beginning, to };
    const found = aboveShown.get(this.connection, where);
    // Off that branch it is climbed up to the beginning.
    return (found?.shown === 1 ? found : above.get(this.connection, where))?.externalId ?? null;
  }
}

export class TurnPrefixWriter extends TurnPrefixReader {
  /** Lead a hash to a message; a message that is not here is passed over. */
  put(hash: string, messageId: MessageId): void {
    insert.run(this.connection, { hash, messageId });
  }
}
