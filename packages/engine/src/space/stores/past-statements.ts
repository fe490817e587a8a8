/**
 * What was said once and no longer holds: of the places at hand, which of them only a memory stands on that was superseded, put
 * away or resolved, and what holds instead. Reads only, and only by an index; what a memory's state is, others decide.
 */
import type { MemoryId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import type { LocatedAcu } from '../located-acu.ts';
import type { PastState, PastStatement } from '../past-statement.ts';
import { statement } from '../statement.ts';

/** Words of a message: a unit and where it stands. */
type Quoted = Pick<LocatedAcu, 'message'> & { readonly acu: Pick<LocatedAcu['acu'], 'partIndex' | 'start' | 'end'> };

interface Row {
  readonly ix: number;
  readonly state: PastState;
  readonly laterId: MemoryId | null;
  readonly laterText: string | null;
  readonly laterMs: number | null;
}

/** Successors one after the other that are followed: a chain longer than this ends in no answer. */
const mostSteps = 50;

/** What the same words say that does hold speaks for them; of one that was merged, what it was merged into does. */
const past = statement<{ spans: string }, Row>(
  (_, p) => sql<Row>`
    WITH RECURSIVE said AS (
      SELECT j.key AS ix, k.pk, k.state, k.attribute FROM json_each(${p.spans}) j
      JOIN memory_evidence e ON e.message_pk = j.value ->> 'messagePk' AND CAST(e.place AS INTEGER) = j.value ->> 'partIndex'
        AND e.start_ix < j.value ->> 'end' AND e.end_ix > j.value ->> 'start'
      JOIN memory k ON k.pk = e.memory_pk WHERE k.merged_pk IS NULL
    ), gone AS (
      SELECT DISTINCT g.ix, g.pk, g.state, g.attribute FROM said g WHERE g.state IN ('superseded', 'archived', 'resolved')
        AND NOT EXISTS (SELECT 1 FROM said h WHERE h.ix = g.ix AND h.state = 'active' AND h.attribute IS g.attribute AND g.attribute IS NOT NULL)
    ), chain (ix, from_pk, pk, steps) AS (
      SELECT ix, pk, pk, 0 FROM gone
      UNION SELECT c.ix, c.from_pk, n.pk, c.steps + 1 FROM chain c JOIN memory n ON n.supersedes_pk = c.pk WHERE c.steps < ${sql.lit(mostSteps)}
    ), later AS (
      SELECT c.ix, c.from_pk, n.pk FROM chain c JOIN memory n ON n.pk = c.pk AND n.pk <> c.from_pk AND n.state = 'active'
      UNION SELECT g.ix, g.pk, n.pk FROM gone g JOIN memory n ON n.attribute = g.attribute AND n.state = 'active' AND n.merged_pk IS NULL
        WHERE g.state = 'superseded'
    )
    SELECT g.ix, g.state, n.id AS laterId, n.text AS laterText, coalesce(n.valid_from_ms, n.learnt_ms) AS laterMs
    FROM gone g LEFT JOIN later l ON l.ix = g.ix AND l.from_pk = g.pk LEFT JOIN memory n ON n.pk = l.pk
    ORDER BY g.ix, n.id IS NULL, laterMs DESC, n.id, g.state`,
);

export class PastStatements {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Those of these words that no longer hold, by their place in the list. */
  among(quotes: readonly Quoted[]): Map<number, PastStatement> {
    const found = new Map<number, PastStatement>();
    if (quotes.length === 0) return found;
    const spans = quotes.map(({ acu: { partIndex, start, end }, message }) => ({
      messagePk: message.pk,
      partIndex,
      start,
      end,
    }));
    for (const { ix, state, laterId, laterText, laterMs } of past.all(this.#connection, {
      spans: JSON.stringify(spans),
    })) {
      if (found.has(ix)) continue;
      const later = laterId === null || laterText === null ? null : { id: laterId, text: laterText, atMs: laterMs };
      found.set(ix, { state, later });
    }
    return found;
  }
}
