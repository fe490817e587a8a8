/** What an exclusion names: its key, its id and what it is called, by one of the first two. Reads only. */
import { Source } from '@vivim/contract/conversation';
import type { ExclusionKind } from '@vivim/contract/exclusion';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

export interface NamedExclusion {
  readonly key: string;
  readonly of: string;
  readonly name: string | null;
}

interface Asked {
  readonly key: string | null;
  readonly of: string | null;
}

/** Of a unit its first words are shown, UTF-16 units. */
const shownLength = 120;

const byKind = {
  conversation: statement<Asked, NamedExclusion>(
    (_, p) =>
      sql<NamedExclusion>`SELECT id AS key, id AS "of", title AS name FROM conversation WHERE id IN (${p.key}, ${p.of})`,
  ),
  message: statement<Asked, NamedExclusion>(
    (_, p) => sql<NamedExclusion>`
      SELECT m.id AS key, m.id AS "of", (SELECT substr(text, 1, ${sql.lit(shownLength)}) FROM part WHERE message_pk = m.pk AND text IS NOT NULL ORDER BY ix LIMIT 1) AS name
      FROM message m WHERE m.id IN (${p.key}, ${p.of})`,
  ),
  unit: statement<Asked, NamedExclusion>(
    (_, p) => sql<NamedExclusion>`
      SELECT coalesce(${p.key}, ${p.of}) AS key, a.id AS "of", substr(p.text, a.start_ix + 1, min(a.end_ix - a.start_ix, ${sql.lit(shownLength)})) AS name
      FROM acu a JOIN part p ON p.pk = a.part_pk
      WHERE a.id IN (${p.key}, ${p.of}) OR a.pk IN (SELECT acu_pk FROM former_acu WHERE id IN (${p.key}, ${p.of}))
        OR a.text_key = (SELECT text_key FROM exclusion WHERE kind = 'unit' AND key = ${p.key})
      ORDER BY a.id IN (${p.key}, ${p.of}) DESC, a.pk LIMIT 1`,
  ),
  topic: statement<Asked, NamedExclusion>(
    (_, p) =>
      sql<NamedExclusion>`SELECT key, id AS "of", label AS name FROM topic WHERE key = ${p.key} OR id = ${p.of}`,
  ),
  entity: statement<Asked, NamedExclusion>(
    (_, p) => sql<NamedExclusion>`SELECT key, id AS "of", name FROM entity WHERE key = ${p.key} OR id = ${p.of}`,
  ),
  project: statement<Asked, NamedExclusion>(
    (_, p) => sql<NamedExclusion>`
      SELECT id AS key, id AS "of", coalesce(name, external_id) AS name FROM project WHERE id IN (${p.key}, ${p.of})`,
  ),
} as const;

const kindByLetter: Readonly<Record<string, ExclusionKind>> = {
  c: 'conversation',
  m: 'message',
  a: 'unit',
  t: 'topic',
  e: 'entity',
  p: 'project',
};

/** What an id is of; what is no id names a source. */
export const kindOfId = (of: string): ExclusionKind =>
  (of[1] === '_' ? kindByLetter[of[0] ?? ''] : undefined) ?? 'source';

/** Null where there is no such thing here. @param asked the key or the id of it */
export function nameOf(
  connection: Connection,
  asked: { readonly kind: ExclusionKind; readonly key?: string; readonly of?: string },
): NamedExclusion | null {
  const { kind, key = null, of = null } = asked;
  if (kind === 'source') {
    const source = Source.safeParse(key ?? of);
    return source.success ? { key: source.data, of: source.data, name: source.data } : null;
  }
  return byKind[kind].get(connection, { key, of }) ?? null;
}
