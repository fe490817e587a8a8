/**
 * Work that follows a write, queued in the transaction of that write. One row for each kind and conversation: asking
 * twice before it is done is asking once. Never holds what to do, only for which conversation.
 */
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

export type OutboxKind = 'rollup' | 'embed' | 'reembed' | 'reparse' | 'memories' | 'memories_by_model' | 'near';

/** A conversation whose work failed so often is tried no more. */
const mostAttempts = 3;

const countOf = statement<{ kind: string }, { n: number }>((db, p) =>
  db
    .selectFrom('outbox')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('kind', '=', p.kind),
);
const oldest = statement<{ kind: string; limit: number }, { conversationPk: number; attempts: number }>((db, p) =>
  db
    .selectFrom('outbox')
    .select(['conversation_pk as conversationPk', 'attempts'])
    .where('kind', '=', p.kind)
    .orderBy('attempts')
    .orderBy('pk')
    .limit(p.limit),
);
const put = statement<{ kind: string; pks: string; now: number }>(
  (_, p) => sql`
    INSERT INTO outbox (kind, conversation_pk, at_ms) SELECT ${p.kind}, value, ${p.now} FROM json_each(${p.pks}) WHERE true
    ON CONFLICT (kind, conversation_pk) DO NOTHING`,
);
const putAll = statement<{ kind: string; now: number }>(
  (_, p) => sql`
    INSERT INTO outbox (kind, conversation_pk, at_ms) SELECT ${p.kind}, pk, ${p.now} FROM conversation WHERE true
    ON CONFLICT (kind, conversation_pk) DO NOTHING`,
);
const clear = statement<{ kind: string }>((db, p) => db.deleteFrom('outbox').where('kind', '=', p.kind));
const postpone = statement<{ kind: string; pk: number }>((db, p) =>
  db
    .updateTable('outbox')
    .set((e) => ({ attempts: e('attempts', '+', 1) }))
    .where('kind', '=', p.kind)
    .where('conversation_pk', '=', p.pk),
);
const remove = statement<{ kind: string; pks: string }>(
  (_, p) =>
    sql`DELETE FROM outbox WHERE kind = ${p.kind} AND conversation_pk IN (SELECT value FROM json_each(${p.pks}))`,
);

export class OutboxReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** How many conversations wait for this kind of work. */
  count(kind: OutboxKind): number {
    return countOf.get(this.connection, { kind })?.n ?? 0;
  }

  /** The conversations that failed least and have waited longest. They stay queued until {@link OutboxWriter.done}. */
  take(kind: OutboxKind, limit: number): { conversationPk: number; attempts: number }[] {
    return oldest.all(this.connection, { kind, limit });
  }
}

export class OutboxWriter extends OutboxReader {
  /** Queue work for these conversations; one that waits already keeps its place. */
  put(kind: OutboxKind, conversationPks: readonly number[], nowMs: number): void {
    if (conversationPks.length > 0)
      put.run(this.connection, { kind, pks: JSON.stringify(conversationPks), now: nowMs });
  }

  /** Queue it for every conversation there is. */
  putAll(kind: OutboxKind, nowMs: number): void {
    putAll.run(this.connection, { kind, now: nowMs });
  }

  /** Nothing of this kind is wanted any more. */
  clear(kind: OutboxKind): void {
    clear.run(this.connection, { kind });
  }

  /**
   * Count a failure and put the conversation behind those that fail less; after the last attempt it is left as it is until it changes.
   * @param attempts as it was taken
   */
  failed(kind: OutboxKind, conversationPk: number, attempts: number): void {
    if (attempts + 1 < mostAttempts) postpone.run(this.connection, { kind, pk: conversationPk });
    else this.done(kind, [conversationPk]);
  }

  /** Take finished work off the queue, in the transaction that stores its result. */
  done(kind: OutboxKind, conversationPks: readonly number[]): void {
    if (conversationPks.length > 0) remove.run(this.connection, { kind, pks: JSON.stringify(conversationPks) });
  }
}
