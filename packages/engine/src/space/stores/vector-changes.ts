/**
 * Which messages' vectors were stored or taken away through a connection, so that who remembers some knows which are others now.
 * Kept in memory: a space has one connection that writes. Never says what they are.
 */
import type { Connection } from '../../sqlite/database.ts';

/** Changes that are told one by one; who last looked before them remembers nothing. A batch of an embedder is one. */
const most = 256;

export interface VectorChanges {
  /** How many there were. */
  readonly count: number;
  /** The messages of all changes after the first `count`; null where that is not known any more, or may be any. */
  since(count: number): readonly number[] | null;
}

class Journal implements VectorChanges {
  count = 0;
  readonly #last: (readonly number[] | null)[] = [];

  note(messagePks: readonly number[] | null): void {
    this.count += 1;
    this.#last.push(messagePks);
    if (this.#last.length > most) this.#last.shift();
  }

  since(count: number): readonly number[] | null {
    const missed = this.count - count;
    if (missed > this.#last.length) return null;
    const changed = this.#last.slice(this.#last.length - missed);
    return changed.includes(null) ? null : changed.flatMap((messagePks) => messagePks ?? []);
  }
}

const journals = new WeakMap<Connection, Journal>();

export function vectorChanges(connection: Connection): VectorChanges {
  return journalOf(connection);
}

/** Call it whenever rows of vectors come or go, also where they go with their message. @param messagePks null for any */
export function vectorsChanged(connection: Connection, messagePks: readonly number[] | null): void {
  journalOf(connection).note(messagePks);
}

function journalOf(connection: Connection): Journal {
  const known = journals.get(connection);
  if (known !== undefined) return known;
  const journal = new Journal();
  journals.set(connection, journal);
  return journal;
}
