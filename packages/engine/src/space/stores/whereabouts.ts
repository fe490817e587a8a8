/** What became of conversations of a name or an id, over all imports. Reads alone. */
import { isoTime } from '@vivim/contract/clock';
import type { Source } from '@vivim/contract/conversation';
import type { ConversationId, ImportId } from '@vivim/contract/ids';
import type { Whereabouts } from '@vivim/contract/whereabouts';
import { foldText } from '@vivim/contract/words';
import { type RawBuilder, sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { placeColumn } from './import-entries.ts';

/** Of each kind. */
const listed = 25;

interface HereRow {
  readonly id: ConversationId;
  readonly title: string | null;
  readonly externalId: string | null;
  readonly source: Source;
  readonly messageCount: number;
  readonly deletedMs: number | null;
  readonly firstId: ImportId;
  readonly firstName: string;
  readonly firstMs: number;
  readonly lastId: ImportId;
  readonly lastName: string;
  readonly lastMs: number;
  readonly firstPlace: string | null;
  readonly lastPlace: string | null;
}
interface LeftOutRow {
  readonly title: string | null;
  readonly externalId: string | null;
  readonly importId: ImportId;
  readonly fileName: string;
  readonly atMs: number;
  readonly code: string;
  readonly detail: string;
  readonly place: string | null;
}

/** In a run, the first place of a conversation. */
const placeIn = (runPk: RawBuilder<unknown>) => sql`(
  SELECT ${placeColumn} FROM import_entry e LEFT JOIN import_stream s ON s.run_pk = e.run_pk AND s.stream = e.stream
  WHERE e.conversation_pk = c.pk AND e.run_pk = ${runPk} ORDER BY e.stream, e.element LIMIT 1)`;

/** Of the files that held a conversation the newest: by when it was made, where it says so, and else by when it came. */
const newestRun = sql`(
  SELECT e.run_pk FROM import_entry e JOIN import_run r ON r.pk = e.run_pk
  WHERE e.conversation_pk = c.pk ORDER BY coalesce(r.as_of_ms, r.created_ms) DESC, r.pk DESC LIMIT 1)`;

/** Whether a title holds every word, case and accents aside. */
const says = (title: RawBuilder<unknown>, words: unknown) => sql`(${title} IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM json_each(${words}) w, (SELECT fold_text(${title}) AS title) t WHERE NOT instr(t.title, w.value)))`;

const here = statement<{ q: string; words: string; limit: number }, HereRow>(
  (_, p) => sql<HereRow>`
    SELECT c.id, c.title, c.external_id AS externalId, c.source, c.message_count AS messageCount,
      c.deleted_in_source_ms AS deletedMs, f.id AS firstId, f.file_name AS firstName, f.created_ms AS firstMs,
      l.id AS lastId, l.file_name AS lastName, l.created_ms AS lastMs,
      ${placeIn(sql`f.pk`)} AS firstPlace, ${placeIn(sql`l.pk`)} AS lastPlace
    FROM conversation c JOIN import_run f ON f.pk = c.first_run_pk
      JOIN import_run l ON l.pk = coalesce(${newestRun}, c.last_run_pk)
    WHERE c.id = ${p.q} OR c.external_id = ${p.q} OR ${says(sql`c.title`, p.words)}
    ORDER BY c.sort_ms DESC, c.pk DESC LIMIT ${p.limit}`,
);
const leftOut = statement<{ q: string; words: string; limit: number }, LeftOutRow>(
  (_, p) => sql<LeftOutRow>`
    SELECT i.title, i.external_id AS externalId, r.id AS importId, r.file_name AS fileName, r.created_ms AS atMs, i.code,
      i.detail, CASE WHEN e.run_pk IS NULL THEN NULL ELSE ${placeColumn} END AS place
    FROM import_issue i JOIN import_run r ON r.pk = i.run_pk
      LEFT JOIN import_entry e ON e.run_pk = i.run_pk AND e.stream = i.stream AND e.element = i.element
      LEFT JOIN import_stream s ON s.run_pk = e.run_pk AND s.stream = e.stream
    WHERE i.severity = 'skipped' AND (i.external_id = ${p.q} OR ${says(sql`i.title`, p.words)})
    ORDER BY i.pk DESC LIMIT ${p.limit}`,
);
const countImports = statement<Record<never, never>, { n: number }>(
  () => sql<{ n: number }>`SELECT count(*) AS n FROM import_run WHERE state IN ('done', 'failed', 'cancelled')`,
);

const importOf = (id: ImportId, fileName: string, ms: number, place: string | null) => ({
  id,
  fileName,
  at: isoTime(ms),
  place,
});

export function whereabouts(connection: Connection, q: string): Whereabouts {
  // Where there is no word, the signs themselves.
  const words = q.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [q];
  const asked = { q, words: JSON.stringify(words.map(foldText)), limit: listed + 1 };
  const found = here.all(connection, asked);
  const missed = leftOut.all(connection, asked);
  return {
    items: [
      ...found.slice(0, listed).map((row) => ({
        state: 'here' as const,
        conversationId: row.id,
        title: row.title,
        externalId: row.externalId,
        source: row.source,
        messageCount: row.messageCount,
        firstImport: importOf(row.firstId, row.firstName, row.firstMs, row.firstPlace),
        lastImport: importOf(row.lastId, row.lastName, row.lastMs, row.lastPlace),
        deletedInSourceAt: isoTime(row.deletedMs),
      })),
      ...missed.slice(0, listed).map(({ importId, fileName, atMs, place, ...row }) => ({
        state: 'left_out' as const,
        ...row,
        import: importOf(importId, fileName, atMs, place),
      })),
    ],
    more: found.length > listed || missed.length > listed,
    imports: countImports.get(connection, {})?.n ?? 0,
  };
}
