/** Topics by the words of their keys: what stands inside another, what it is narrower than. Reads only; profiles are in `profiles.ts`. */
import type { TopicId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { isShown } from './profile-tables.ts';

export interface TopicRef {
  readonly id: TopicId;
  readonly key: string;
  readonly label: string;
  readonly messages: number;
}

const shownByKey = statement<{ key: string }, TopicRef>(
  (_, p) => sql<TopicRef>`
    SELECT o.id, o.key, o.label, o.messages FROM topic t JOIN topic o ON o.key = coalesce(t.head_key, t.key)
    WHERE t.key = ${p.key} AND ${isShown('topic', 'o')}`,
);
const narrower = statement<{ first: string; last: string; limit: number }, TopicRef>(
  (_, p) => sql<TopicRef>`
    SELECT DISTINCT o.id, o.key, o.label, o.messages FROM topic t JOIN topic o ON o.key = coalesce(t.head_key, t.key)
    WHERE t.key >= ${p.first} AND t.key < ${p.last} AND ${isShown('topic', 'o')} ORDER BY o.messages DESC, o.key LIMIT ${p.limit}`,
);

export class TopicKeyReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The visible topic of a key, whatever it counts as. */
  shown(key: string): TopicRef | null {
    return shownByKey.get(this.#connection, { key }) ?? null;
  }

  /** Visible topics whose keys begin with this one and a word more. */
  narrower(key: string, limit: number): TopicRef[] {
    return narrower.all(this.#connection, { first: `${key} `, last: `${key}!`, limit });
  }
}
