/**
 * Units that say nearly the same: the bands they are found by, and the links between them. A link of type `duplicates` with a weight
 * below 1 is one of these; 1 is the same text. Never deletes a unit, and nothing but who asks here goes by them.
 */
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import type { PartTexts } from './part-texts.ts';

export interface UnitText {
  readonly pk: number;
  readonly text: string;
}

type SliceRow = { pk: number; partPk: number; start: number; end: number };

const unbanded = statement<{ conversation: number; least: number; after: number; limit: number }, SliceRow>(
  (_, p) => sql<SliceRow>`
    SELECT a.pk, a.part_pk AS partPk, a.start_ix AS start, a.end_ix AS "end" FROM acu a
    WHERE a.conversation_pk = ${p.conversation} AND a.pk > ${p.after} AND a.end_ix - a.start_ix >= ${p.least}
      AND a.type <> 'reasoning' AND a.state = 'active'
      AND NOT EXISTS (SELECT 1 FROM acu_band b WHERE b.acu_pk = a.pk)
      AND NOT EXISTS (SELECT 1 FROM acu_link l WHERE l.from_pk = a.pk AND l.type = 'duplicates' AND l.weight = 1)
    ORDER BY a.pk LIMIT ${p.limit}`,
);
const slices = statement<{ pks: string }, SliceRow>(
  (_, p) => sql<SliceRow>`
    SELECT pk, part_pk AS partPk, start_ix AS start, end_ix AS "end" FROM acu WHERE pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const there = statement<{ pks: string }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`SELECT pk FROM acu WHERE pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const inBand = statement<{ key: number; limit: number }, { pk: number }>(
  (_, p) =>
    sql<{ pk: number }>`SELECT acu_pk AS pk FROM acu_band WHERE key = ${p.key} ORDER BY acu_pk LIMIT ${p.limit}`,
);
const addBand = statement<{ key: number; pk: number }>(
  (_, p) => sql`INSERT INTO acu_band (key, acu_pk) VALUES (${p.key}, ${p.pk}) ON CONFLICT DO NOTHING`,
);
const addLink = statement<{ from: number; to: number; weight: number }>(
  (_, p) => sql`
    INSERT INTO acu_link (from_pk, type, to_pk, weight) VALUES (${p.from}, 'duplicates', ${p.to}, ${p.weight})
    ON CONFLICT DO NOTHING`,
);
const removeLink = statement<{ from: number; to: number }>(
  (_, p) => sql`
    DELETE FROM acu_link WHERE type = 'duplicates' AND weight < 1
      AND ((from_pk = ${p.from} AND to_pk = ${p.to}) OR (from_pk = ${p.to} AND to_pk = ${p.from}))`,
);
const links = statement<{ pks: string }, { fromPk: number; toPk: number; weight: number }>(
  (_, p) => sql<{ fromPk: number; toPk: number; weight: number }>`
    SELECT from_pk AS fromPk, to_pk AS toPk, weight FROM acu_link
    WHERE type = 'duplicates' AND from_pk IN (SELECT value FROM json_each(${p.pks})) ORDER BY from_pk, weight DESC, to_pk`,
);

export class NearUnitReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** The next units of a conversation that no band knows yet. @param least characters; shorter ones are never compared */
  unbanded(kept: PartTexts, conversation: number, least: number, after: number, limit: number): UnitText[] {
    return this.#cut(kept, unbanded.all(this.connection, { conversation, least, after, limit }));
  }

  /** Those of them that are still there. */
  existing(pks: readonly number[]): Set<number> {
    return new Set(there.all(this.connection, { pks: JSON.stringify(pks) }).map(({ pk }) => pk));
  }

  /** The first units of a band. */
  inBand(key: number, limit: number): number[] {
    return inBand.all(this.connection, { key, limit }).map(({ pk }) => pk);
  }

  texts(kept: PartTexts, pks: readonly number[]): UnitText[] {
    return this.#cut(kept, slices.all(this.connection, { pks: JSON.stringify(pks) }));
  }

  /**
   * For each of these units that repeats an earlier one: the one it repeats, and how much of it (1: the same words). For whoever packs
   * a bundle or lists hits and wants each thing said once.
   */
  repeats(pks: readonly number[]): Map<number, { readonly pk: number; readonly alike: number }> {
    const found = new Map<number, { pk: number; alike: number }>();
    for (const { fromPk, toPk, weight } of links.all(this.connection, { pks: JSON.stringify(pks) }))
      if (!found.has(fromPk)) found.set(fromPk, { pk: toPk, alike: weight });
    return found;
  }

  #cut(kept: PartTexts, rows: readonly SliceRow[]): UnitText[] {
    const parts = kept.of(
      this.connection,
      rows.map(({ partPk }) => partPk),
    );
    return rows.map(({ pk, partPk, start, end }) => ({ pk, text: (parts.get(partPk) ?? '').slice(start, end) }));
  }
}

export class NearUnitWriter extends NearUnitReader {
  addBands(pk: number, keys: readonly number[]): void {
    for (const key of keys) addBand.run(this.connection, { key, pk });
  }

  /** @param alike below 1 */
  link(pk: number, earlier: number, alike: number): void {
    addLink.run(this.connection, { from: pk, to: earlier, weight: Math.min(0.99, Math.round(alike * 100) / 100) });
  }

  /** They are not the same after all. Both stay, and neither is compared again while its text stays. */
  unlink(pk: number, other: number): void {
    removeLink.run(this.connection, { from: pk, to: other });
  }
}
