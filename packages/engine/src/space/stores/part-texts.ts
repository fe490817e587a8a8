/**
 * Texts of parts as they were read last: units are cut out of them, hundreds out of a long one, and reading it for each would make
 * the work grow with the square of its length. Whoever holds one throws it away once somebody else may have written.
 */
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

/** Characters that are held, beside those asked for now. */
const mostHeld = 8 * 1024 ** 2;

const texts = statement<{ pks: string }, { pk: number; text: string | null }>(
  (_, p) => sql`SELECT pk, text FROM part WHERE pk IN (SELECT value FROM json_each(${p.pks}))`,
);

export class PartTexts {
  readonly #held = new Map<number, string>();
  #characters = 0;

  /** A part that is gone, or says nothing, has an empty text. */
  of(connection: Connection, pks: readonly number[]): ReadonlyMap<number, string> {
    const asked = [...new Set(pks)];
    const missing = asked.filter((pk) => !this.#held.has(pk));
    if (missing.length === 0) return this.#held;
    if (this.#characters > mostHeld) this.#let(new Set(asked));
    for (const [pk, text] of this.read(connection, missing)) {
      this.#held.set(pk, text);
      this.#characters += text.length;
    }
    return this.#held;
  }

  /** From the database. */
  read(connection: Connection, pks: readonly number[]): [number, string][] {
    return texts.all(connection, { pks: JSON.stringify(pks) }).map(({ pk, text }) => [pk, text ?? '']);
  }

  #let(asked: ReadonlySet<number>): void {
    for (const [pk, text] of this.#held) {
      if (asked.has(pk)) continue;
      this.#held.delete(pk);
      this.#characters -= text.length;
    }
  }
}
