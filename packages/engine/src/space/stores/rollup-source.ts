/** What a rollup reads of one conversation, and a mark that tells whether it has changed since. Reads only. */
import type { AcuType } from '@vivim/contract/acu';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

export interface RollupUnit {
  readonly acuPk: number;
  readonly messagePk: number;
  readonly byHuman: boolean;
  readonly authorName: string | null;
  readonly type: AcuType;
  readonly createdMs: number | null;
  readonly quality: number;
  readonly text: string;
}

export interface RollupSource {
  readonly title: string | null;
  readonly units: readonly RollupUnit[];
  /** See {@link rollupVersion}. */
  readonly version: string;
}

interface UnitRow extends Omit<RollupUnit, 'byHuman' | 'text'> {
  partPk: number;
  start: number;
  end: number;
  authorKind: string;
}

const usable = sql`a.state = 'active' AND m.hidden = 0 AND m.on_active_path = 1`;

const unitRows = statement<{ pk: number }, UnitRow>(
  (_, p) => sql<UnitRow>`
    SELECT a.pk AS acuPk, a.message_pk AS messagePk, a.part_pk AS partPk, a.start_ix AS start, a.end_ix AS "end",
      a.type, a.created_ms AS createdMs, a.quality, m.author_kind AS authorKind, m.author_name AS authorName
    FROM acu a JOIN message m ON m.pk = a.message_pk
    WHERE a.conversation_pk = ${p.pk} AND ${usable} ORDER BY m.seq, a.ordinal`,
);
const partTexts = statement<{ pk: number }, { pk: number; text: string }>(
  (_, p) => sql<{ pk: number; text: string }>`
    SELECT pk, text FROM part WHERE text IS NOT NULL AND pk IN (SELECT part_pk FROM acu WHERE conversation_pk = ${p.pk})`,
);
const titleOf = statement<{ pk: number }, { title: string | null; contentHash: string; units: number }>(
  (_, p) => sql<{ title: string | null; contentHash: string; units: number }>`
    SELECT title, content_hash AS contentHash, (SELECT count(*) FROM acu WHERE conversation_pk = ${p.pk}) AS units
    FROM conversation WHERE pk = ${p.pk}`,
);

export function rollupSource(connection: Connection, pk: number): RollupSource {
  const texts = new Map(partTexts.all(connection, { pk }).map((part) => [part.pk, part.text]));
  const units = unitRows.all(connection, { pk }).map(
    ({ partPk, start, end, authorKind, ...row }): RollupUnit => ({
      ...row,
      // What was quoted or attached is not in their own words.
      byHuman: authorKind === 'human' && row.type !== 'reference',
      text: (texts.get(partPk) ?? '').slice(start, end),
    }),
  );
  return { title: titleOf.get(connection, { pk })?.title ?? null, units, version: rollupVersion(connection, pk) };
}

/** The content of the conversation as captured and how many units stand on it. */
export function rollupVersion(connection: Connection, pk: number): string {
  const row = titleOf.get(connection, { pk });
  return row === undefined ? 'gone' : `${row.contentHash} ${row.units} ${row.title ?? ''}`;
}
