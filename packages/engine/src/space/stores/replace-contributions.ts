/**
 * Put what a conversation now says of topics or entities in place of what it said before. Totals move by the
 * difference, so the cost is that of the conversation and not of the history; all figures are integers, so taking back
 * is exact. A profile nothing speaks for any more is removed; one its owner erased is not made again.
 */
import type { Connection } from '../../sqlite/database.ts';
import type { Form, ProfileObservation } from '../profile-observation.ts';
import { entityIsVisible, orderWeight, topicIsVisible } from '../profile-standing.ts';
import { derivedId } from '../space-row.ts';
import { ErasureReader } from './erasures.ts';
import {
  type ContributionRow,
  type ProfileKind,
  type ProfileRow,
  type ProfileTables,
  tablesOf,
} from './profile-tables.ts';

/** @returns ids of the profiles that changed */
export function replaceContributions(
  connection: Connection,
  kind: ProfileKind,
  conversation: number,
  observations: readonly ProfileObservation[],
): string[] {
  const tables = tablesOf(kind);
  const before = new Map(tables.contributionsOf.all(connection, { conversation }).map((row) => [row.key, row]));
  const erased = new ErasureReader(connection).marks();
  const wanted = erased.any(kind)
    ? observations.filter(({ key }) => !erased.has(kind, idOf(connection, kind, key)))
    : observations;
  const now = new Map(wanted.map((observation) => [observation.key, observation]));
  const unitsBefore = groupUnits(tables.unitsOf.all(connection, { conversation }));
  const changed: string[] = [];
  for (const key of new Set([...before.keys(), ...now.keys()])) {
    const old = before.get(key);
    const observation = now.get(key);
    const sameUnits = replaceUnits(connection, tables, kind, key, observation, old, unitsBefore);
    const row = observation === undefined ? undefined : contributionOf(observation);
    if (old !== undefined && row !== undefined && sameRow(old, row)) {
      if (!sameUnits) changed.push(idOf(connection, kind, key));
      continue;
    }
    move(connection, tables, kind, conversation, key, old, row);
    changed.push(idOf(connection, kind, key));
  }
  return changed;
}

type Contribution = Omit<ContributionRow, 'pk' | 'key'>;

const idOf = (connection: Connection, kind: ProfileKind, key: string): string =>
  derivedId(connection, kind === 'topic' ? 't' : 'e', [key]);

const contributionOf = (observation: ProfileObservation): Contribution => ({
  titled: observation.titled ? 1 : 0,
  strength: observation.strength,
  messages: observation.messages,
  acus: observation.units.length,
  firstMs: observation.firstMs,
  lastMs: observation.lastMs,
  formsJson: JSON.stringify(observation.forms),
});

const sameRow = (a: Contribution, b: Contribution): boolean =>
  a.titled === b.titled &&
  a.strength === b.strength &&
  a.messages === b.messages &&
  a.acus === b.acus &&
  a.firstMs === b.firstMs &&
  a.lastMs === b.lastMs &&
  a.formsJson === b.formsJson;

function groupUnits(rows: readonly { pk: number; acuPk: number; weight: number }[]): Map<number, Map<number, number>> {
  const groups = new Map<number, Map<number, number>>();
  for (const { pk, acuPk, weight } of rows) {
    const group = groups.get(pk) ?? new Map<number, number>();
    group.set(acuPk, weight);
    groups.set(pk, group);
  }
  return groups;
}

/** The profile's row, made where it is new. */
function profileFor(connection: Connection, tables: ProfileTables, kind: ProfileKind, key: string): ProfileRow {
  const found = tables.byKey.get(connection, { key });
  if (found !== undefined) return found;
  tables.create.run(connection, { id: idOf(connection, kind, key), key, name: key });
  const created = tables.byKey.get(connection, { key });
  if (created === undefined) throw new Error(`The ${kind} that was just written is not there.`);
  return created;
}

