/**
 * Vectors of messages for the meaning arm: for each piece of a message its sign bits, to search by, and its int8 form,
 * to compare by. Rows go with their message. Never makes a vector and never compares two.
 */
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { firstPlaceOfSlot, placesPerConversation } from '../place.ts';
import { statement } from '../statement.ts';

/** Room for the pieces of one message. */
export const mostPieces = 8;

export interface StoredSign {
  /** Ascends with message and piece. */
  readonly id: number;
  readonly messagePk: number;
  /** One bit for each dimension, little-endian. */
  readonly sign: Uint8Array;
}

export interface StoredVector {
  readonly messagePk: number;
  /** int8 for each dimension, of any common scale. */
  readonly vector: Uint8Array;
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

const signsAfter = statement<{ model: string; after: number; limit: number }, StoredSign>(
  (_, p) => sql<StoredSign>`
    SELECT id, message_pk AS messagePk, sign FROM embedding
    WHERE id > ${p.after} AND model = ${p.model} ORDER BY id LIMIT ${p.limit}`,
);
const vectorsOf = statement<{ pks: string }, StoredVector>(
  (_, p) => sql<StoredVector>`
    SELECT v.id / ${pieces} AS messagePk, v.vector FROM json_each(${p.pks}) j
    JOIN embedding_vector v ON v.id BETWEEN j.value * ${pieces} AND j.value * ${pieces} + ${pieces} - 1`,
);
const textParts = sql`p.kind IN ('text', 'code', 'artifact') AND p.text <> ''`;
const unembedded = statement<
  { model: string; pks: string; characters: number; before: number; limit: number },
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
      WHERE e.id = m.pk * ${pieces} AND e.model = ${p.model} AND e.content_hash = m.content_hash)
    LIMIT ${p.limit}`,
);
const insertSign = statement<{
  messagePk: number;
  piece: number;
  model: string;
  contentHash: string;
  sign: Uint8Array;
}>(
  (_, p) => sql`
    INSERT INTO embedding(id, message_pk, model, content_hash, sign)
    SELECT pk * ${pieces} + ${p.piece}, pk, ${p.model}, CASE WHEN ${p.piece} = 0 THEN content_hash END, ${p.sign}
    FROM message WHERE pk = ${p.messagePk} AND content_hash = ${p.contentHash}`,
);
const insertVector = statement<{ id: number; vector: Uint8Array }>((db, p) =>
  db.insertInto('embedding_vector').values({ id: p.id, vector: p.vector }),
);
const forget = statement<{ pks: string }>(
  (_, p) => sql`DELETE FROM embedding WHERE message_pk IN (SELECT value FROM json_each(${p.pks}))`,
);

export class EmbeddingReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Sign bits of the vectors a model made, in order, from after the id given. */
  signs(model: string, after: number, limit: number): StoredSign[] {
    return signsAfter.all(this.connection, { model, after, limit });
  }

  /** Every piece of these messages; a message that is gone is left out. */
  vectors(messagePks: readonly number[]): StoredVector[] {
    return vectorsOf.all(this.connection, { pks: JSON.stringify(messagePks) });
  }

  /** Messages of these conversations that are found by words and have no vector of this model for the text they have. */
  unembedded(
    model: string,
    conversationPks: readonly number[],
    options: { characters: number; before: number; limit: number },
  ): UnembeddedMessage[] {
    return unembedded.all(this.connection, { model, pks: JSON.stringify(conversationPks), ...options });
  }
}

export class EmbeddingWriter extends EmbeddingReader {
  /** These messages are found by meaning no more. */
  forget(messagePks: readonly number[]): void {
    if (messagePks.length > 0) forget.run(this.connection, { pks: JSON.stringify(messagePks) });
  }

  /** Store all pieces of messages; what they had before goes. A message that changed or went meanwhile is left out. */
  put(model: string, rows: readonly EmbeddingRow[]): void {
    forget.run(this.connection, { pks: JSON.stringify([...new Set(rows.map((row) => row.messagePk))]) });
    for (const { messagePk, piece, contentHash, sign, vector } of rows) {
      const { changes } = insertSign.run(this.connection, { messagePk, piece, model, contentHash, sign });
      if (changes > 0) insertVector.run(this.connection, { id: messagePk * mostPieces + piece, vector });
    }
  }
}
