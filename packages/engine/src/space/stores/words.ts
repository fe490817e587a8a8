/**
 * The word index: what people and models wrote, found by word. Row ids are places (see `place.ts`).
 * Knows terms, places and scores; never text (the index is contentless) and never what a question means.
 */
import type { ConversationId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { firstPlaceOfSlot, placesPerConversation, shownPerConversation, slotOf } from '../place.ts';
import { statement } from '../statement.ts';
import { wordsVersion } from '../words/index-words.ts';
import { indexBranches } from './branch-words.ts';
import { indexSymbolsIn } from './code-symbols.ts';
import { type FilterParams, filterParams, type MessageFilter, passes } from './message-filter.ts';
import {
  indexPlaces,
  messagesAt,
  type PlacedMessage,
  type PlacedRow,
  placed,
  placeMessages,
  placesIn,
  saidOn,
  textParts,
} from './word-rows.ts';

export type { PlacedMessage } from './word-rows.ts';

type Pks = { pks: string };

const dropWords = statement<Pks>(
  (_, p) => sql`DELETE FROM message_words WHERE rowid IN (${placesIn('word_place', p.pks)})`,
);
const dropWordsBefore = statement<Pks>(
  (_, p) => sql`DELETE FROM message_words_before WHERE rowid IN (${placesIn('word_place', p.pks)})`,
);
const anyBefore = statement<Record<never, never>, { any: number }>(
  () => sql<{ any: number }>`SELECT EXISTS (SELECT 1 FROM message_words_before_docsize) AS "any"`,
);
const dropPlaces = statement<Pks>(
  (_, p) => sql`DELETE FROM word_place WHERE place IN (${placesIn('word_place', p.pks)})`,
);
const spoken = saidOn('shown');
const placesFrom = (which: unknown, first: unknown) =>
  placeMessages({ places: 'word_place', which, spoken, first, end: shownPerConversation });
const addPlaces = statement<Pks>((_, p) =>
  placesFrom(sql`m.conversation_pk IN (SELECT value FROM json_each(${p.pks}))`, sql.lit(0)),
);
const addPlacesBehind = statement<Pks & { first: number }>((_, p) =>
  placesFrom(sql`m.pk IN (SELECT value FROM json_each(${p.pks}))`, p.first),
);
const lastPlace = statement<{ pk: number }, { place: number | null }>(
  (_, p) => sql<{ place: number | null }>`
    SELECT max(place) AS place FROM word_place
    WHERE place BETWEEN ${p.pk} * ${sql.lit(firstPlaceOfSlot(placesPerConversation))}
      AND (${p.pk} + 1) * ${sql.lit(firstPlaceOfSlot(placesPerConversation))} - 1`,
);
const wordsOfPlaces = (which: unknown) => indexPlaces({ words: 'message_words', places: 'word_place', which });
const indexedNow = statement<Pks>(
  (_, p) => sql`
    UPDATE conversation SET words_version = ${sql.lit(wordsVersion)}
    WHERE pk IN (SELECT value FROM json_each(${p.pks})) AND words_version <> ${sql.lit(wordsVersion)}`,
);
const countBehindVersion = statement<Record<never, never>, { n: number }>(
  () => sql<{ n: number }>`SELECT count(*) AS n FROM conversation WHERE words_version < ${sql.lit(wordsVersion)}`,
);
const oldestIndexed = statement<{ limit: number }, { pk: number; characters: number }>(
  (_, p) => sql<{ pk: number; characters: number }>`
    SELECT c.pk, (SELECT coalesce(sum(length(p.text)), 0) FROM message m JOIN part p ON p.message_pk = m.pk
      WHERE m.conversation_pk = c.pk AND ${textParts}) AS characters
    FROM conversation c WHERE c.words_version < ${sql.lit(wordsVersion)} ORDER BY c.words_version, c.pk LIMIT ${p.limit}`,
);
const addWords = statement<Pks>((_, p) => wordsOfPlaces(placesIn('word_place', p.pks)));
/** What these places add to the totals, or take away. */
const countAt = (places: unknown, sign: unknown) => sql<never>`
  INSERT INTO word_total(one, messages, words)
  SELECT 1, ${sign} * count(*), ${sign} * total(pow(2, ((w.place / 2) % 32 + 0.5) / 2) - 1)
  FROM word_place w WHERE w.place IN (${places})
  ON CONFLICT(one) DO UPDATE SET messages = messages + excluded.messages, words = words + excluded.words`;
const count = statement<Pks & { sign: number }>((_, p) => countAt(placesIn('word_place', p.pks), p.sign));
const speakersOf = (which: unknown) => sql<never>`
  INSERT INTO speaker(name)
  SELECT DISTINCT lower(m.author_name) FROM message m
  WHERE ${which} AND m.author_name <> '' AND ${spoken}
  ON CONFLICT DO NOTHING`;
const addSpeakers = statement<Pks>((_, p) =>
  speakersOf(sql`m.conversation_pk IN (SELECT value FROM json_each(${p.pks}))`),
);
const ofMessages = (pks: unknown) => sql`
  SELECT place FROM word_place WHERE message_pk IN (SELECT value FROM json_each(${pks}))`;
const addWordsBehind = statement<Pks>((_, p) => wordsOfPlaces(ofMessages(p.pks)));
const countBehind = statement<Pks>((_, p) => countAt(ofMessages(p.pks), sql.lit(1)));
const addSpeakersBehind = statement<Pks>((_, p) => speakersOf(sql`m.pk IN (SELECT value FROM json_each(${p.pks}))`));

const frequencyIn = (table: unknown) =>
  statement<{ term: string }, { n: number }>(
    (_, p) => sql<{ n: number }>`SELECT count(*) AS n FROM ${table} WHERE ${table} MATCH ${p.term}`,
  );
const placesWith = (table: unknown) =>
  statement<{ term: string; limit: number }, { place: number }>(
    (_, p) =>
      sql<{ place: number }>`SELECT rowid AS place FROM ${table} WHERE ${table} MATCH ${p.term} LIMIT ${p.limit}`,
  );
const frequency = {
  now: frequencyIn(sql.table('message_words')),
  before: frequencyIn(sql.table('message_words_before')),
};
const placesOfTerm = {
  now: placesWith(sql.table('message_words')),
  before: placesWith(sql.table('message_words_before')),
};
const total = statement<Record<never, never>, { messages: number; words: number }>((db) =>
  db.selectFrom('word_total').select(['messages', 'words']),
);
const atSlots = statement<{ slots: string }, PlacedRow>((_, p) => messagesAt('word_place', p.slots));
const placesOf = statement<Pks, PlacedRow>(
  (_, p) => sql<PlacedRow>`
    SELECT place, message_pk AS messagePk FROM word_place WHERE message_pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const knownSpeakers = statement<{ names: string }, { name: string }>(
  (_, p) => sql<{ name: string }>`SELECT name FROM speaker WHERE name IN (SELECT value FROM json_each(${p.names}))`,
);

/** The vocabulary of the index, made for a connection when it is first asked for: it is read from the index itself and stores nothing. */
const vocabulary = 'CREATE VIRTUAL TABLE IF NOT EXISTS temp.word_term USING fts5vocab(main, message_words, row)';
const beginning = statement<{ from: string; to: string; limit: number }, { term: string }>(
  (_, p) => sql<{ term: string }>`
    SELECT term FROM temp.word_term WHERE term >= ${p.from} AND term < ${p.to} LIMIT ${p.limit}`,
);
/** Words looked at that begin alike. */
const mostBeginning = 2_000;

export interface FoundMessage {
  readonly pk: number;
  readonly authorName: string | null;
  readonly createdMs: number | null;
}

const wanted = statement<Pks & FilterParams, FoundMessage>(
  (_, p) => sql<FoundMessage>`
    SELECT m.pk, m.author_name AS authorName, m.created_ms AS createdMs
    FROM json_each(${p.pks}) j JOIN message m ON m.pk = j.value JOIN conversation c ON c.pk = m.conversation_pk
    WHERE ${passes(p)}`,
);

/** What people said comes first, and of that the latest. */
const saidIn = statement<{ fromMs: number; toMs: number; limit: number }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    SELECT m.pk FROM conversation c JOIN message m ON m.conversation_pk = c.pk
    WHERE coalesce(c.created_ms, ${p.fromMs}) < ${p.toMs} AND coalesce(c.updated_ms, ${p.fromMs}) >= ${p.fromMs}
      AND m.created_ms >= ${p.fromMs} AND m.created_ms < ${p.toMs} AND ${spoken}
    ORDER BY m.author_kind = 'human' DESC, m.created_ms DESC, m.pk DESC LIMIT ${p.limit}`,
);
const pksOf = statement<{ ids: string }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`SELECT pk FROM conversation WHERE id IN (SELECT value FROM json_each(${p.ids}))`,
);

