/**
 * The word index within a view: of what it finds only what is seen counts, for rarity and length too, so that a past is searched as
 * it would have been then. A term costs a look-up for each place it stands at. Without a message costs nothing more than with it.
 */
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import type { View } from '../view.ts';
import { WordReader } from './words.ts';

/** Through the view that is laid over the places. */
const isSeen = (words: unknown) => sql`EXISTS (SELECT 1 FROM word_place w WHERE w.place = ${words}.rowid)`;
const frequencyIn = (words: unknown) =>
  statement<{ term: string }, { n: number }>(
    (_, p) => sql<{ n: number }>`
      SELECT count(*) AS n FROM ${words} WHERE ${words} MATCH ${p.term} AND ${isSeen(words)}`,
  );
const placesIn = (words: unknown) =>
  statement<{ term: string; limit: number }, { place: number }>(
    (_, p) => sql<{ place: number }>`
      SELECT rowid AS place FROM ${words} WHERE ${words} MATCH ${p.term} AND ${isSeen(words)} LIMIT ${p.limit}`,
  );
const indexes = [sql.table('message_words'), sql.table('message_words_before')];
const frequencies = indexes.map(frequencyIn);
const places = indexes.map(placesIn);
const wordsAt = sql`total(pow(2, ((place / 2) % 32 + 0.5) / 2) - 1)`;
const total = statement<Record<never, never>, { messages: number; words: number }>(
  () => sql<{ messages: number; words: number }>`
    SELECT count(*) AS messages, ${wordsAt} AS words FROM word_place`,
);

const placeOf = statement<{ pk: number }, { place: number; words: number }>(
  (_, p) => sql<{ place: number; words: number }>`
    SELECT place, ${wordsAt} AS words FROM main.word_place WHERE message_pk = ${p.pk} GROUP BY place`,
);
const frequencyBeside = statement<{ term: string; place: number }, { n: number }>(
  (_, p) => sql<{ n: number }>`
    SELECT (SELECT count(*) FROM message_words WHERE message_words MATCH ${p.term} AND rowid <> ${p.place})
      + (SELECT count(*) FROM message_words_before WHERE message_words_before MATCH ${p.term} AND rowid <> ${p.place}) AS n`,
);

/** What reads the words in a view. */
export const wordsIn = (connection: Connection, { asOfMs, withoutMessagePk }: View): WordReader => {
  if (asOfMs !== undefined) return new WordsWithin(connection);
  return withoutMessagePk === undefined ? new WordReader(connection) : new WordsWithout(connection, withoutMessagePk);
};

/** All words but those of one message. */
class WordsWithout extends WordReader {
  readonly #left: { readonly place: number; readonly words: number } | undefined;

  constructor(connection: Connection, messagePk: number) {
    super(connection);
    this.#left = placeOf.get(connection, { pk: messagePk });
  }

  override frequency(term: string): number {
    return frequencyBeside.get(this.connection, { term, place: this.#left?.place ?? -1 })?.n ?? 0;
  }

  override places(term: string, limit: number): number[] {
    return super
      .places(term, limit + 1)
      .filter((place) => place !== this.#left?.place)
      .slice(0, limit);
  }

  override corpus(): ReturnType<WordReader['corpus']> {
    const { messages, averageWords } = super.corpus();
    if (this.#left === undefined || messages <= 1) return { messages, averageWords };
    return { messages: messages - 1, averageWords: (messages * averageWords - this.#left.words) / (messages - 1) };
  }
}

class WordsWithin extends WordReader {
  #corpus: ReturnType<WordReader['corpus']> | null = null;

  override frequency(term: string): number {
    return frequencies.reduce((sum, of) => sum + (of.get(this.connection, { term })?.n ?? 0), 0);
  }

  override places(term: string, limit: number): number[] {
    return places
      .flatMap((of) => of.values<number>(this.connection, { term, limit }))
      .sort((a, b) => a - b)
      .slice(0, limit);
  }

  /** Counted once: a reader of a view serves until something is written. */
  override corpus(): ReturnType<WordReader['corpus']> {
    if (this.#corpus !== null) return this.#corpus;
    const { messages, words } = total.get(this.connection, {}) ?? { messages: 0, words: 0 };
    this.#corpus = { messages, averageWords: messages > 0 ? words / messages : 0 };
    return this.#corpus;
  }
}
