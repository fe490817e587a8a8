/** What is shown of the issues of a run with the run itself: the first of them, and one line for all that its owner erased. Reads alone. */
import type { ImportIssue } from '@vivim/contract/imports';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { issueColumns } from './import-entries.ts';
import { erasedByYou, type ImportRow } from './import-shape.ts';

/** Conversations that were left out because they were erased: a file may hold thousands. */
const ofErased = sql`(severity = 'skipped' AND code = ${erasedByYou} AND stream IS NOT NULL)`;

const first = statement<{ runPk: number; together: number; limit: number }, ImportIssue>(
  (_, p) => sql<ImportIssue>`
    SELECT ${issueColumns} FROM import_issue WHERE run_pk = ${p.runPk} AND NOT (${p.together} = 1 AND ${ofErased})
    ORDER BY pk LIMIT ${p.limit}`,
);
const counts = statement<{ runPk: number }, { all: number; erased: number }>(
  (_, p) => sql<{ all: number; erased: number }>`
    SELECT count(*) AS "all", coalesce(sum(${ofErased}), 0) AS erased FROM import_issue WHERE run_pk = ${p.runPk}`,
);

/** @returns the first issues, those of erased conversations as one, and how many lines there are of all */
export function shownIssues(
  connection: Connection,
  { pk, id }: Pick<ImportRow, 'pk' | 'id'>,
  limit: number,
): { readonly issues: ImportIssue[]; readonly count: number } {
  const { all, erased } = counts.get(connection, { runPk: pk }) ?? { all: 0, erased: 0 };
  if (erased < 2) return { issues: first.all(connection, { runPk: pk, together: 0, limit }), count: all };
  const summary: ImportIssue = {
    severity: 'skipped',
    code: erasedByYou,
    path: `${erased} conversations`,
    externalId: null,
    title: null,
    detail: `Erased by you, and left out. Which place of the file each has: vivim imports report ${id}. To let them in again: vivim erase list, then vivim erase allow, then import the file again.`,
  };
  const others = first.all(connection, { runPk: pk, together: 1, limit: limit - 1 });
  return { issues: [summary, ...others], count: all - erased + 1 };
}
