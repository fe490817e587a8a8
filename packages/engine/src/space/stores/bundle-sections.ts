/**
 * Sections of standing bundles: the lines each came to, and what it is made from. One that is dirty is made anew; the others stand.
 * Knows nothing of what makes a section.
 */
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import type { CompiledBundle, SectionLine } from './bundle-shape.ts';

const clean = statement<{ kind: string; subject: string }, { section: string; linesJson: string }>(
  (_, p) => sql<{ section: string; linesJson: string }>`
    SELECT s.section, s.lines_json AS linesJson FROM bundle b JOIN bundle_section s ON s.bundle_pk = b.pk
    WHERE b.kind = ${p.kind} AND b.subject = ${p.subject} AND s.dirty = 0`,
);
const drop = statement<{ pk: number; keys: string }>(
  (_, p) => sql`
    DELETE FROM bundle_section WHERE bundle_pk = ${p.pk} AND section NOT IN (SELECT value FROM json_each(${p.keys}))`,
);
const put = statement<{ pk: number; section: string; linesJson: string }>(
  (_, p) => sql`
    INSERT INTO bundle_section (bundle_pk, section, lines_json) VALUES (${p.pk}, ${p.section}, ${p.linesJson})
    ON CONFLICT (bundle_pk, section) DO UPDATE SET dirty = 0, lines_json = excluded.lines_json`,
);
const forget = statement<{ pk: number; keys: string }>(
  (_, p) => sql`
    DELETE FROM bundle_source WHERE bundle_pk = ${p.pk} AND section NOT IN (SELECT value FROM json_each(${p.keys}))`,
);
const add = statement<{ pk: number; section: string; kind: string; key: string }>(
  (_, p) => sql`
    INSERT OR IGNORE INTO bundle_source (bundle_pk, section, kind, key) VALUES (${p.pk}, ${p.section}, ${p.kind}, ${p.key})`,
);
const dirty = statement<{ kind: string; keys: string }>(
  (_, p) => sql`
    UPDATE bundle_section SET dirty = 1 WHERE dirty = 0 AND (bundle_pk, section) IN (
      SELECT bundle_pk, section FROM bundle_source WHERE kind = ${p.kind} AND key IN (SELECT value FROM json_each(${p.keys})))`,
);

export function keptSections(connection: Connection, kind: string, subject: string): Map<string, SectionLine[]> {
  return new Map(clean.all(connection, { kind, subject }).map((row) => [row.section, JSON.parse(row.linesJson)]));
}

/** Keep what was made anew, leave what stood, take away what is no section any more. */
export function putSections(
  connection: Connection,
  pk: number,
  { sources, sections }: Pick<CompiledBundle, 'sources' | 'sections'>,
): void {
  drop.run(connection, { pk, keys: JSON.stringify(sections.map(({ key }) => key)) });
  const standing = sections.filter((section) => section.sources === null).map(({ key }) => key);
  forget.run(connection, { pk, keys: JSON.stringify(standing) });
  for (const source of sources) add.run(connection, { pk, section: '', ...source });
  for (const { key, lines, sources: own } of sections) {
    if (own === null) continue;
    put.run(connection, { pk, section: key, linesJson: JSON.stringify(lines) });
    for (const source of own) add.run(connection, { pk, section: key, ...source });
  }
}

/** Mark the sections made from any of these. */
export const soil = (connection: Connection, made: { kind: string; keys: string }): void => {
  dirty.run(connection, made);
};
