/**
 * Erasures that take longer than one transaction: what waits to go, how far each of them is, and what they take. Decides
 * nothing; that nobody is shown what waits is the work of `hidden.ts`.
 */
import type { ErasureId, ErasureKind, Removed } from '@vivim/contract/erasure';
import type { ConversationId } from '@vivim/contract/ids';
import { type RawBuilder, sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

type Nothing = Record<never, never>;
type Pks = { pks: string };

export const erasureStages = { over: 0, rows: 1, words: 2 } as const;

export interface ErasureUnderWay {
  readonly pk: number;
  readonly id: ErasureId;
  readonly kind: ErasureKind;
  readonly at: number;
  readonly items: number;
  readonly stage: number;
}

type CountedOwn = Pick<Removed, 'conversations' | 'messages' | 'acus' | 'vectors' | 'records'>;
type CountedShared = Pick<Removed, 'topics' | 'entities' | 'attachments'>;
/** What goes with the rows of conversations, whatever else an erasure takes. */
export type Counted = CountedOwn & CountedShared;

function scalars<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('A SELECT of scalars answered no row.');
  return found;
}

const left = statement<Nothing, { n: number }>(
  () => sql<{ n: number }>`
    SELECT (SELECT count(*) FROM erasing) + (SELECT count(*) FROM erasure WHERE stage > 0) AS n`,
);
const underWay = statement<Nothing, ErasureUnderWay>(
  () => sql<ErasureUnderWay>`
    SELECT pk, id, kind, at_ms AS at, items, stage FROM erasure WHERE stage > 0 ORDER BY pk LIMIT 1`,
);
const marksOf = statement<{ pk: number }, { mark: string }>((db, p) =>
  db.selectFrom('erased').select('mark').where('erasure_pk', '=', p.pk),
);
const next = statement<{ pk: number; limit: number }, { pk: number; id: ConversationId }>(
  (_, p) => sql<{ pk: number; id: ConversationId }>`
    SELECT c.pk, c.id FROM erasing e JOIN conversation c ON c.pk = e.conversation_pk
    WHERE e.erasure_pk = ${p.pk} ORDER BY c.pk LIMIT ${p.limit}`,
);
const waits = statement<{ pk: number }, { one: number }>(
  (_, p) => sql<{ one: number }>`SELECT 1 AS one FROM erasing WHERE conversation_pk = ${p.pk}`,
);
const add = statement<Pks & { id: string }>(
  (_, p) => sql`
    INSERT OR IGNORE INTO erasing (conversation_pk, erasure_pk)
    SELECT value, (SELECT pk FROM erasure WHERE id = ${p.id}) FROM json_each(${p.pks})`,
);
const setStage = statement<{ id: string; stage: number }>((db, p) =>
  db.updateTable('erasure').set({ stage: p.stage }).where('id', '=', p.id),
);
const forgetOutbox = statement<Pks>(
  (_, p) => sql`DELETE FROM outbox WHERE conversation_pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const messagesOf = (pks: unknown) =>
  sql`SELECT m.pk FROM json_each(${pks}) j JOIN message m ON m.conversation_pk = j.value`;
/** Nothing goes on from what is hidden, and no memory stands on it. */
const forgetPrefixes = statement<Pks>(
  (_, p) => sql`DELETE FROM turn_prefix WHERE message_pk IN (${messagesOf(p.pks)})`,
);
const forgetEvidence = statement<Pks>(
  (_, p) => sql`DELETE FROM memory_evidence WHERE message_pk IN (${messagesOf(p.pks)})`,
);
/** What hangs on one conversation each. */
const countedOwn = statement<Pks, CountedOwn>(
  (_, p) => sql<CountedOwn>`
    WITH gone AS MATERIALIZED (SELECT value AS pk FROM json_each(${p.pks})),
      said AS MATERIALIZED (SELECT m.pk FROM gone g JOIN message m ON m.conversation_pk = g.pk)
    SELECT (SELECT count(*) FROM gone) AS conversations, (SELECT count(*) FROM said) AS messages,
      (SELECT count(*) FROM acu WHERE conversation_pk IN (SELECT pk FROM gone)) AS acus,
      (SELECT count(*) FROM embedding WHERE message_pk IN (SELECT pk FROM said)) AS vectors,
      (SELECT count(*) FROM gone g JOIN conversation c ON c.pk = g.pk JOIN raw_record r ON r.external_key = c.id) AS records`,
);
/** What several may share: it goes where all of them do. Files are few, so it begins with them. */
const countedShared = statement<Pks, CountedShared>(
  (_, p) => sql<CountedShared>`
    WITH gone AS MATERIALIZED (SELECT value AS pk FROM json_each(${p.pks}))
    SELECT
      (SELECT count(*) FROM (SELECT topic_pk FROM topic_conversation GROUP BY topic_pk
        HAVING min(conversation_pk IN (SELECT pk FROM gone)) = 1)) AS topics,
      (SELECT count(*) FROM (SELECT entity_pk FROM entity_conversation GROUP BY entity_pk
        HAVING min(conversation_pk IN (SELECT pk FROM gone)) = 1)) AS entities,
      (SELECT count(*) FROM (SELECT a.pk FROM attachment a CROSS JOIN part p ON p.attachment_pk = a.pk
          CROSS JOIN message m ON m.pk = p.message_pk
        WHERE a.run_pk IS NULL GROUP BY a.pk HAVING min(m.conversation_pk IN (SELECT pk FROM gone)) = 1)) AS attachments`,
);
const mergeOf = (words: RawBuilder<unknown>) =>
  statement<{ pages: number }>((_, p) => sql`INSERT INTO ${words}(${words}, rank) VALUES ('merge', ${p.pages})`);
const merges = [mergeOf(sql.table('message_words')), mergeOf(sql.table('branch_words'))];
const changes = statement<Nothing, { n: number }>(() => sql<{ n: number }>`SELECT total_changes() AS n`);

export class ErasingReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Pieces of work left. */
  left(): number {
    return left.get(this.connection, {})?.n ?? 0;
  }

  /** The oldest that is not over. */
  underWay(): ErasureUnderWay | null {
    return underWay.get(this.connection, {}) ?? null;
  }

  marksOf(pk: number): string[] {
    return marksOf.all(this.connection, { pk }).map(({ mark }) => mark);
  }

  next(pk: number, limit: number): { readonly pk: number; readonly id: ConversationId }[] {
    return next.all(this.connection, { pk, limit });
  }

  /** Whether a conversation waits to go. */
  waits(conversationPk: number): boolean {
    return waits.get(this.connection, { pk: conversationPk }) !== undefined;
  }

  /** What goes with these conversations, and with no other; counted without taking anything. */
  countedOwn(pks: readonly number[]): CountedOwn {
    return scalars(countedOwn.get(this.connection, { pks: JSON.stringify(pks) }));
  }

  /** What nothing shows or names any more without these conversations. */
  countedShared(pks: readonly number[]): CountedShared {
    return scalars(countedShared.get(this.connection, { pks: JSON.stringify(pks) }));
  }
}

export class ErasingWriter extends ErasingReader {
  /** Take conversations out of everybody's sight, to go piece by piece under an erasure that was recorded. */
  hide(id: ErasureId, conversationPks: readonly number[]): void {
    add.run(this.connection, { id, pks: JSON.stringify(conversationPks) });
    setStage.run(this.connection, { id, stage: erasureStages.rows });
  }

  /** Nothing is made from these conversations any more, and nothing stands on them. */
  detach(conversationPks: readonly number[]): void {
    const pks = JSON.stringify(conversationPks);
    for (const forget of [forgetOutbox, forgetPrefixes, forgetEvidence]) forget.run(this.connection, { pks });
  }

  setStage(id: ErasureId, stage: number): void {
    setStage.run(this.connection, { id, stage });
  }

  /**
   * Merge some pages of the indexes of words, so that in the end no word of what left it is in it: the whole merge of
   * `EraseRows.rewriteWords`, in pieces. @param first says that all of it is to become one
   * @returns whether something was left to merge
   */
  mergeWords(pages: number, first: boolean): boolean {
    const merged = merges.map((merge) => {
      const before = changes.get(this.connection, {})?.n ?? 0;
      merge.run(this.connection, { pages: first ? -pages : pages });
      return (changes.get(this.connection, {})?.n ?? 0) - before >= 2;
    });
    return merged.includes(true);
  }
}
