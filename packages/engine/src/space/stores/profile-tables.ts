/**
 * The statements that topics and entities have in common: their tables have the same columns under other names.
 * Knows no rule of what counts; see `profile-standing.ts`.
 */
import { sql } from 'kysely';
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
}

export interface ProfileRow {
  pk: number;
  id: string;
  key: string;
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
}

type Totals = Omit<ProfileRow, 'id' | 'key'>;

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
  const type = kind === 'topic' ? sql`''` : sql.ref('type');
  const setType = (value: unknown) => (kind === 'topic' ? sql`` : sql`, type = ${value}`);
  const columns = sql`pk, id, key, ${name} AS name, ${type} AS type, aliases_json AS aliasesJson, conversations, messages,
    acus, titled, strength, first_ms AS firstMs, last_ms AS lastMs, weight, visible`;
  return {
    byKey: statement<{ key: string }, ProfileRow>(
      (_, p) => sql<ProfileRow>`SELECT ${columns} FROM ${profile} WHERE key = ${p.key}`,
    ),
    byId: statement<{ id: string }, ProfileRow>(
      (_, p) => sql<ProfileRow>`SELECT ${columns} FROM ${profile} WHERE id = ${p.id}`,
    ),
    firstPage: statement<{ limit: number }, ProfileRow>(
      (_, p) => sql<ProfileRow>`
        SELECT ${columns} FROM ${profile} WHERE visible = 1 ORDER BY weight DESC, id LIMIT ${p.limit}`,
    ),
    pageAfter: statement<{ weight: number; id: string; limit: number }, ProfileRow>(
      (_, p) => sql<ProfileRow>`
        SELECT ${columns} FROM ${profile}
        WHERE visible = 1 AND weight <= ${p.weight} AND (weight < ${p.weight} OR id > ${p.id})
        ORDER BY weight DESC, id LIMIT ${p.limit}`,
    ),
    create: statement<{ id: string; key: string; name: string }>((_, p) =>
      kind === 'topic'
        ? sql`INSERT INTO topic (id, key, label) VALUES (${p.id}, ${p.key}, ${p.name})`
        : sql`INSERT INTO entity (id, key, name, type) VALUES (${p.id}, ${p.key}, ${p.name}, 'unknown')`,
    ),
    update: statement<Totals>(
      (_, p) => sql`
        UPDATE ${profile} SET ${name} = ${p.name}${setType(p.type)}, aliases_json = ${p.aliasesJson},
          conversations = ${p.conversations}, messages = ${p.messages}, acus = ${p.acus}, titled = ${p.titled},
          strength = ${p.strength}, first_ms = ${p.firstMs}, last_ms = ${p.lastMs}, weight = ${p.weight},
          visible = ${p.visible}
        WHERE pk = ${p.pk}`,
    ),
    remove: statement<{ pk: number }>((_, p) => sql`DELETE FROM ${profile} WHERE pk = ${p.pk}`),

    contributionsOf: statement<{ conversation: number }, ContributionRow>(
      (_, p) => sql<ContributionRow>`
        SELECT o.pk, o.key, c.titled, c.strength, c.messages, c.acus, c.first_ms AS firstMs, c.last_ms AS lastMs,
          c.forms_json AS formsJson
        FROM ${contribution} c JOIN ${profile} o ON o.pk = c.${owner} WHERE c.conversation_pk = ${p.conversation}`,
    ),
    contribute: statement<Omit<ContributionRow, 'key'> & { conversation: number }>(
      (_, p) => sql`
        INSERT INTO ${contribution}
          (${owner}, conversation_pk, titled, strength, messages, acus, first_ms, last_ms, forms_json)
        VALUES (${p.pk}, ${p.conversation}, ${p.titled}, ${p.strength}, ${p.messages}, ${p.acus}, ${p.firstMs},
          ${p.lastMs}, ${p.formsJson})`,
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
    forms: statement<{ pk: number }, { kind: string; value: string; weight: number }>(
      (_, p) => sql<{ kind: string; value: string; weight: number }>`
        SELECT kind, value, weight FROM ${form} WHERE ${owner} = ${p.pk} ORDER BY kind, weight DESC, value`,
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
