/**
 * What one's own conversations can be asked for by: their titles and the first thing the person said in them. Reads only; hands out
 * no more than the engine asks its own search.
 */
import type { Source } from '@vivim/contract/conversation';
import type { ConversationId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

export interface AskedFor {
  readonly pk: number;
  readonly id: ConversationId;
  readonly title: string | null;
  readonly source: Source;
  /** ms UTC; null where nothing dates it. */
  readonly createdMs: number | null;
}

export interface FirstSaid {
  readonly messagePk: number;
  /** Equal for the same words, of its first unit. */
  readonly textKey: string;
  readonly language: string | null;
}

/** An id is a hash of what a conversation is: its order is nobody's choice, and the same each time. */
const some = statement<{ limit: number }, AskedFor>(
  (_, p) =>
    sql<AskedFor>`SELECT pk, id, title, source, created_ms AS createdMs FROM conversation ORDER BY id LIMIT ${p.limit}`,
);
const first = statement<{ pk: number }, FirstSaid>(
  (_, p) => sql<FirstSaid>`
    SELECT m.pk AS messagePk, a.text_key AS textKey, a.language FROM message m JOIN acu a ON a.message_pk = m.pk
    WHERE m.conversation_pk = ${p.pk} AND m.on_active_path = 1 AND m.hidden = 0 AND m.replayed = 0
      AND m.author_kind = 'human' AND a.state = 'active' ORDER BY m.seq, a.ordinal LIMIT 1`,
);
const found = statement<{ pk: number; first: number }, { n: number }>(
  (_, p) => sql<{ n: number }>`
    SELECT count(*) AS n FROM message m JOIN word_place w ON w.message_pk = m.pk
    WHERE m.conversation_pk = ${p.pk} AND m.pk <> ${p.first}`,
);
const sameWords = statement<{ pk: number; textKey: string }, { n: number }>(
  (_, p) => sql<{ n: number }>`
    SELECT count(*) AS n FROM (
      SELECT 1 FROM acu WHERE text_key = ${p.textKey} AND conversation_pk <> ${p.pk} AND author_kind = 'human' LIMIT 1)`,
);
const titles = statement<{ titles: string }, { title: string; n: number }>(
  (_, p) => sql<{ title: string; n: number }>`
    SELECT lower(trim(title)) AS title, count(*) AS n FROM conversation
    WHERE lower(trim(title)) IN (SELECT value FROM json_each(${p.titles})) GROUP BY 1`,
);

export class SelfQuestionReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Conversations in the order of their ids. */
  some(limit: number): AskedFor[] {
    return some.all(this.#connection, { limit });
  }

  /** What the person said first in a conversation, on the branch that is read; null where they said nothing. */
  first(pk: number): FirstSaid | null {
    return first.get(this.#connection, { pk }) ?? null;
  }

  /** Messages of a conversation that search finds, without its first. */
  others(pk: number, firstPk: number): number {
    return found.get(this.#connection, { pk, first: firstPk })?.n ?? 0;
  }

  /** Whether somebody wrote the same words in another conversation. */
  isSaidElsewhere(pk: number, textKey: string): boolean {
    return (sameWords.get(this.#connection, { pk, textKey })?.n ?? 0) > 0;
  }

  /** How many conversations have each of these titles. @param wanted lower case, trimmed */
  titled(wanted: readonly string[]): Map<string, number> {
    const rows = titles.all(this.#connection, { titles: JSON.stringify(wanted) });
    return new Map(rows.map(({ title, n }) => [title, n]));
  }
}
