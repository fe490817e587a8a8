/**
 * How memories stood before a step of their person, so that the step can be taken back exactly. Of the last steps only, and of none
 * once something was erased: they hold words. Never decides what a step is.
 */
import { AppError } from '@vivim/contract/errors';
import type { MemoryId } from '@vivim/contract/ids';
import { type Memory, memoryKinds } from '@vivim/contract/memory';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { BundleWriter } from './bundles.ts';
import { indexWords } from './memories.ts';
import { aliasesOf, type MemoryRow, memoryColumns, memoryTables, namesText, shown } from './memory-rows.ts';

/** Steps that can be taken back. */
export const stepsKept = 100;

/** What a person's step may change of a row. */
const decided = [
  'kind',
  'text',
  'state',
  'pinned',
  'name',
  'aliases_json',
  'scopes_json',
  'attribute',
  'value',
  'applies',
  'valid_from_ms',
  'valid_to_ms',
  'changed_ms',
  'supersedes_pk',
  'merged_pk',
  'settled_ms',
  'reworded_ms',
  'review_ms',
  'review_days',
  'rules',
] as const;

type Nothing = Record<never, never>;
/** The named ones, those that stand against them, and those that became one with them. */
const concerned = statement<{ ids: string; attribute: string | null }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    WITH named AS MATERIALIZED (
      SELECT pk, attribute FROM memory WHERE id IN (SELECT value FROM json_each(${p.ids})) OR attribute = ${p.attribute})
    SELECT pk FROM named
    UNION SELECT pk FROM memory WHERE attribute IN (SELECT attribute FROM named)
    UNION SELECT pk FROM memory WHERE merged_pk IN (SELECT pk FROM named)`,
);
const standing = statement<{ pks: string }, { pk: number; columns: string; related: string; evidence: string }>(
  (_, p) => sql<{ pk: number; columns: string; related: string; evidence: string }>`
    SELECT m.pk, json_object(${sql.raw(decided.map((name) => `'${name}', m.${name}`).join(', '))}) AS columns,
      (SELECT json_group_array(other_pk) FROM memory_relation r WHERE r.memory_pk = m.pk) AS related,
      (SELECT json_group_array(e.pk) FROM memory_evidence e WHERE e.memory_pk = m.pk) AS evidence
    FROM memory m WHERE m.pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const insert = statement<{ op: string; before: string; now: number }>(
  (_, p) => sql`
    INSERT OR IGNORE INTO memory_step (op, before_json, at_ms) VALUES (${p.op}, ${p.before}, ${p.now})`,
);
const forgetOld = statement<Nothing>(
  () => sql`
    DELETE FROM memory_step WHERE pk <= (SELECT pk FROM memory_step ORDER BY pk DESC LIMIT 1 OFFSET ${sql.lit(stepsKept)})`,
);
const find = statement<{ op: string }, { pk: number; before: string }>(
  (_, p) => sql<{ pk: number; before: string }>`SELECT pk, before_json AS before FROM memory_step WHERE op = ${p.op}`,
);
const later = statement<{ pk: number; pks: string }, { n: number }>(
  (_, p) => sql<{ n: number }>`
    SELECT count(*) AS n FROM memory_step s, json_each(s.before_json) b
    WHERE s.pk > ${p.pk} AND json_extract(b.value, '$.named') AND json_extract(b.value, '$.pk') IN (SELECT value FROM json_each(${p.pks}))`,
);
const restore = statement<{ pk: number; columns: string }>(
  (_, p) => sql`
    UPDATE memory SET ${sql.raw(decided.map((name) => `${name} = json_extract(before.columns, '$.${name}')`).join(', '))}
    FROM (SELECT ${p.columns} AS columns) before WHERE pk = ${p.pk}`,
);
const unrelate = statement<{ pk: number }>((db, p) => db.deleteFrom('memory_relation').where('memory_pk', '=', p.pk));
const relate = statement<{ pk: number; related: string }>(
  (_, p) => sql`
    INSERT OR IGNORE INTO memory_relation (memory_pk, other_pk)
    SELECT ${p.pk}, pk FROM memory WHERE pk IN (SELECT value FROM json_each(${p.related}))`,
);
const giveBack = statement<{ pk: number; evidence: string }>(
  (_, p) => sql`
    UPDATE OR IGNORE memory_evidence SET memory_pk = ${p.pk} WHERE pk IN (SELECT value FROM json_each(${p.evidence}))`,
);
const remove = statement<{ pk: number }>((db, p) => db.deleteFrom('memory_step').where('pk', '=', p.pk));
const byPks = statement<{ pks: string }, MemoryRow>(
  (_, p) => sql<MemoryRow>`
    SELECT ${memoryColumns} FROM ${memoryTables} WHERE m.pk IN (SELECT value FROM json_each(${p.pks})) ORDER BY m.pk`,
);
const pksOf = statement<{ ids: string }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`SELECT pk FROM memory WHERE id IN (SELECT value FROM json_each(${p.ids}))`,
);

interface Before {
  readonly pk: number;
  /** The step was about it; else it might have changed with one that was. */
  readonly named: boolean;
  readonly columns: string;
  readonly related: string;
  readonly evidence: string;
}

export class MemorySteps {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * To be said before the step is made, in its transaction.
   * @param op the key of the request
   * @param attribute of what the step decides, where it names no memory
   */
  note(op: string, ids: readonly MemoryId[], nowMs: number, attribute: string | null = null): void {
    const wanted = { ids: JSON.stringify(ids), attribute };
    const pks = concerned.all(this.#connection, wanted).map(({ pk }) => pk);
    const named = new Set(
      ids.length === 0 ? pks : pksOf.all(this.#connection, { ids: wanted.ids }).map(({ pk }) => pk),
    );
    const before = standing
      .all(this.#connection, { pks: JSON.stringify(pks) })
      .map((row): Before => ({ ...row, named: named.has(row.pk) }));
    insert.run(this.#connection, { op, before: JSON.stringify(before), now: nowMs });
    forgetOld.run(this.#connection, {});
  }

  /** @throws AppError `not_found` where it is not known any more; `request_invalid` where a later step changed the same */
  undo(op: string): Memory[] {
    const step = find.get(this.#connection, { op });
    if (step === undefined) throw new AppError('not_found', 'This step can no longer be taken back.');
    const before = JSON.parse(step.before) as readonly Before[];
    const named = JSON.stringify(before.filter(({ named }) => named).map(({ pk }) => pk));
    if ((later.get(this.#connection, { pk: step.pk, pks: named })?.n ?? 0) > 0)
      throw new AppError('request_invalid', 'A later step changed the same memory: take that one back first.');
    for (const { pk, columns, related, evidence } of before) {
      restore.run(this.#connection, { pk, columns });
      unrelate.run(this.#connection, { pk });
      relate.run(this.#connection, { pk, related });
      giveBack.run(this.#connection, { pk, evidence });
    }
    remove.run(this.#connection, { pk: step.pk });
    for (const row of byPks.all(this.#connection, { pks: JSON.stringify(before.map(({ pk }) => pk)) }))
      indexWords.run(this.#connection, { pk: row.pk, text: row.text, names: namesText(row.name, aliasesOf(row)) });
    new BundleWriter(this.#connection).markDirty('memory', memoryKinds);
    return byPks.all(this.#connection, { pks: named }).map(shown);
  }
}
