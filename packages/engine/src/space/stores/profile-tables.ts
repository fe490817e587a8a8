/**
 * The statements that topics and entities have in common: their tables have the same columns under other names.
 * Knows no rule of what counts; see `profile-standing.ts` and `profile-groups.ts`.
 */
import { sql } from 'kysely';
import type { FormKind } from '../profile-observation.ts';
import { statement } from '../statement.ts';

export type ProfileKind = 'topic' | 'entity';

export interface ContributionRow {
  pk: number;
  key: string;
  titled: number;
  strength: number;
  messages: number;
  acus: number;
  firstMs: number | null;
  lastMs: number | null;
  formsJson: string;
  saidJson: string;
}

/** One way of writing, with its own figures of one conversation, and the profile it counts as. */
export interface HeadedContribution extends Omit<ContributionRow, 'pk' | 'key' | 'formsJson' | 'firstMs' | 'lastMs'> {
  conversation: number;
  head: string;
}

export interface ProfileRow {
  pk: number;
  id: string;
  key: string;
  /** What ways of writing it share. */
  fold: string;
  headKey: string | null;
  said: number;
  name: string;
  type: string;
  aliasesJson: string;
  conversations: number;
  messages: number;
  acus: number;
  titled: number;
  strength: number;
  firstMs: number | null;
  lastMs: number | null;
  weight: number;
  visible: number;
  pinned: number;
  hidden: number;
}

/**
 * Which rows are in lists and bundles. A name that is somebody's or some place's is no topic beside: what an entity is called by
 * is told there. A topic's key is singular, a name's is not: "jame" is James.
 */
export function isShown(kind: ProfileKind, as: string = kind) {
  const visible = sql.ref(`${as}.visible`);
  return kind === 'entity'
    ? sql`${visible} = 1`
    : sql`${visible} = 1 AND NOT EXISTS (
        SELECT 1 FROM entity e JOIN entity h ON h.key = coalesce(e.head_key, e.key)
        WHERE e.key IN (${sql.ref(`${as}.key`)}, ${sql.ref(`${as}.key`)} || 's') AND h.visible = 1
          AND h.type IN ('person','place','organisation','event') AND ${sql.ref(`${as}.pinned`)} = 0)`;
}

/** The columns of a {@link ProfileRow}. @param as what the table is called in the statement */
export function profileColumns(kind: ProfileKind, as: string) {
  const of = (column: string) => sql.ref(`${as}.${column}`);
  return sql`${of('pk')}, ${of('id')}, ${of('key')}, ${of('fold')}, ${of('head_key')} AS headKey, ${of('said')},
    ${of(kind === 'topic' ? 'label' : 'name')} AS name, ${kind === 'topic' ? sql`''` : of('type')} AS type,
    ${of('aliases_json')} AS aliasesJson, ${of('conversations')}, ${of('messages')}, ${of('acus')}, ${of('titled')},
    ${of('strength')}, ${of('first_ms')} AS firstMs, ${of('last_ms')} AS lastMs, ${of('weight')}, ${of('visible')},
    ${of('pinned')}, ${of('hidden')}`;
}

type Settled = Omit<ProfileRow, 'id' | 'key' | 'fold' | 'headKey' | 'said'>;

const made = { topic: profileTables('topic'), entity: profileTables('entity') };

export const tablesOf = (kind: ProfileKind): ProfileTables => made[kind];
export type ProfileTables = ReturnType<typeof profileTables>;