export class WordReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** In how many messages a term stands. @param term an expression of FTS5 */
  frequency(term: string): number {
    const now = frequency.now.get(this.connection, { term })?.n ?? 0;
    return this.#hasBefore() ? now + (frequency.before.get(this.connection, { term })?.n ?? 0) : now;
  }

  /** Where a term stands, ascending. @param term an expression of FTS5 */
  places(term: string, limit: number): number[] {
    const now = placesOfTerm.now.values<number>(this.connection, { term, limit });
    if (!this.#hasBefore()) return now;
    const before = placesOfTerm.before.values<number>(this.connection, { term, limit });
    return [...now, ...before].sort((a, b) => a - b).slice(0, limit);
  }

  beginning(letters: string): string[] {
    if (letters === '') return [];
    this.connection.exec(vocabulary);
    return beginning.values<string>(this.connection, {
      from: letters,
      to: `${letters}\u{10ffff}`,
      limit: mostBeginning,
    });
  }

  /** Whether an index of an older kind still holds something. */
  #hasBefore(): boolean {
    return anyBefore.get(this.connection, {})?.any === 1;
  }

  /** How many conversations are still indexed by an older version. They are found meanwhile. */
  behind(): number {
    return countBehindVersion.get(this.connection, {})?.n ?? 0;
  }

  /** The first of those, with how much there is to index in each. */
  nextBehind(limit: number): { pk: number; characters: number }[] {
    return oldestIndexed.all(this.connection, { limit });
  }

  /** How much is indexed. Lengths are those that places tell. */
  corpus(): { readonly messages: number; readonly averageWords: number } {
    const { messages, words } = total.get(this.connection, {}) ?? { messages: 0, words: 0 };
    return { messages, averageWords: messages > 0 ? words / messages : 0 };
  }

  /** The messages that stand at these slots; a slot where none does is left out. */
  atSlots(slots: readonly number[]): PlacedMessage[] {
    return atSlots.all(this.connection, { slots: JSON.stringify(slots) }).map(placed);
  }

  /** The places of these messages; a message that is not indexed (hidden, off the branch that is read) is left out. */
  placesOf(messagePks: readonly number[]): PlacedMessage[] {
    return placesOf.all(this.connection, { pks: JSON.stringify(messagePks) }).map(placed);
  }

  /** Those of these messages that pass a filter, with who speaks. */
  wanted(messagePks: readonly number[], filter: MessageFilter): FoundMessage[] {
    return wanted.all(this.connection, { pks: JSON.stringify(messagePks), ...filterParams(filter) });
  }

  /** Messages said in any of these times, at most so many of each. */
  saidIn(times: readonly { readonly fromMs: number; readonly toMs: number }[], limit: number): number[] {
    return [...new Set(times.flatMap((time) => saidIn.all(this.connection, { ...time, limit }).map(({ pk }) => pk)))];
  }

  /** What places begin with in these conversations; one that is unknown is left out. */
  conversationPks(ids: readonly ConversationId[]): number[] {
    return ids.length === 0 ? [] : pksOf.all(this.connection, { ids: JSON.stringify(ids) }).map(({ pk }) => pk);
  }

  /** Those of these names (lower case) that somebody in this space speaks under. */
  speakersAmong(names: readonly string[]): string[] {
    return knownSpeakers.all(this.connection, { names: JSON.stringify(names) }).map((row) => row.name);
  }
}

