/** Memories a page at a time, narrowed and in order, and what there is to narrow to. Writes nothing. */
import type { MemoryChoices, MemoryKind, MemoryOrigin, MemoryState } from '@vivim/contract/memory';
import { memoryStates } from '@vivim/contract/memory';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { statement } from '../statement.ts';
import { type MemoryRow, memoryColumns, memoryTables } from './memory-rows.ts';

export interface MemoryPageOptions {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly kind?: MemoryKind | undefined;
  readonly origin?: MemoryOrigin | undefined;
  readonly state?: MemoryState | undefined;
  readonly projectId?: string | undefined;
  readonly says?: string | undefined;
  readonly exactly?: string | undefined;
  readonly domain?: string | undefined;
  /** To be looked at again by then, ms UTC. */
  readonly dueBy?: number | undefined;
}

interface Filters {
  kind: string | null;
  origin: string | null;
  state: string;
  projectId: string | null;
  says: string | null;
  exactly: string | null;
  domain: string | null;
  dueBy: number | null;
}
const pageOf = statement<Filters & { pinned: number | null; learnt: number; pk: number; limit: number }, MemoryRow>(
  (_, p) => sql<MemoryRow>`
    SELECT ${memoryColumns} FROM ${memoryTables}
    WHERE m.state = ${p.state} AND (${p.kind} IS NULL OR m.kind = ${p.kind})
      AND (${p.origin} IS NULL OR m.origin = ${p.origin}) AND (${p.projectId} IS NULL OR m.project_id = ${p.projectId})
      AND (${p.says} IS NULL OR instr(fold_text(m.text), fold_text(${p.says})) > 0)
      AND (${p.exactly} IS NULL OR fold_text(m.text) = fold_text(${p.exactly}))
      AND (${p.domain} IS NULL OR EXISTS (SELECT 1 FROM json_each(m.scopes_json) WHERE value = ${p.domain}))
      AND (${p.dueBy} IS NULL OR m.review_ms <= ${p.dueBy})
      AND (${p.pinned} IS NULL OR (m.pinned, m.learnt_ms, -m.pk) < (${p.pinned}, ${p.learnt}, -${p.pk}))
    ORDER BY m.pinned DESC, m.learnt_ms DESC, m.pk LIMIT ${p.limit}`,
);
const ofStates = statement<{ now: number }, { state: MemoryState; memories: number; due: number }>(
  (_, p) => sql<{ state: MemoryState; memories: number; due: number }>`
    SELECT state, count(*) AS memories, count(*) FILTER (WHERE review_ms <= ${p.now}) AS due FROM memory GROUP BY state`,
);
/** More than a menu shows. */
const mostDomains = 100;
const ofDomains = statement<Record<never, never>, { name: string; memories: number }>(
  () => sql<{ name: string; memories: number }>`
    SELECT s.value AS name, count(*) AS memories FROM memory m, json_each(m.scopes_json) s
    WHERE m.state = 'active' AND m.scopes_json <> '[]' GROUP BY s.value ORDER BY memories DESC, name LIMIT ${sql.lit(mostDomains)}`,
);

/** Pinned first, then the newest. @throws AppError `cursor_invalid` */
export function memoryPage(
  connection: Connection,
  options: MemoryPageOptions,
): { rows: MemoryRow[]; nextCursor: string | null } {
  const [pinned, learnt, pk] =
    options.cursor === undefined
      ? [null, 0, 0]
      : decodeCursor<readonly [number, number, number]>(options.cursor, ['number', 'number', 'number']);
  const found = pageOf.all(connection, {
    kind: options.kind ?? null,
    origin: options.origin ?? null,
    state: options.state ?? 'active',
    projectId: options.projectId ?? null,
    says: options.says ?? null,
    exactly: options.exactly ?? null,
    domain: options.domain ?? null,
    dueBy: options.dueBy ?? null,
    pinned,
    learnt,
    pk,
    limit: options.limit + 1,
  });
  const rows = found.slice(0, options.limit);
  const last = rows.at(-1);
  const more = found.length > options.limit && last !== undefined;
  return { rows, nextCursor: more ? encodeCursor([last.pinned, last.learntMs, last.pk]) : null };
}

export function memoryChoices(connection: Connection, nowMs: number): MemoryChoices {
  const rows = ofStates.all(connection, { now: nowMs });
  const count = (state: MemoryState): number => rows.find((row) => row.state === state)?.memories ?? 0;
  return {
    states: Object.fromEntries(memoryStates.map((state) => [state, count(state)])) as MemoryChoices['states'],
    due: rows.find(({ state }) => state === 'active')?.due ?? 0,
    domains: ofDomains.all(connection, {}),
  };
}