function profileTables(kind: ProfileKind) {
  const profile = sql.table(kind);
  const units = sql.table(`${kind}_acu`);
  const contribution = sql.table(`${kind}_conversation`);
  const form = sql.table(`${kind}_form`);
  const owner = sql.ref(`${kind}_pk`);
  const name = sql.ref(kind === 'topic' ? 'label' : 'name');
  const setType = (value: unknown) => (kind === 'topic' ? sql`` : sql`, type = ${value}`);
  const columns = profileColumns(kind, kind);
  const figures = sql`c.titled, c.strength, c.messages, c.acus, c.said_json AS saidJson`;
  const members = (key: unknown) => sql`(SELECT pk FROM ${profile} WHERE key = ${key} OR head_key = ${key})`;
  return {
    byKey: statement<{ key: string }, ProfileRow>(
      (_, p) => sql<ProfileRow>`SELECT ${columns} FROM ${profile} WHERE key = ${p.key}`,
    ),
    byId: statement<{ id: string }, ProfileRow>(
      (_, p) => sql<ProfileRow>`SELECT ${columns} FROM ${profile} WHERE id = ${p.id}`,
    ),
    create: statement<{ id: string; key: string; name: string; fold: string }>((_, p) =>
      kind === 'topic'
        ? sql`INSERT INTO topic (id, key, label, fold) VALUES (${p.id}, ${p.key}, ${p.name}, ${p.fold})`
        : sql`INSERT INTO entity (id, key, name, type, fold) VALUES (${p.id}, ${p.key}, ${p.name}, 'unknown', ${p.fold})`,
    ),
    refold: statement<{ pk: number; fold: string }>(
      (_, p) => sql`UPDATE ${profile} SET fold = ${p.fold} WHERE pk = ${p.pk}`,
    ),
    settle: statement<Settled>(
      (_, p) => sql`
        UPDATE ${profile} SET ${name} = ${p.name}${setType(p.type)}, aliases_json = ${p.aliasesJson},
          conversations = ${p.conversations}, messages = ${p.messages}, acus = ${p.acus}, titled = ${p.titled},
          strength = ${p.strength}, first_ms = ${p.firstMs}, last_ms = ${p.lastMs}, weight = ${p.weight},
          visible = ${p.visible}, pinned = ${p.pinned}, hidden = ${p.hidden}
        WHERE pk = ${p.pk}`,
    ),
    setSaid: statement<{ pk: number; said: number }>(
      (_, p) => sql`UPDATE ${profile} SET said = ${p.said} WHERE pk = ${p.pk}`,
    ),
    setHead: statement<{ pk: number; head: string | null }>(
      (_, p) => sql`UPDATE ${profile} SET head_key = ${p.head} WHERE pk = ${p.pk}`,
    ),
    /** One that counts as another has no figures of its own. */
    silence: statement<{ pk: number }>(
      (_, p) => sql`
        UPDATE ${profile} SET ${name} = key${setType('unknown')}, aliases_json = '[]', conversations = 0, messages = 0,
          acus = 0, titled = 0, strength = 0, first_ms = NULL, last_ms = NULL, weight = 0, visible = 0, pinned = 0, hidden = 0
        WHERE pk = ${p.pk}`,
    ),
    /** Gone where no conversation says it and nothing counts as it. */
    removeSilent: statement<{ key: string }>(
      (_, p) => sql`
        DELETE FROM ${profile} WHERE key = ${p.key} AND said = 0
          AND NOT EXISTS (SELECT 1 FROM ${profile} o WHERE o.head_key = ${p.key})`,
    ),
    /** All that count as this key, itself first. */
    members: statement<{ key: string }, { pk: number; key: string }>(
      (_, p) => sql<{ pk: number; key: string }>`
        SELECT pk, key FROM ${profile} WHERE key = ${p.key} OR head_key = ${p.key} ORDER BY key <> ${p.key}, key`,
    ),

    contributionsOf: statement<{ conversation: number }, ContributionRow & { head: string }>(
      (_, p) => sql<ContributionRow & { head: string }>`
        SELECT o.pk, o.key, coalesce(o.head_key, o.key) AS head, ${figures}, c.first_ms AS firstMs, c.last_ms AS lastMs,
          c.forms_json AS formsJson
        FROM ${contribution} c JOIN ${profile} o ON o.pk = c.${owner} WHERE c.conversation_pk = ${p.conversation}`,
    ),
    contributionsTo: statement<{ key: string }, HeadedContribution>(
      (_, p) => sql<HeadedContribution>`
        SELECT c.conversation_pk AS conversation, ${p.key} AS head, ${figures} FROM ${contribution} c
        WHERE c.${owner} IN ${members(p.key)} ORDER BY c.conversation_pk`,
    ),
    contribute: statement<Omit<ContributionRow, 'key'> & { conversation: number }>(
      (_, p) => sql`
        INSERT INTO ${contribution}
          (${owner}, conversation_pk, titled, strength, messages, acus, first_ms, last_ms, forms_json, said_json)
        VALUES (${p.pk}, ${p.conversation}, ${p.titled}, ${p.strength}, ${p.messages}, ${p.acus}, ${p.firstMs},
          ${p.lastMs}, ${p.formsJson}, ${p.saidJson})`,
    ),
    takeBack: statement<{ pk: number; conversation: number }>(
      (_, p) => sql`DELETE FROM ${contribution} WHERE ${owner} = ${p.pk} AND conversation_pk = ${p.conversation}`,
    ),
    // Two seeks in an index each: a plain min() and max() in one SELECT would read every row of the profile.
    span: statement<{ pk: number }, { firstMs: number | null; lastMs: number | null }>(
      (_, p) => sql<{ firstMs: number | null; lastMs: number | null }>`
        SELECT (SELECT min(first_ms) FROM ${contribution} WHERE ${owner} = ${p.pk}) AS firstMs,
          (SELECT max(last_ms) FROM ${contribution} WHERE ${owner} = ${p.pk}) AS lastMs`,
    ),

    addForm: statement<{ pk: number; kind: string; value: string; weight: number }>(
      (_, p) => sql`
        INSERT INTO ${form} (${owner}, kind, value, weight) VALUES (${p.pk}, ${p.kind}, ${p.value}, ${p.weight})
        ON CONFLICT DO UPDATE SET weight = weight + excluded.weight`,
    ),
    dropEmptyForms: statement<{ pk: number }>(
      (_, p) => sql`DELETE FROM ${form} WHERE ${owner} = ${p.pk} AND weight <= 0`,
    ),
    forms: statement<{ key: string }, { key: string; kind: string; value: string; weight: number }>(
      (_, p) => sql<{ key: string; kind: string; value: string; weight: number }>`
        SELECT o.key, f.kind, f.value, f.weight FROM ${form} f JOIN ${profile} o ON o.pk = f.${owner}
        WHERE f.${owner} IN ${members(p.key)} AND f.kind IN ('name','type')`,
    ),

    /** What conversations say this key is called beside, or short for. */
    links: statement<{ key: string }, { kind: FormKind; value: string }>(
      (_, p) => sql<{ kind: FormKind; value: string }>`
        SELECT f.kind, f.value FROM ${profile} o JOIN ${form} f ON f.${owner} = o.pk
        WHERE o.key = ${p.key} AND f.kind IN ('same','called','role')`,
    ),
    /** Keys this one is said to be short for, the most said first. */
    shortFor: statement<{ key: string }, { key: string }>(
      (_, p) => sql<{ key: string }>`
        SELECT t.key FROM ${profile} o JOIN ${form} f ON f.${owner} = o.pk AND f.kind = 'same'
          JOIN ${profile} t ON t.key = f.value AND t.said > 0
        WHERE o.key = ${p.key} ORDER BY f.weight DESC, t.key`,
    ),
    /** Keys with a form of this kind and value: what calls itself so. */
    withForm: statement<{ kind: string; value: string }, { key: string }>(
      (_, p) => sql<{ key: string }>`
        SELECT o.key FROM ${form} f JOIN ${profile} o ON o.pk = f.${owner}
        WHERE f.kind = ${p.kind} AND f.kind IN ('same','called','role') AND f.value = ${p.value} AND o.said > 0
        ORDER BY f.weight DESC, o.key LIMIT 3`,
    ),
    sameFold: statement<{ fold: string }, { key: string }>(
      (_, p) => sql<{ key: string }>`
        SELECT key FROM ${profile} WHERE fold = ${p.fold} AND said > 0 ORDER BY length(key) DESC, key`,
    ),
    between: statement<{ first: string; pattern: string; length: number }, { key: string }>(
      (_, p) => sql<{ key: string }>`
        SELECT key FROM ${profile} WHERE key >= ${p.first} AND key < ${p.first} || char(1114111) AND length(key) = ${p.length}
          AND key GLOB ${p.pattern} AND said > 0 AND instr(key, ' ') = 0 LIMIT 2`,
    ),

    unitsOf: statement<{ conversation: number }, { pk: number; acuPk: number; weight: number }>(
      (_, p) => sql<{ pk: number; acuPk: number; weight: number }>`
        SELECT u.${owner} AS pk, u.acu_pk AS acuPk, u.weight FROM acu a JOIN ${units} u ON u.acu_pk = a.pk
        WHERE a.conversation_pk = ${p.conversation}`,
    ),
    addUnit: statement<{ pk: number; acuPk: number; weight: number }>(
      (_, p) => sql`INSERT INTO ${units} (${owner}, acu_pk, weight) VALUES (${p.pk}, ${p.acuPk}, ${p.weight})`,
    ),
    removeUnit: statement<{ pk: number; acuPk: number }>(
      (_, p) => sql`DELETE FROM ${units} WHERE ${owner} = ${p.pk} AND acu_pk = ${p.acuPk}`,
    ),
  };
}
