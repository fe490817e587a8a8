/**
 * What an import brought beside conversations, one by one: read from what is kept of it now, so that what was erased since is in no list.
 * Memories count where a record or a conversation of the import said them first.
 */
import { type ImportKept, keptKinds } from '@vivim/contract/imports';
import type { Page } from '@vivim/contract/page';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { statement } from '../statement.ts';

interface Row extends Omit<ImportKept, 'kind'> {
  /** Place in {@link keptKinds}. */
  readonly kind: number;
  readonly pk: number;
}

const most = 300;
/** A document is of the record its version names by its hash (`versionOf`). */
const rows = statement<{ runPk: number; kind: number; pk: number; limit: number }, Row>(
  (_, p) => sql<Row>`
    WITH record AS (SELECT pk, source, sha256 FROM sidecar_record WHERE run_pk = ${p.runPk}),
    kept AS (
      SELECT 0 AS kind, p.pk, p.source, coalesce(p.name, p.external_id) AS label, NULL AS memoryId, p.id AS projectId,
        NULL AS conversationId
      FROM record r JOIN project p ON p.record_pk = r.pk
      UNION ALL
      SELECT 1, d.pk, p.source, coalesce(d.name, d.text), NULL, p.id, NULL
      FROM record r JOIN project_document d ON substr(d.version, 18) = r.sha256 JOIN project p ON p.pk = d.project_pk
      UNION ALL
      SELECT 2, m.pk, m.source, m.text, m.id, (SELECT id FROM project WHERE id = m.project_id), min(c.id)
      FROM memory m JOIN memory_evidence e ON e.memory_pk = m.pk
        LEFT JOIN message s ON s.pk = e.message_pk LEFT JOIN conversation c ON c.pk = s.conversation_pk
      WHERE m.origin = 'imported' AND (e.record_pk IN (SELECT pk FROM record) OR c.first_run_pk = ${p.runPk})
      GROUP BY m.pk
      UNION ALL
      SELECT 3, f.pk, f.source, f.rating || coalesce(': ' || f.comment, ''), NULL, NULL,
        (SELECT id FROM conversation WHERE source = f.source AND external_id = f.conversation_key LIMIT 1)
      FROM record r JOIN feedback f ON f.record_pk = r.pk
    )
    SELECT kind, pk, source, substr(label, 1, ${most}) AS label, memoryId, projectId, conversationId
    FROM kept WHERE (kind, pk) > (${p.kind}, ${p.pk}) ORDER BY kind, pk LIMIT ${p.limit}`,
);

/** @throws AppError `cursor_invalid` */
export function keptPage(
  connection: Connection,
  runPk: number,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Page<ImportKept> {
  const [kind, pk] =
    cursor === undefined ? [-1, 0] : decodeCursor<readonly [number, number]>(cursor, ['number', 'number']);
  const found = rows.all(connection, { runPk, kind, pk, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ kind: at, pk: _, ...row }) => ({ kind: keptKinds[at] ?? 'memory', ...row })),
    nextCursor: found.length > limit && last !== undefined ? encodeCursor([last.kind, last.pk]) : null,
  };
}