export class WordWriter extends WordReader {
  /**
   * (Re)index these conversations: the words of human and model messages that are shown and told here and not in the session they
   * were replayed from; those of the active branch, and in an index of their own those of the others.
   * Call it in the transaction that changed, added or deleted their messages; one that is gone is taken out.
   */
  index(conversationPks: readonly number[]): void {
    if (conversationPks.length === 0) return;
    const pks = JSON.stringify(conversationPks);
    count.run(this.connection, { pks, sign: -1 });
    dropWords.run(this.connection, { pks });
    dropWordsBefore.run(this.connection, { pks });
    dropPlaces.run(this.connection, { pks });
    addPlaces.run(this.connection, { pks });
    count.run(this.connection, { pks, sign: 1 });
    addWords.run(this.connection, { pks });
    addSpeakers.run(this.connection, { pks });
    indexBranches(this.connection, pks);
    indexedNow.run(this.connection, { pks });
  }

  /** The same for what older rules indexed, and what its code defines: otherwise that is made with the units. */
  indexAnew(conversationPks: readonly number[]): void {
    indexSymbolsIn(this.connection, JSON.stringify(conversationPks));
    this.index(conversationPks);
  }

  /** Index messages that were put behind all others of their conversation. Call it in the transaction that put them. */
  indexBehind(conversationPk: number, messagePks: readonly number[]): void {
    const pks = JSON.stringify(messagePks);
    const last = lastPlace.get(this.connection, { pk: conversationPk })?.place ?? null;
    const first = last === null ? 0 : (slotOf(last) % placesPerConversation) + 1;
    addPlacesBehind.run(this.connection, { pks, first });
    countBehind.run(this.connection, { pks });
    addWordsBehind.run(this.connection, { pks });
    addSpeakersBehind.run(this.connection, { pks });
  }
}
