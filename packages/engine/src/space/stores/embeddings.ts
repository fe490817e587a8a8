/**
 * Vectors of messages for the meaning arm: for each piece of a message its sign bits, to search by, and its int8 form,
 * to compare by. Rows go with their message. Vectors of several models lie side by side, each model in ids of its own (its slot).
 * Never makes a vector and never compares two.
 */
import { AppError } from '@vivim/contract/errors';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { firstPlaceOfSlot, placesPerConversation } from '../place.ts';
import { statement } from '../statement.ts';
import { type VectorChanges, vectorChanges, vectorsChanged } from './vector-changes.ts';

/** Room for the pieces of one message. */
export const mostPieces = 8;

export interface StoredSign {
  /** Ascends with message and piece. */
  readonly id: number;
  readonly messagePk: number;
  /** One bit for each dimension, little-endian. */
  readonly sign: Uint8Array;
}

/** Vectors of several pieces, one after the other: hundreds of rows each with bytes of its own would cost more than reading them. */
export interface StoredVectors {
  /** Of each piece the message it is of; pieces of a message stand together. */
  readonly messagePks: readonly number[];
  /** int8 for each dimension of each piece, of any common scale. */
  readonly values: Int8Array;
}

export interface EmbeddingRow {
  readonly messagePk: number;
  readonly piece: number;
  /** Of the message whose text was embedded. */
  readonly contentHash: string;
  readonly sign: Uint8Array;
  readonly vector: Uint8Array;
}

export interface UnembeddedMessage {
  readonly messagePk: number;
  readonly contentHash: string;
  readonly text: string;
  /** The end of the message before it in its conversation; empty for the first. */
  readonly before: string;
}

const pieces = sql.lit(mostPieces);
/** Ids of one model's vectors, and how many models there is room for: an id stays a whole number of JavaScript's. */
const slotSize = 2 ** 44;
const mostSlots = 500;
/** No id is below this: nothing is found for a model that has no slot. */
const nowhere = -slotSize;

const slotOf = statement<{ model: string }, { slot: number }>((db, p) =>
  db.selectFrom('vector_slot').select('slot').where('model', '=', p.model),
);
const slots = statement<Record<never, never>, { slot: number; model: string }>((db) =>
  db.selectFrom('vector_slot').select(['slot', 'model']).orderBy('slot'),
);
const takeSlot = statement<{ slot: number; model: string }>((db, p) =>
  db.insertInto('vector_slot').values({ slot: p.slot, model: p.model }),
);
const freeSlot = statement<{ slot: number }>((db, p) => db.deleteFrom('vector_slot').where('slot', '=', p.slot));
const dropSome = statement<{ from: number; to: number; limit: number }>(
  (_, p) => sql`
    DELETE FROM embedding WHERE id IN (
      SELECT id FROM embedding WHERE id >= ${p.from} AND id < ${p.to} ORDER BY id LIMIT ${p.limit})`,
);
const signsBefore = statement<{ begin: number; before: number; limit: number }, StoredSign>(
  (_, p) => sql<StoredSign>`
    SELECT id, message_pk AS messagePk, sign FROM embedding
    WHERE id >= ${p.begin} AND id < ${p.before} ORDER BY id DESC LIMIT ${p.limit}`,
);
/** Bytes taken for text and back stay what they are (https://sqlite.org/lang_expr.html#castexpr), and only text is put together. */
const vectorsOf = statement<
  { base: number; pks: string; dimensions: number },
  { messagePks: string; values: Uint8Array }
>(
  (_, p) => sql<{ messagePks: string; values: Uint8Array }>`
    SELECT json_group_array(CAST(v.id - ${p.base} AS INTEGER) / ${pieces}) AS messagePks,
      CAST(coalesce(group_concat(v.vector, ''), '') AS BLOB) AS "values"
    FROM json_each(${p.pks}) j CROSS JOIN embedding_vector v
      ON v.id BETWEEN ${p.base} + j.value * ${pieces} AND ${p.base} + j.value * ${pieces} + ${pieces} - 1
    WHERE length(v.vector) = ${p.dimensions}`,
);
const textParts = sql`p.kind IN ('text', 'code', 'artifact') AND p.text <> ''`;
const unembedded = statement<
  { base: number; pks: string; characters: number; before: number; limit: number },
  UnembeddedMessage
