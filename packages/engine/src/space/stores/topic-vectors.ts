/**
 * Vectors of what shown topics are called, one for each, of one model: another's are made anew. Never makes a vector and never
 * compares two.
 */
import type { TopicId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { isShown } from './profile-tables.ts';

export interface WaitingTopic {
  readonly topicPk: number;
  readonly label: string;
}

/** The vector of a topic's label, int8 for each dimension. */
export interface TopicVector {
  readonly pk: number;
  readonly vector: Uint8Array;
}

/** A shown topic. */
export interface ShownTopic {
  readonly pk: number;
  readonly id: TopicId;
  readonly key: string;
  readonly label: string;
}

/** Units of a topic that tell its language. */
const heard = 50;

const ask = statement<{ pk: number; label: string }>(
  (_, p) => sql`
    INSERT INTO topic_vector (topic_pk, label) VALUES (${p.pk}, ${p.label})
    ON CONFLICT (topic_pk) DO UPDATE SET label = excluded.label, model = '', vector = NULL WHERE label <> excluded.label`,
);
const drop = statement<{ pk: number }>((db, p) => db.deleteFrom('topic_vector').where('topic_pk', '=', p.pk));
// Two ranges of the index: what any other model made, or nobody.
const waiting = statement<{ model: string }, { n: number }>(
  (_, p) => sql<{ n: number }>`
    SELECT (SELECT count(*) FROM topic_vector WHERE model < ${p.model})
      + (SELECT count(*) FROM topic_vector WHERE model > ${p.model}) AS n`,
);
const take = statement<{ model: string; limit: number }, WaitingTopic>(
  (_, p) => sql<WaitingTopic>`
    SELECT topic_pk AS topicPk, label FROM topic_vector WHERE model < ${p.model} OR model > ${p.model} LIMIT ${p.limit}`,
);
const put = statement<{ pk: number; label: string; model: string; vector: Uint8Array }>(
  (_, p) => sql`
    UPDATE topic_vector SET model = ${p.model}, vector = ${p.vector} WHERE topic_pk = ${p.pk} AND label = ${p.label}`,
);
const own = statement<{ pk: number }, { model: string; vector: Uint8Array }>(
  (_, p) => sql<{ model: string; vector: Uint8Array }>`
    SELECT model, vector FROM topic_vector WHERE topic_pk = ${p.pk} AND vector IS NOT NULL`,
);
const madeBy = statement<{ model: string; limit: number }, TopicVector>(
  (_, p) => sql<TopicVector>`
    SELECT o.pk, v.vector FROM topic o CROSS JOIN topic_vector v ON v.topic_pk = o.pk
    WHERE o.visible = 1 AND v.model = ${p.model} AND v.vector IS NOT NULL
    ORDER BY o.weight DESC, o.key LIMIT ${p.limit}`,
);
const shown = statement<{ pks: string }, ShownTopic>(
  (_, p) => sql<ShownTopic>`
    SELECT o.pk, o.id, o.key, o.label FROM topic o
    WHERE o.pk IN (SELECT value FROM json_each(${p.pks})) AND ${isShown('topic', 'o')}`,
);
const languages = statement<{ pk: number }, { language: string }>(
  (_, p) => sql<{ language: string }>`
    SELECT language FROM (
      SELECT a.language FROM topic_acu u JOIN acu a ON a.pk = u.acu_pk
      WHERE u.topic_pk = ${p.pk} AND a.type <> 'code' AND a.language IS NOT NULL ORDER BY a.pk DESC LIMIT ${sql.lit(heard)})
    GROUP BY language ORDER BY count(*) DESC, language LIMIT 1`,
);

/** What a topic is called now; null where it is not shown, and needs no vector. */
export function askForVector(connection: Connection, pk: number, label: string | null): void {
  if (label === null) drop.run(connection, { pk });
  else ask.run(connection, { pk, label });
}

export class TopicVectorReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** How many topics have no vector of this model. */
  waiting(model: string): number {
    return waiting.get(this.connection, { model })?.n ?? 0;
  }

  take(model: string, limit: number): WaitingTopic[] {
    return take.all(this.connection, { model, limit });
  }

  /** The vector of one topic, and who made it. */
  of(pk: number): { readonly model: string; readonly vector: Uint8Array } | null {
    return own.get(this.connection, { pk }) ?? null;
  }

  /** Vectors this model made, of the most important topics first. */
  madeBy(model: string, limit: number): TopicVector[] {
    return madeBy.all(this.connection, { model, limit });
  }

  /** Those of these topics that are shown. */
  shown(pks: readonly number[]): ShownTopic[] {
    return shown.all(this.connection, { pks: JSON.stringify(pks) });
  }

  /** The language most of the latest of what is said of it is in; null where that is not known. */
  language(pk: number): string | null {
    return languages.get(this.connection, { pk })?.language ?? null;
  }
}

export class TopicVectorWriter extends TopicVectorReader {
  /** Store what was made. A topic that is called otherwise by now, or is gone, is left out. */
  put(model: string, made: readonly (WaitingTopic & { readonly vector: Uint8Array })[]): void {
    for (const { topicPk, label, vector } of made) put.run(this.connection, { pk: topicPk, label, model, vector });
  }
}
