/**
 * What being kept out of contexts means, as conditions over `acu a`, `message m` and `conversation c`. The one place that says it;
 * never says who asks.
 */
import { sql } from 'kysely';

const held = (kind: string, key: string) =>
  sql`EXISTS (SELECT 1 FROM exclusion x WHERE x.kind = ${sql.lit(kind)} AND x.key = ${sql.ref(key)})`;

/** Keys of the topics or entities that are kept out, as what they count as now. */
export const excludedHeads = (kind: 'topic' | 'entity') => sql`
  SELECT coalesce(h.head_key, h.key) FROM exclusion x JOIN ${sql.table(kind)} h ON h.key = x.key WHERE x.kind = ${sql.lit(kind)}`;

const belongs = (kind: 'topic' | 'entity') => sql`EXISTS (
  SELECT 1 FROM ${sql.table(`${kind}_acu`)} u JOIN ${sql.table(kind)} t ON t.pk = ${sql.ref(`u.${kind}_pk`)}
  WHERE u.acu_pk = a.pk AND coalesce(t.head_key, t.key) IN (${excludedHeads(kind)}))`;

/** Over `conversation c`: for itself, its source or its project. */
export const excludedConversation = sql`(${held('conversation', 'c.id')} OR ${held('source', 'c.source')}
  OR (c.project_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM project pr JOIN exclusion x ON x.kind = 'project' AND x.key = pr.id
    WHERE pr.source = c.source AND pr.external_id = c.project_id)))`;

/** Over `message m` and `conversation c`. */
export const excludedMessage = sql`(${held('message', 'm.id')} OR ${excludedConversation})`;

/** Keys of the words of an `exclusion x` of a unit: as they were when it was made, and of what its id leads to now. */
export const wordsKeptOut = sql`
  SELECT x.text_key WHERE x.text_key IS NOT NULL
  UNION ALL SELECT said.text_key FROM acu said WHERE said.id = x.key
  UNION ALL SELECT said.text_key FROM former_acu f JOIN acu said ON said.pk = f.acu_pk WHERE f.id = x.key`;

/** Over `acu a`: its words, wherever they were said and whatever id they had, or what it belongs to. */
export const excludedUnit = sql`(a.text_key IN (
    SELECT x.text_key FROM exclusion x WHERE x.kind = 'unit' AND x.text_key IS NOT NULL
    UNION ALL SELECT said.text_key FROM exclusion x JOIN acu said ON said.id = x.key WHERE x.kind = 'unit'
    UNION ALL SELECT said.text_key FROM exclusion x JOIN former_acu f ON f.id = x.key JOIN acu said ON said.pk = f.acu_pk WHERE x.kind = 'unit')
  OR ${belongs('topic')} OR ${belongs('entity')})`;