/** @returns whether the profile stands on the same units of this conversation as before */
function replaceUnits(
  connection: Connection,
  tables: ProfileTables,
  kind: ProfileKind,
  key: string,
  observation: ProfileObservation | undefined,
  old: ContributionRow | undefined,
  unitsBefore: ReadonlyMap<number, ReadonlyMap<number, number>>,
): boolean {
  const pk = old?.pk ?? profileFor(connection, tables, kind, key).pk;
  const held = unitsBefore.get(pk) ?? new Map<number, number>();
  const wanted = new Map(observation?.units.map(({ acuPk, weight }) => [acuPk, weight]));
  let same = true;
  for (const [acuPk, weight] of held) {
    if (wanted.get(acuPk) === weight) continue;
    tables.removeUnit.run(connection, { pk, acuPk });
    same = false;
  }
  for (const [acuPk, weight] of wanted) {
    if (held.get(acuPk) === weight) continue;
    tables.addUnit.run(connection, { pk, acuPk, weight });
    same = false;
  }
  return same;
}

function move(
  connection: Connection,
  tables: ProfileTables,
  kind: ProfileKind,
  conversation: number,
  key: string,
  old: ContributionRow | undefined,
  row: Contribution | undefined,
): void {
  const profile = profileFor(connection, tables, kind, key);
  const { pk } = profile;
  if (old !== undefined) {
    tables.takeBack.run(connection, { pk, conversation });
    countForms(connection, tables, pk, old.formsJson, -1);
  }
  if (row !== undefined) {
    tables.contribute.run(connection, { ...row, pk, conversation });
    countForms(connection, tables, pk, row.formsJson, 1);
  }
  if (old !== undefined) tables.dropEmptyForms.run(connection, { pk });
  const sum = (field: 'titled' | 'strength' | 'messages' | 'acus') =>
    profile[field] - (old?.[field] ?? 0) + (row?.[field] ?? 0);
  const conversations = profile.conversations - (old === undefined ? 0 : 1) + (row === undefined ? 0 : 1);
  if (conversations === 0) {
    tables.remove.run(connection, { pk });
    return;
  }
  const span = tables.span.get(connection, { pk }) ?? { firstMs: null, lastMs: null };
  const totals = {
    conversations,
    titled: sum('titled'),
    strength: sum('strength'),
    messages: sum('messages'),
    acus: sum('acus'),
    ...span,
  };
  const { name, aliases, type } = naming(tables.forms.all(connection, { pk }), key);
  const visible = kind === 'topic' ? topicIsVisible(totals) : entityIsVisible(totals, type);
  tables.update.run(connection, {
    pk,
    ...totals,
    name,
    type,
    aliasesJson: JSON.stringify(aliases),
    weight: orderWeight(totals),
    visible: visible ? 1 : 0,
  });
}

function countForms(connection: Connection, tables: ProfileTables, pk: number, formsJson: string, sign: 1 | -1): void {
  for (const [kind, value, weight] of JSON.parse(formsJson) as Form[]) {
    tables.addForm.run(connection, { pk, kind, value, weight: sign * weight });
  }
}

/** The way it is mostly written, the others as aliases, and the type with most votes where that is clear. */
function naming(
  forms: readonly { kind: string; value: string; weight: number }[],
  key: string,
): { name: string; aliases: string[]; type: string } {
  const names = forms.filter(({ kind }) => kind === 'name').map(({ value }) => value);
  const name = names[0] ?? key;
  const [first] = forms.filter(({ kind }) => kind === 'type');
  // One greeting makes no person; and what stands after "to" in capitals is rarely a place.
  const needed = first?.value === 'person' ? 3 : first?.value === 'place' && name === name.toUpperCase() ? 6 : 2;
  return {
    name,
    aliases: aliasesOf(names).slice(0, 8),
    type: first !== undefined && first.weight >= needed ? first.value : 'unknown',
  };
}

/** Other ways to write it; another case is none. */
function aliasesOf(names: readonly string[]): string[] {
  const seen = new Set([names[0]?.toLowerCase()]);
  return names.filter((name) => {
    const lower = name.toLowerCase();
    return !seen.has(lower) && seen.add(lower);
  });
}
