/**
 * The words of messages on other branches than the one that is shown: what a person said and then edited away, answers they asked for
 * again. An index of its own, looked at only by who asks for all branches; no unit, vector, topic or memory is made of it.
 */

import type { AuthorKind, Role, Source } from '@vivim/contract/conversation';
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import type { LocatedAcu } from '../located-acu.ts';
import { placesPerConversation, shownPerConversation } from '../place.ts';
import { statement } from '../statement.ts';
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

/** What word scores are made from. */
export interface WordSource {
  frequency(term: string): number;
  places(term: string, limit: number): number[];
  corpus(): { readonly messages: number; readonly averageWords: number };
  atSlots(slots: readonly number[]): PlacedMessage[];
  /** Words that begin so, as the index has them, in no view: whether one stands in what is seen its frequency tells. */
  beginning(letters: string): string[];
}

/** A message of another branch with all its words. */
export interface BranchMessage {
  readonly message: LocatedAcu['message'];
  readonly conversation: LocatedAcu['conversation'];
  readonly text: string;
}

type Pks = { pks: string };

const dropWords = statement<Pks>(
  (_, p) => sql`DELETE FROM branch_words WHERE rowid IN (${placesIn('branch_place', p.pks)})`,
);
const dropPlaces = statement<Pks>(
  (_, p) => sql`DELETE FROM branch_place WHERE place IN (${placesIn('branch_place', p.pks)})`,
);
const addPlaces = statement<Pks>((_, p) =>
  placeMessages({
    places: 'branch_place',
    which: sql`m.conversation_pk IN (SELECT value FROM json_each(${p.pks}))`,
    spoken: saidOn('other'),
    first: sql.lit(shownPerConversation),
    end: placesPerConversation,
  }),
);
const addWords = statement<Pks>((_, p) =>
  indexPlaces({ words: 'branch_words', places: 'branch_place', which: placesIn('branch_place', p.pks) }),
);

/** Index these conversations anew. @param pks a JSON list */
export function indexBranches(connection: Connection, pks: string): void {
  dropWords.run(connection, { pks });
  dropPlaces.run(connection, { pks });
  if (addPlaces.run(connection, { pks }).changes > 0) addWords.run(connection, { pks });
}

/** Through the views that may be laid over the places. */
const isSeen = sql`EXISTS (SELECT 1 FROM branch_place w WHERE w.place = branch_words.rowid)`;
const frequency = statement<{ term: string }, { n: number }>(
  (_, p) => sql<{ n: number }>`SELECT count(*) AS n FROM branch_words WHERE branch_words MATCH ${p.term} AND ${isSeen}`,
);
const places = statement<{ term: string; limit: number }, { place: number }>(
  (_, p) => sql<{ place: number }>`
    SELECT rowid AS place FROM branch_words WHERE branch_words MATCH ${p.term} AND ${isSeen} LIMIT ${p.limit}`,
);
const atSlots = statement<{ slots: string }, PlacedRow>((_, p) => messagesAt('branch_place', p.slots));

interface Row {
  pk: number;
  id: MessageId;
  externalId: string | null;
  role: Role;
  authorKind: AuthorKind;
  authorName: string | null;
  createdMs: number | null;
  conversationPk: number;
  conversationId: ConversationId;
  conversationExternalId: string | null;
  title: string | null;
  source: Source;
  text: string;
}
const messages = statement<Pks, Row>(
  (_, p) => sql<Row>`
    SELECT m.pk, m.id, m.external_id AS externalId, m.role, m.author_kind AS authorKind, m.author_name AS authorName,
      m.created_ms AS createdMs, c.pk AS conversationPk, c.id AS conversationId, c.external_id AS conversationExternalId,
      c.title, c.source, (SELECT group_concat(p.text, char(10) || char(10) ORDER BY p.ix) FROM part p
        WHERE p.message_pk = m.pk AND ${textParts}) AS text
    FROM json_each(${p.pks}) j JOIN message m ON m.pk = j.value JOIN conversation c ON c.pk = m.conversation_pk
    ORDER BY j.key`,
);

export class BranchWordReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** What is shown and what is not as one. How long messages are is measured by what is shown. */
  with(shown: WordSource): WordSource {
    const connection = this.#connection;
    return {
      corpus: () => shown.corpus(),
      beginning: (letters) => shown.beginning(letters),
      frequency: (term) => shown.frequency(term) + (frequency.get(connection, { term })?.n ?? 0),
      places: (term, limit) => {
        const others = places.values<number>(connection, { term, limit });
        const all = shown.places(term, limit);
        return others.length === 0 ? all : [...all, ...others].sort((a, b) => a - b).slice(0, limit);
      },
      atSlots: (slots) => [
        ...shown.atSlots(slots),
        ...atSlots.all(connection, { slots: JSON.stringify(slots) }).map(placed),
      ],
    };
  }

  /** These messages with their words; one that is hidden by a view is left out. */
  messages(messagePks: readonly number[]): BranchMessage[] {
    if (messagePks.length === 0) return [];
    return messages
      .all(this.#connection, { pks: JSON.stringify(messagePks) })
      .map(({ text, conversationPk, conversationId, conversationExternalId, title, source, ...message }) => ({
        message,
        conversation: { pk: conversationPk, id: conversationId, externalId: conversationExternalId, title, source },
        text,
      }));
  }
}
