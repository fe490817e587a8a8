/**
 * What a person decides about memories: two that are one, which of contradicting ones hold, whether one still does. Every decision
 * stays when memories are looked for again. Never decides anything itself.
 */
import { AppError } from '@vivim/contract/errors';
import type { MemoryId } from '@vivim/contract/ids';
import {
  type ConflictDecision,
  type Memory,
  type MemoryConflict,
  type MemoryKind,
  memoryKinds,
} from '@vivim/contract/memory';
import type { Page } from '@vivim/contract/page';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { statement } from '../statement.ts';
import { BundleWriter } from './bundles.ts';
import { MemoryFindings } from './memory-findings.ts';
import { nextReview } from './memory-reviews.ts';
import { type MemoryRow, memoryColumns, memoryTables, shown } from './memory-rows.ts';

const byId = statement<{ id: string }, MemoryRow & { reviewDays: number }>(
  (_, p) => sql<MemoryRow & { reviewDays: number }>`
    SELECT ${memoryColumns}, m.review_days AS reviewDays FROM ${memoryTables} WHERE m.id = ${p.id}`,
);
const due = statement<{ now: number; at: number; pk: number; limit: number }, MemoryRow>(
  (_, p) => sql<MemoryRow>`
    SELECT ${memoryColumns} FROM ${memoryTables}
    WHERE m.state = 'active' AND m.review_ms IS NOT NULL AND m.review_ms <= ${p.now} AND (m.review_ms, m.pk) > (${p.at}, ${p.pk})
    ORDER BY m.review_ms, m.pk LIMIT ${p.limit}`,
);
const contradicting = sql`attribute IS NOT NULL AND merged_pk IS NULL AND state IN ('active','candidate')`;
const conflicts = statement<{ after: string; limit: number }, { attribute: string }>(
  (_, p) => sql<{ attribute: string }>`
    SELECT attribute FROM memory WHERE ${contradicting} AND attribute > ${p.after}
    GROUP BY attribute HAVING count(DISTINCT value) > 1 AND sum(settled_ms IS NULL) > 0 ORDER BY attribute LIMIT ${p.limit}`,
);
const rivals = statement<{ attribute: string }, MemoryRow>(
  (_, p) => sql<MemoryRow>`
    SELECT ${memoryColumns} FROM ${memoryTables}
    WHERE m.attribute = ${p.attribute} AND m.merged_pk IS NULL AND m.state IN ('active','candidate')
    ORDER BY m.valid_from_ms DESC, m.learnt_ms DESC, m.id`,
);
const keep = statement<{ pk: number; now: number }>(
  (_, p) => sql`UPDATE memory SET state = 'active', settled_ms = ${p.now}, valid_to_ms = NULL WHERE pk = ${p.pk}`,
);
const give = statement<{ pk: number; now: number }>(
  (_, p) => sql`
    UPDATE memory SET state = 'superseded', settled_ms = ${p.now}, valid_to_ms = coalesce(valid_to_ms, ${p.now}) WHERE pk = ${p.pk}`,
);
const replaces = statement<{ pk: number; other: number }>(
  (_, p) => sql`UPDATE memory SET supersedes_pk = ${p.other} WHERE pk = ${p.pk}`,
);
const moveEvidence = statement<{ from: number; into: number }>(
  (_, p) => sql`UPDATE OR IGNORE memory_evidence SET memory_pk = ${p.into} WHERE memory_pk = ${p.from}`,
);
const moveMerged = statement<{ from: number; into: number }>(
  (_, p) => sql`UPDATE memory SET merged_pk = ${p.into} WHERE merged_pk = ${p.from}`,
);
const merged = statement<{ from: number; into: number; now: number }>(
  (_, p) => sql`
    UPDATE memory SET merged_pk = ${p.into}, state = 'superseded', changed_ms = ${p.now}, pinned = 0 WHERE pk = ${p.from}`,
);
const touch = statement<{ pk: number; now: number }>(
  (_, p) => sql`UPDATE memory SET changed_ms = ${p.now}, state = 'active' WHERE pk = ${p.pk}`,
);
const reviewed = statement<{ pk: number; state: string; now: number; reviewMs: number | null; reviewDays: number }>(
  (_, p) => sql`
    UPDATE memory SET state = ${p.state}, changed_ms = ${p.now}, review_ms = ${p.reviewMs}, review_days = ${p.reviewDays},
      valid_to_ms = CASE WHEN ${p.state} = 'archived' THEN ${p.now} ELSE valid_to_ms END
    WHERE pk = ${p.pk}`,
);