>(
  (_, p) => sql<UnembeddedMessage>`
    SELECT m.pk AS messagePk, m.content_hash AS contentHash, substr((
        SELECT group_concat(substr(p.text, 1, ${p.characters}), char(10) ORDER BY p.ix) FROM part p
        WHERE p.message_pk = m.pk AND ${textParts}),
      1, ${p.characters}) AS text,
      coalesce((
        SELECT substr(group_concat(substr(p.text, -${p.before}), char(10) ORDER BY p.ix), -${p.before}) FROM part p
        WHERE ${textParts} AND p.message_pk = (
          SELECT b.message_pk FROM word_place b
          WHERE b.place < w.place AND b.place >= c.value * ${sql.lit(firstPlaceOfSlot(placesPerConversation))}
          ORDER BY b.place DESC LIMIT 1)), '') AS before
    FROM json_each(${p.pks}) c JOIN word_place w
      ON w.place BETWEEN c.value * ${sql.lit(firstPlaceOfSlot(placesPerConversation))}
        AND (c.value + 1) * ${sql.lit(firstPlaceOfSlot(placesPerConversation))} - 1
    JOIN message m ON m.pk = w.message_pk
    WHERE NOT EXISTS (
      SELECT 1 FROM embedding e
      WHERE e.id = ${p.base} + m.pk * ${pieces} AND e.content_hash = m.content_hash)
    LIMIT ${p.limit}`,
);
const insertSign = statement<{
  base: number;
  messagePk: number;
  piece: number;
  model: string;
  contentHash: string;
  sign: Uint8Array;
}>(
  (_, p) => sql`
    INSERT INTO embedding(id, message_pk, model, content_hash, sign)
    SELECT ${p.base} + pk * ${pieces} + ${p.piece}, pk, ${p.model}, CASE WHEN ${p.piece} = 0 THEN content_hash END, ${p.sign}
    FROM message WHERE pk = ${p.messagePk} AND content_hash = ${p.contentHash}`,
);
const insertVector = statement<{ id: number; vector: Uint8Array }>((db, p) =>
  db.insertInto('embedding_vector').values({ id: p.id, vector: p.vector }),
);
const forget = statement<{ pks: string }>(
  (_, p) => sql`DELETE FROM embedding WHERE message_pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const replace = statement<{ base: number; pks: string }>(
  (_, p) => sql`
    DELETE FROM embedding WHERE id IN (
      SELECT e.id FROM json_each(${p.pks}) j JOIN embedding e
        ON e.id BETWEEN ${p.base} + j.value * ${pieces} AND ${p.base} + j.value * ${pieces} + ${pieces} - 1)`,
);

export class EmbeddingReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Sign bits of the vectors a model made, those of the newest messages first. @param before an id they are below; null at the beginning */
  signs(model: string, before: number | null, limit: number): StoredSign[] {
    const begin = this.base(model);
    return signsBefore.all(this.connection, { begin, before: before ?? begin + slotSize, limit });
  }

  /** Every piece of these messages by one model; a message that is gone is left out. */
  vectors(model: string, messagePks: readonly number[], dimensions: number): StoredVectors {
    const pks = JSON.stringify(messagePks);
    const found = vectorsOf.get(this.connection, { base: this.base(model), pks, dimensions });
    const { buffer, byteOffset, byteLength } = found?.values ?? new Uint8Array(0);
    return {
      messagePks: JSON.parse(found?.messagePks ?? '[]') as number[],
      values: new Int8Array(buffer, byteOffset, byteLength),
    };
  }

  /** Of what {@link vectors} says. */
  get changes(): VectorChanges {
    return vectorChanges(this.connection);
  }

  /** Models that have, or may have, vectors here. */
  models(): string[] {
    return slots.all(this.connection, {}).map(({ model }) => model);
  }

  /** Where the ids of a model begin. */
  protected base(model: string): number {
    const found = slotOf.get(this.connection, { model });
    return found === undefined ? nowhere : found.slot * slotSize;
  }

  /** Messages of these conversations that are found by words and have no vector of this model for the text they have. */
  unembedded(
    model: string,
    conversationPks: readonly number[],
    options: { characters: number; before: number; limit: number },
  ): UnembeddedMessage[] {
    return unembedded.all(this.connection, {
      base: this.base(model),
      pks: JSON.stringify(conversationPks),
      ...options,
    });
  }
}

export class EmbeddingWriter extends EmbeddingReader {
  /** These messages are found by meaning no more. */
  forget(messagePks: readonly number[]): void {
    if (messagePks.length === 0) return;
    forget.run(this.connection, { pks: JSON.stringify(messagePks) });
    vectorsChanged(this.connection, messagePks);
  }

  /** Let some vectors of a model go. @returns whether there may be more; when there are none, its ids are free for another */
  drop(model: string, limit: number): boolean {
    const from = this.base(model);
    if (from === nowhere) return false;
    const { changes } = dropSome.run(this.connection, { from, to: from + slotSize, limit });
    vectorsChanged(this.connection, null);
    if (changes === limit) return true;
    freeSlot.run(this.connection, { slot: from / slotSize });
    return false;
  }

  /** Store all pieces of messages; what they had before by this model goes. A message that changed or went meanwhile is left out. */
  put(model: string, rows: readonly EmbeddingRow[]): void {
    const base = this.#baseFor(model);
    const messagePks = [...new Set(rows.map((row) => row.messagePk))];
    replace.run(this.connection, { base, pks: JSON.stringify(messagePks) });
    for (const { messagePk, piece, contentHash, sign, vector } of rows) {
      const { changes } = insertSign.run(this.connection, { base, messagePk, piece, model, contentHash, sign });
      if (changes > 0) insertVector.run(this.connection, { id: base + messagePk * mostPieces + piece, vector });
    }
    vectorsChanged(this.connection, messagePks);
  }

  /** Where the ids of a model begin; it gets the first that are free. */
  #baseFor(model: string): number {
    const base = this.base(model);
    if (base !== nowhere) return base;
    const taken = new Set(slots.all(this.connection, {}).map(({ slot }) => slot));
    let slot = 0;
    while (taken.has(slot)) slot += 1;
    if (slot >= mostSlots) throw new AppError('quota_exceeded', 'There are vectors of too many models.');
    takeSlot.run(this.connection, { slot, model });
    return slot * slotSize;
  }
}
