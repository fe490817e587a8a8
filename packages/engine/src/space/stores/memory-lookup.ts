/**
 * Which memories a message may be about: looked up by their words and names, by terms spelt nearly so, by being pinned, by being
 * tied to another; and the words of a person that one stands on. Reads only, and only by an index.
 */
import type { MemoryId, ProjectId } from '@vivim/contract/ids';
import type { MemoryKind } from '@vivim/contract/memory';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import type { LocatedAcu } from '../located-acu.ts';
import { statement } from '../statement.ts';
import { acuJoins, type LocatedRow, locatedColumns, toLocated } from './acu-rows.ts';
import { type MemoryRow, memoryColumns, memoryTables } from './memory-rows.ts';

/** As much of a memory as says whether a message is about it. */
export interface MemoryHead {
  readonly pk: number;
  readonly id: MemoryId;
  readonly kind: MemoryKind;
  readonly text: string;
  readonly name: string | null;
  readonly aliasesJson: string;
  readonly scopesJson: string;
  readonly projectId: ProjectId | null;
  readonly applies: string | null;
  readonly pinned: number;
  readonly learntMs: number;
}

const head = sql`m.pk, m.id, m.kind, m.text, m.name, m.aliases_json AS aliasesJson, m.scopes_json AS scopesJson,
  m.project_id AS projectId, m.applies, m.pinned, m.learnt_ms AS learntMs`;

const matching = statement<{ match: string; limit: number }, MemoryHead>(
  (_, p) => sql<MemoryHead>`
    SELECT ${head} FROM (
      SELECT rowid, rank FROM memory_words WHERE memory_words MATCH ${p.match} ORDER BY rank LIMIT ${p.limit}
    ) hit JOIN memory m ON m.pk = hit.rowid WHERE m.state = 'active' ORDER BY hit.rank, m.id`,
);
const holding = statement<{ match: string; most: number }, { n: number }>(
  (_, p) => sql<{ n: number }>`
    SELECT count(*) AS n FROM (SELECT 1 FROM memory_words WHERE memory_words MATCH ${p.match} LIMIT ${p.most})`,
);
const pinned = statement<{ limit: number }, MemoryHead>(
  (_, p) => sql<MemoryHead>`
    SELECT ${head} FROM memory m WHERE m.state = 'active' AND m.pinned = 1 ORDER BY m.learnt_ms DESC, m.id LIMIT ${p.limit}`,
);
const byPks = statement<{ pks: string }, MemoryRow>(
  (_, p) => sql<MemoryRow>`
    SELECT ${memoryColumns} FROM ${memoryTables} WHERE m.pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const related = statement<{ pks: string }, MemoryHead>(
  (_, p) => sql<MemoryHead>`
    SELECT DISTINCT ${head} FROM memory_relation r JOIN memory m ON m.pk = r.other_pk
    WHERE r.memory_pk IN (SELECT value FROM json_each(${p.pks})) AND m.state = 'active' ORDER BY m.learnt_ms DESC, m.id`,
);
/** What is pinned and what was learnt last says it first; of one thing, one. */
const saying = statement<{ attributes: string; limit: number }, MemoryHead>(
  (_, p) => sql<MemoryHead>`
    SELECT ${head} FROM json_each(${p.attributes}) j JOIN memory m
      ON m.attribute = j.value OR (j.value LIKE '%:' AND m.attribute >= j.value AND m.attribute < j.value || char(1114111))
    WHERE m.state = 'active' ORDER BY j.key, m.pinned DESC, m.learnt_ms DESC, m.id LIMIT ${p.limit}`,
);
const termsFrom = statement<{ from: string; to: string; limit: number }, { term: string }>(
  (_, p) => sql<{ term: string }>`
    SELECT term FROM memory_term WHERE term >= ${p.from} AND term < ${p.to} LIMIT ${p.limit}`,
);
const named = statement<{ terms: string; limit: number }, MemoryHead>(
  (_, p) => sql<MemoryHead>`
    SELECT ${head} FROM (
      SELECT DISTINCT t.doc FROM json_each(${p.terms}) j JOIN memory_term_place t ON t.term = j.value WHERE t.col = 'names' LIMIT ${p.limit}
    ) hit JOIN memory m ON m.pk = hit.doc WHERE m.state = 'active' ORDER BY m.id`,
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

const saidWhere = statement<{ pks: string }, { messagePk: number; memoryPk: number }>(
  (_, p) => sql<{ messagePk: number; memoryPk: number }>`
    SELECT DISTINCT e.message_pk AS messagePk, e.memory_pk AS memoryPk FROM memory_evidence e
    WHERE e.memory_pk IN (SELECT value FROM json_each(${p.pks})) AND e.message_pk IS NOT NULL
    ORDER BY e.message_pk, e.memory_pk`,
);

/** Terms looked at that begin alike. */
const nearLimit = 2_000;

export class MemoryLookup {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Active memories that hold any of it, best first. @param match an expression of FTS5 over `text` and `names` */
  matching(match: string, limit: number): MemoryHead[] {
    return matching.all(this.#connection, { match, limit });
  }

  /** Active and pinned, what was learnt last first. */
  pinned(limit: number): MemoryHead[] {
    return pinned.all(this.#connection, { limit });
  }

  /** Active memories that say something of these, in their order. @param attributes one that ends in a colon begins several */
  saying(attributes: readonly string[], limit: number): MemoryHead[] {
    return attributes.length === 0
      ? []
      : saying.all(this.#connection, { attributes: JSON.stringify(attributes), limit });
  }

  /** Active memories these tie together. */
  related(pks: readonly number[]): MemoryHead[] {
    return pks.length === 0 ? [] : related.all(this.#connection, { pks: JSON.stringify(pks) });
  }

  /** These memories whole, by pk. */
  whole(pks: readonly number[]): Map<number, MemoryRow> {
    const rows = pks.length === 0 ? [] : byPks.all(this.#connection, { pks: JSON.stringify(pks) });
    return new Map(rows.map((row) => [row.pk, row]));
  }

  /** How many memories hold a word, counted no further than `most`. */
  holding(word: string, most: number): number {
    return holding.get(this.#connection, { match: `"${word}"`, most })?.n ?? 0;
  }

  /** Terms of memories that begin so, as the index holds them: cut to a stem. */
  termsFrom(prefix: string): string[] {
    const to = `${prefix}\u{10ffff}`;
    return termsFrom.all(this.#connection, { from: prefix, to, limit: nearLimit }).map(({ term }) => term);
  }

  /** Active memories with any of these terms in their names. */
  named(terms: readonly string[], limit: number): MemoryHead[] {
    return terms.length === 0 ? [] : named.all(this.#connection, { terms: JSON.stringify(terms), limit });
  }

  active(): number {
    return active.get(this.#connection, {})?.n ?? 0;
  }

  /** The messages these memories stand on. */
  messagesOf(pks: readonly number[]): { readonly messagePk: number; readonly memoryPk: number }[] {
    return pks.length === 0 ? [] : saidWhere.all(this.#connection, { pks: JSON.stringify(pks) });
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
