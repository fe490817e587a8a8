/**
 * Vectors of messages for the meaning arm: for each piece of a message its sign bits, to search by, and its int8 form,
 * to compare by. Rows go with their message. Never makes a vector and never compares two.
 */
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { firstPlaceOfSlot, placesPerConversation } from '../place.ts';
import { statement } from '../statement.ts';

export interface StoredSign {
  readonly messagePk: number;
  readonly piece: number;
  /** One bit for each dimension, little-endian. */
  readonly sign: Uint8Array;
}

export interface StoredVector {
  readonly messagePk: number;
  readonly piece: number;
  /** int8 for each dimension, of any common scale. */
  readonly vector: Uint8Array;
}

export interface EmbeddingRow extends StoredSign, StoredVector {
  /** Of the message whose text was embedded. */
  readonly contentHash: string;
}

export interface UnembeddedMessage {
  readonly messagePk: number;
  readonly contentHash: string;
  readonly text: string;
}

const signsAfter = statement<{ model: string; afterPk: number; afterPiece: number; limit: number }, StoredSign>(
  (_, p) =>
    sql<StoredSign>`
    SELECT message_pk AS messagePk, piece, sign FROM embedding
    WHERE (message_pk, piece) > (${p.afterPk}, ${p.afterPiece}) AND model = ${p.model}
    ORDER BY message_pk, piece LIMIT ${p.limit}`,
);
const vectorsOf = statement<{ model: string; pks: string }, StoredVector>(
  (_, p) =>
    sql<StoredVector>`
    SELECT message_pk AS messagePk, piece, vector FROM json_each(${p.pks}) j
    JOIN embedding ON message_pk = j.value WHERE model = ${p.model}`,
);
const unembedded = statement<{ model: string; pks: string; characters: number; limit: number }, UnembeddedMessage>(
  (_, p) => sql<UnembeddedMessage>`
    SELECT m.pk AS messagePk, m.content_hash AS contentHash, substr((
        SELECT group_concat(substr(p.text, 1, ${p.characters}), char(10) ORDER BY p.ix) FROM part p
        WHERE p.message_pk = m.pk AND p.kind IN ('text', 'code', 'artifact') AND p.text <> ''),
      1, ${p.characters}) AS text
    FROM json_each(${p.pks}) c JOIN word_place w
      ON w.place BETWEEN c.value * ${sql.lit(firstPlaceOfSlot(placesPerConversation))}
        AND (c.value + 1) * ${sql.lit(firstPlaceOfSlot(placesPerConversation))} - 1
    JOIN message m ON m.pk = w.message_pk
    WHERE NOT EXISTS (
      SELECT 1 FROM embedding e
      WHERE e.message_pk = m.pk AND e.piece = 0 AND e.model = ${p.model} AND e.content_hash = m.content_hash)
    LIMIT ${p.limit}`,
);
const insert = statement<EmbeddingRow & { model: string }>(
  (_, p) => sql`
    INSERT INTO embedding(message_pk, piece, model, content_hash, sign, vector)
    SELECT pk, ${p.piece}, ${p.model}, ${p.contentHash}, ${p.sign}, ${p.vector} FROM message WHERE pk = ${p.messagePk}`,
);
const forget = statement<{ pks: string }>(
  (_, p) => sql`DELETE FROM embedding WHERE message_pk IN (SELECT value FROM json_each(${p.pks}))`,
);

export class EmbeddingReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Sign bits of the vectors a model made, in order, from after the piece given. */
  signs(model: string, after: { messagePk: number; piece: number }, limit: number): StoredSign[] {
    return signsAfter.all(this.connection, { model, afterPk: after.messagePk, afterPiece: after.piece, limit });
  }

  /** Every piece of these messages. */
  vectors(model: string, messagePks: readonly number[]): StoredVector[] {
    return vectorsOf.all(this.connection, { model, pks: JSON.stringify(messagePks) });
  }

  /** Messages of these conversations that are found by words and have no vector of this model for the text they have. */
  unembedded(
    model: string,
    conversationPks: readonly number[],
    options: { characters: number; limit: number },
  ): UnembeddedMessage[] {
    return unembedded.all(this.connection, { model, pks: JSON.stringify(conversationPks), ...options });
  }
}

export class EmbeddingWriter extends EmbeddingReader {
  /** Store all pieces of messages; what they had before goes. A message that was deleted meanwhile is left out. */
  put(model: string, rows: readonly EmbeddingRow[]): void {
    forget.run(this.connection, { pks: JSON.stringify([...new Set(rows.map((row) => row.messagePk))]) });
    for (const row of rows) insert.run(this.connection, { ...row, model });
  }
}