export class MemoryDecisionReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** To be looked at again by now; those first that wait longest. @throws AppError `cursor_invalid` */
  due(nowMs: number, { limit, cursor }: { limit: number; cursor?: string | undefined }): Page<Memory> {
    const [at, pk] =
      cursor === undefined
        ? [Number.MIN_SAFE_INTEGER, 0]
        : decodeCursor<readonly [number, number]>(cursor, ['number', 'number']);
    const rows = due.all(this.connection, { now: nowMs, at, pk, limit: limit + 1 });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const more = rows.length > limit && last !== undefined;
    return { items: items.map(shown), nextCursor: more ? encodeCursor([last.reviewMs ?? 0, last.pk]) : null };
  }

  /** @throws AppError `cursor_invalid` */
  conflicts({ limit, cursor }: { limit: number; cursor?: string | undefined }): Page<MemoryConflict> {
    const [after] = cursor === undefined ? [''] : decodeCursor<readonly [string]>(cursor, ['string']);
    const rows = conflicts.all(this.connection, { after, limit: limit + 1 });
    const items = rows.slice(0, limit).map(({ attribute }) => this.#conflict(attribute));
    const last = items.at(-1);
    return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.attribute]) : null };
  }

  #conflict(attribute: string): MemoryConflict {
    return { attribute, memories: rivals.all(this.connection, { attribute }).map(shown) };
  }
}

export class MemoryDecisionWriter extends MemoryDecisionReader {
  /** @throws AppError `not_found` where nothing of this attribute is in question, or one to keep is not among it */
  settle({ attribute, keep: kept }: ConflictDecision, nowMs: number): MemoryConflict {
    const rows = rivals.all(this.connection, { attribute });
    const holding = new Set<string>(kept);
    const held = rows.filter(({ id }) => holding.has(id));
    const given = rows.filter(({ id }) => !holding.has(id));
    const [first] = held;
    if (first === undefined || held.length !== holding.size) throw new AppError('not_found');
    for (const { pk } of held) keep.run(this.connection, { pk, now: nowMs });
    for (const { pk } of given) give.run(this.connection, { pk, now: nowMs });
    if (given[0] !== undefined) replaces.run(this.connection, { pk: first.pk, other: given[0].pk });
    this.#changed();
    return { attribute, memories: rivals.all(this.connection, { attribute }).map(shown) };
  }

  /** @throws AppError `not_found` for either; `request_invalid` for a memory with itself */
  merge(id: MemoryId, into: MemoryId, nowMs: number): Memory {
    const [from, to] = [this.#mustFind(id), this.#mustFind(into)];
    if (from.pk === to.pk) throw new AppError('request_invalid', 'A memory cannot be merged with itself.');
    const pks = { from: from.pk, into: to.pk };
    moveEvidence.run(this.connection, pks);
    moveMerged.run(this.connection, pks);
    merged.run(this.connection, { ...pks, now: nowMs });
    touch.run(this.connection, { pk: to.pk, now: nowMs });
    const attributes = new Set([from, to].flatMap(({ attribute }) => attribute ?? []));
    new MemoryFindings(this.connection).settle(new Set([to.pk]), attributes);
    this.#changed();
    return shown(this.#mustFind(into));
  }

  /** @throws AppError `not_found` */
  review(id: MemoryId, outcome: 'holds' | 'gone', nowMs: number): Memory {
    const row = this.#mustFind(id);
    const next = outcome === 'holds' ? nextReview(row, nowMs) : { reviewMs: null, reviewDays: row.reviewDays };
    const state = outcome === 'holds' ? 'active' : 'archived';
    reviewed.run(this.connection, { pk: row.pk, state, now: nowMs, ...next });
    this.#changed([row.kind]);
    return shown(this.#mustFind(id));
  }

  #mustFind(id: MemoryId): MemoryRow & { reviewDays: number } {
    const row = byId.get(this.connection, { id });
    if (row === undefined) throw new AppError('not_found');
    return row;
  }

  /** @param kinds left out: any */
  #changed(kinds: readonly MemoryKind[] = memoryKinds): void {
    new BundleWriter(this.connection).markDirty('memory', kinds);
  }
}
