/** Steps of a person on memories that can still be taken back, for them to choose from. Reads only; {@link MemorySteps} takes them back. */
import { isoTime } from '@vivim/contract/clock';
import type { Memory, MemoryStep } from '@vivim/contract/memory';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { statement } from '../statement.ts';
import { type MemoryRow, memoryColumns, memoryTables, shown } from './memory-rows.ts';

interface StepRow {
  pk: number;
  key: string;
  atMs: number;
  operation: string | null;
  before: string;
}

const steps = statement<{ after: number | null; limit: number }, StepRow>(
  (_, p) => sql<StepRow>`
    SELECT s.pk, s.op AS key, s.at_ms AS atMs, o.operation, s.before_json AS before
    FROM memory_step s LEFT JOIN op o ON o.id = s.op
    WHERE ${p.after} IS NULL OR s.pk < ${p.after} ORDER BY s.pk DESC LIMIT ${p.limit}`,
);
const touched = statement<{ after: number }, { pk: number; step: number }>(
  (_, p) => sql<{ pk: number; step: number }>`
    SELECT json_extract(b.value, '$.pk') AS pk, max(s.pk) AS step FROM memory_step s, json_each(s.before_json) b
    WHERE s.pk >= ${p.after} AND json_extract(b.value, '$.named') GROUP BY 1`,
);
const rows = statement<{ pks: string }, MemoryRow>(
  (_, p) => sql<MemoryRow>`
    SELECT ${memoryColumns} FROM ${memoryTables} WHERE m.pk IN (SELECT value FROM json_each(${p.pks}))`,
);

/** Of what a step keeps, as far as a memory shows it. */
interface Before {
  readonly pk: number;
  readonly named: boolean;
  readonly columns: string;
}
type Columns = Pick<MemoryRow, 'kind' | 'text' | 'state' | 'pinned' | 'name' | 'attribute'> & {
  readonly aliases_json: string;
  readonly scopes_json: string;
};

const whatWas: Readonly<Record<string, MemoryStep['what']>> = {
  mergeMemory: 'merge',
  reviewMemory: 'review',
  settleMemoryConflict: 'settle',
};

export class MemoryStepList {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  page({ limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined }): {
    items: MemoryStep[];
    nextCursor: string | null;
  } {
    const [after = null] = cursor === undefined ? [] : decodeCursor<readonly [number]>(cursor, ['number']);
    const found = steps.all(this.#connection, { after, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const newest = new Map(
      touched.all(this.#connection, { after: last?.pk ?? 0 }).map(({ pk, step }) => [pk, step] as const),
    );
    const kept = page.map((row) => ({ row, named: namedIn(row) }));
    const pks = JSON.stringify(kept.flatMap(({ named }) => named.map(({ pk }) => pk)));
    const now = new Map(rows.all(this.#connection, { pks }).map((row) => [row.pk, row]));
    return {
      items: kept.map(({ row, named }) => stepOf(row, named, now, newest)),
      nextCursor: found.length > page.length && last !== undefined ? encodeCursor([last.pk]) : null,
    };
  }
}

const namedIn = ({ before }: StepRow): Before[] =>
  (JSON.parse(before) as readonly Before[]).filter(({ named }) => named);

/** @param now the memories as they are @param newest the last step on each */
function stepOf(
  { pk, key, atMs, operation }: StepRow,
  named: readonly Before[],
  now: ReadonlyMap<number, MemoryRow>,
  newest: ReadonlyMap<number, number>,
): MemoryStep {
  return {
    key,
    at: isoTime(atMs),
    what: whatWas[operation ?? ''] ?? 'change',
    memories: named.flatMap((one): Memory[] => {
      const row = now.get(one.pk);
      if (row === undefined) return [];
      const { aliases_json: aliasesJson, scopes_json: scopesJson, ...was } = JSON.parse(one.columns) as Columns;
      const { kind, text, state, pinned, name, attribute } = was;
      return [shown({ ...row, kind, text, state, pinned, name, attribute, aliasesJson, scopesJson })];
    }),
    covered: named.some((one) => (newest.get(one.pk) ?? pk) > pk),
  };
}
