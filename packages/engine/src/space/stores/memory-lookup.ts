/**
 * Which memories a message may be about: looked up by their words and names, by terms spelt nearly so, by being pinned, by being
 * tied to another; and the words of a person that one stands on. Reads only, and only by an index.
 */
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import type { LocatedAcu } from '../located-acu.ts';
import { statement } from '../statement.ts';
import { acuJoins, type LocatedRow, locatedColumns, toLocated } from './acu-rows.ts';
import { type MemoryRow, memoryColumns, memoryTables } from './memory-rows.ts';

const matching = statement<{ match: string; limit: number }, MemoryRow>(
  (_, p) => sql<MemoryRow>`
    SELECT ${memoryColumns} FROM (
      SELECT rowid, bm25(memory_words, 1.0, 8.0) AS rank FROM memory_words WHERE memory_words MATCH ${p.match}
      ORDER BY rank LIMIT ${p.limit}
    ) hit JOIN memory m ON m.pk = hit.rowid LEFT JOIN project p ON p.id = m.project_id
    WHERE m.state = 'active' ORDER BY hit.rank, m.id`,
);
const pinned = statement<{ limit: number }, MemoryRow>(
  (_, p) => sql<MemoryRow>`
    SELECT ${memoryColumns} FROM ${memoryTables} WHERE m.state = 'active' AND m.pinned = 1
    ORDER BY m.learnt_ms DESC, m.id LIMIT ${p.limit}`,
);
const related = statement<{ pks: string }, MemoryRow>(
  (_, p) => sql<MemoryRow>`
    SELECT DISTINCT ${memoryColumns} FROM memory_relation r JOIN memory m ON m.pk = r.other_pk
      LEFT JOIN project p ON p.id = m.project_id
    WHERE r.memory_pk IN (SELECT value FROM json_each(${p.pks})) AND m.state = 'active' ORDER BY m.learnt_ms DESC, m.id`,
);
const termsFrom = statement<{ from: string; to: string; limit: number }, { term: string }>(
  (_, p) => sql<{ term: string }>`
    SELECT DISTINCT term FROM memory_term WHERE term >= ${p.from} AND term < ${p.to} AND col = 'names' LIMIT ${p.limit}`,
);
const named = statement<{ terms: string; limit: number }, MemoryRow>(
  (_, p) => sql<MemoryRow>`
    SELECT ${memoryColumns} FROM (
      SELECT DISTINCT t.doc FROM json_each(${p.terms}) j JOIN memory_term t ON t.term = j.value WHERE t.col = 'names' LIMIT ${p.limit}
    ) hit JOIN memory m ON m.pk = hit.doc LEFT JOIN project p ON p.id = m.project_id
    WHERE m.state = 'active' ORDER BY m.id`,
);
const active = statement<Record<never, never>, { n: number }>(
  () => sql<{ n: number }>`SELECT count(*) AS n FROM memory WHERE state = 'active'`,
);
/** The unit each piece of evidence stands in; the newest first. */
const units = statement<{ pks: string }, LocatedRow & { memoryPk: number }>(
  (_, p) => sql<LocatedRow & { memoryPk: number }>`
    SELECT ${locatedColumns}, e.memory_pk AS memoryPk
    FROM memory_evidence e JOIN acu a ON a.message_pk = e.message_pk AND a.start_ix <= e.start_ix AND a.end_ix >= e.end_ix
      ${acuJoins} AND p.ix = CAST(e.place AS INTEGER)
    WHERE e.memory_pk IN (SELECT value FROM json_each(${p.pks})) AND a.state = 'active' AND m.hidden = 0
      AND m.on_active_path = 1
    ORDER BY e.at_ms DESC, a.pk DESC`,
);

/** Terms looked at that begin alike. */
const nearLimit = 2_000;

export class MemoryLookup {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Active memories that hold any of it, best first. @param match an expression of FTS5 over `text` and `names` */
  matching(match: string, limit: number): MemoryRow[] {
    return matching.all(this.#connection, { match, limit });
  }

  /** Active and pinned, what was learnt last first. */
  pinned(limit: number): MemoryRow[] {
    return pinned.all(this.#connection, { limit });
  }

  /** Active memories these tie together. */
  related(pks: readonly number[]): MemoryRow[] {
    return pks.length === 0 ? [] : related.all(this.#connection, { pks: JSON.stringify(pks) });
  }

  /** Terms of names that begin so, as the index holds them: cut to a stem. */
  termsFrom(prefix: string): string[] {
    const to = `${prefix}\u{10ffff}`;
    return termsFrom.all(this.#connection, { from: prefix, to, limit: nearLimit }).map(({ term }) => term);
  }

  /** Active memories with any of these terms in their names. */
  named(terms: readonly string[], limit: number): MemoryRow[] {
    return terms.length === 0 ? [] : named.all(this.#connection, { terms: JSON.stringify(terms), limit });
  }

  active(): number {
    return active.get(this.#connection, {})?.n ?? 0;
  }

  /** For each of these memories the unit it was said in last, where it was said in a conversation. */
  saidIn(pks: readonly number[]): Map<number, LocatedAcu> {
    if (pks.length === 0) return new Map();
    const last = new Map<number, LocatedRow & { memoryPk: number }>();
    for (const row of units.all(this.#connection, { pks: JSON.stringify(pks) }))
      if (!last.has(row.memoryPk)) last.set(row.memoryPk, row);
    const rows = [...last.values()];
    const located = toLocated(this.#connection, rows);
    return new Map(rows.map((row, i) => [row.memoryPk, located[i] as LocatedAcu]));
  }
}
