/**
 * How messages come to stand in an index of words, as SQL: which have words, the places they are given, the words at them. The index of
 * what is shown and that of other branches are made alike. Holds no statement of its own.
 */
import { type RawBuilder, sql } from 'kysely';
import {
  charactersPerWord,
  firstPlaceOfSlot,
  lastPlaceOfSlot,
  lengthSteps,
  placesPerConversation,
  slotOf,
} from '../place.ts';

export interface PlacedMessage {
  readonly place: number;
  readonly slot: number;
  readonly messagePk: number;
}

export interface PlacedRow {
  place: number;
  messagePk: number;
}

export const placed = ({ place, messagePk }: PlacedRow): PlacedMessage => ({ place, messagePk, slot: slotOf(place) });

export type PlaceTable = 'word_place' | 'branch_place';
export type WordTable = 'message_words' | 'branch_words';

/** Messages `m` that a person or a model said, shown and told here, on the branch that is shown or on any other. */
export const saidOn = (branch: 'shown' | 'other'): RawBuilder<unknown> => sql`
  m.on_active_path = ${sql.lit(branch === 'shown' ? 1 : 0)} AND m.hidden = 0 AND m.replayed = 0 AND m.author_kind IN ('human', 'model')`;

/** Parts `p` whose words are found. */
export const textParts = sql`p.kind IN ('text', 'code', 'artifact', 'file') AND p.text <> ''`;

const ofConversation = sql.lit(firstPlaceOfSlot(placesPerConversation));
const ofSlot = sql.lit(firstPlaceOfSlot(1));
const step = sql`min(${sql.lit(lengthSteps)}, CAST(2 * log2(size / ${sql.lit(charactersPerWord)} + 1) AS INTEGER))`;

/** The places in these conversations: a place begins with its conversation. */
export const placesIn = (places: PlaceTable, pks: unknown): RawBuilder<unknown> => sql`
  SELECT w.place FROM json_each(${pks}) c JOIN ${sql.table(places)} w
  ON w.place BETWEEN c.value * ${ofConversation} AND (c.value + 1) * ${ofConversation} - 1`;

/** What stands at these slots. */
export const messagesAt = (places: PlaceTable, slots: unknown): RawBuilder<PlacedRow> => sql<PlacedRow>`
  SELECT w.place, w.message_pk AS messagePk FROM json_each(${slots}) s JOIN ${sql.table(places)} w
  ON w.place BETWEEN s.value * ${ofSlot} AND s.value * ${ofSlot} + ${sql.lit(lastPlaceOfSlot(0))}`;

/** Give messages places in the order they were said. */
export const placeMessages = (given: {
  readonly places: PlaceTable;
  /** Which messages `m`. */
  readonly which: unknown;
  readonly spoken: RawBuilder<unknown>;
  /** Order of the first of them in its conversation, and the first order no message is given. */
  readonly first: unknown;
  readonly end: number;
}): RawBuilder<never> => sql<never>`
  INSERT INTO ${sql.table(given.places)}(place, message_pk)
  SELECT ((conversation_pk * ${sql.lit(placesPerConversation)} + nth) * 32 + ${step}) * 2 + human, pk
  FROM (
    SELECT m.pk, m.conversation_pk, m.author_kind = 'human' AS human, sum(length(p.text)) AS size,
      ${given.first} + row_number() OVER (PARTITION BY m.conversation_pk ORDER BY m.seq) - 1 AS nth
    FROM message m JOIN part p ON p.message_pk = m.pk
    WHERE ${given.which} AND ${given.spoken} AND ${textParts}
    GROUP BY m.pk)
  WHERE nth < ${sql.lit(given.end)}`;

/** Index the words of the messages at these places. */
export const indexPlaces = (given: {
  readonly words: WordTable;
  readonly places: PlaceTable;
  readonly which: unknown;
}): RawBuilder<never> => sql<never>`
  INSERT INTO ${sql.table(given.words)}(rowid, text, forms)
  SELECT place, index_text(said), index_forms(said) FROM (
    SELECT w.place, group_concat(p.text, char(10) ORDER BY p.ix) AS said
    FROM ${sql.table(given.places)} w JOIN part p ON p.message_pk = w.message_pk
    WHERE w.place IN (${given.which}) AND ${textParts}
    GROUP BY w.place)`;
