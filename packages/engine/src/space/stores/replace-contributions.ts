/**
 * Put what a conversation now says of topics or entities in place of what it said before. The cost is that of the
 * conversation and not of the history. A profile nothing speaks for any more is removed; one its owner erased is not made again.
 */
import type { ConversationId } from '@vivim/contract/ids';
import type { Connection } from '../../sqlite/database.ts';
import type { CorrectionRules } from '../correction-rules.ts';
import type { Form, ProfileObservation } from '../profile-observation.ts';
import { derivedId } from '../space-row.ts';
import { CorrectionReader } from './corrections.ts';
import { ErasureReader } from './erasures.ts';
import { ProfileGroups } from './profile-groups.ts';
import { type ContributionRow, type ProfileKind, type ProfileTables, tablesOf } from './profile-tables.ts';
import { addFigures, figuresByHead, noFigures, settleProfile } from './settle-profiles.ts';

/** @returns ids of the profiles that changed */
export function replaceContributions(
  connection: Connection,
  kind: ProfileKind,
  conversation: number,
  observations: readonly ProfileObservation[],
): string[] {
  const tables = tablesOf(kind);
  const corrections = new CorrectionReader(connection);
  const rules = corrections.rules(kind);
  const groups = new ProfileGroups(connection, kind, rules);
  const before = tables.contributionsOf.all(connection, { conversation });
  const old = new Map(before.map((row) => [row.key, row]));
  const wanted = meant(observations, rules, rules.movesAny ? corrections.conversationId(conversation) : null);
  const now = new Map(withoutErased(connection, kind, wanted).map((one) => [one.key, one]));
  const unitsBefore = groupUnits(tables.unitsOf.all(connection, { conversation }));

  const touched = new Set<string>();
  const near = new Set<string>();
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const was = old.get(key);
    const observation = now.get(key);
    const pk = was?.pk ?? groups.row(key).pk;
    if (!replaceUnits(connection, tables, pk, observation, unitsBefore.get(pk))) touched.add(key);
    const row = observation === undefined ? undefined : contributionOf(observation);
    if (was !== undefined && row !== undefined && sameRow(was, row)) continue;
    touched.add(key);
    for (const other of replaceRow(connection, tables, groups, { pk, key, conversation }, was, row)) near.add(other);
  }
  const changed = new Set<string>();
  const note = (key: string): void => void changed.add(tables.byKey.get(connection, { key })?.headKey ?? key);
  // By whom they were held before anything moved, as well as after.
  for (const key of touched) changed.add(old.get(key)?.head ?? key);
  const regrouped = groups.regroup(near);
  for (const key of touched) note(key);
  for (const key of regrouped) changed.add(key);

  const figuresBefore = figuresByHead(before);
  const figuresNow = figuresByHead(tables.contributionsOf.all(connection, { conversation }));
  for (const key of changed) {
    const moved = addFigures(figuresNow.get(key) ?? noFigures, figuresBefore.get(key) ?? noFigures, -1);
    settleProfile(connection, kind, rules, key, regrouped.has(key) ? null : moved);
  }
  return [...changed].map((key) => idOf(connection, kind, key));
}

type Contribution = Omit<ContributionRow, 'pk' | 'key'>;

const idOf = (connection: Connection, kind: ProfileKind, key: string): string =>
  derivedId(connection, kind === 'topic' ? 't' : 'e', [key]);

/** Where its person said that something else is meant in this conversation, under the key of that. */
function meant(
  observations: readonly ProfileObservation[],
  rules: CorrectionRules,
  conversation: ConversationId | null,
): ProfileObservation[] {
  if (conversation === null) return [...observations];
  const byKey = new Map<string, ProfileObservation>();
  for (const observation of observations) {
    const key = rules.meant(conversation, observation.key);
    const other = byKey.get(key);
    byKey.set(key, other === undefined ? { ...observation, key } : together(other, observation));
  }
  return [...byKey.values()];
}

/** Two observations that are of one thing here. */
function together(a: ProfileObservation, b: ProfileObservation): ProfileObservation {
  const places = new Set<string>();
  const said: number[] = [];
  for (const list of [a.said, b.said])
    for (let i = 0; i < list.length; i += 2) {
      const place = `${list[i]} ${list[i + 1]}`;
      if (!places.has(place)) said.push(list[i] ?? 0, list[i + 1] ?? 0);
      places.add(place);
    }
  const weights = new Map([...b.units, ...a.units].map(({ acuPk, weight }) => [acuPk, weight]));
  const times = (field: 'firstMs' | 'lastMs') => [a[field], b[field]].filter((ms) => ms !== null);
  return {
    key: a.key,
    forms: [...a.forms, ...b.forms],
    titled: a.titled || b.titled,
    strength: a.strength + b.strength,
    said,
    firstMs: times('firstMs').length === 0 ? null : Math.min(...times('firstMs')),
    lastMs: times('lastMs').length === 0 ? null : Math.max(...times('lastMs')),
    units: [...weights].map(([acuPk, weight]) => ({ acuPk, weight })),
  };
}

function withoutErased(
  connection: Connection,
  kind: ProfileKind,
  observations: readonly ProfileObservation[],
): readonly ProfileObservation[] {
  const erased = new ErasureReader(connection).marks();
  if (!erased.any(kind)) return observations;
  return observations.filter(({ key }) => !erased.has(kind, idOf(connection, kind, key)));
}

const contributionOf = (observation: ProfileObservation): Contribution => ({
  titled: observation.titled ? 1 : 0,
  strength: observation.strength,
  messages: new Set(observation.said.filter((_, i) => i % 2 === 0)).size,
  acus: observation.said.length / 2,
  firstMs: observation.firstMs,
  lastMs: observation.lastMs,
  formsJson: JSON.stringify(observation.forms),
  saidJson: JSON.stringify(observation.said),
});

const sameRow = (a: Contribution, b: Contribution): boolean =>
  a.titled === b.titled &&
  a.strength === b.strength &&
  a.firstMs === b.firstMs &&
  a.lastMs === b.lastMs &&
  a.formsJson === b.formsJson &&
  a.saidJson === b.saidJson;

function groupUnits(rows: readonly { pk: number; acuPk: number; weight: number }[]): Map<number, Map<number, number>> {
  const groups = new Map<number, Map<number, number>>();
  for (const { pk, acuPk, weight } of rows) {
    const group = groups.get(pk) ?? new Map<number, number>();
    group.set(acuPk, weight);
    groups.set(pk, group);
  }
  return groups;
}

/** @returns whether the key stands on the same units of this conversation as before */
function replaceUnits(
  connection: Connection,
  tables: ProfileTables,
  pk: number,
  observation: ProfileObservation | undefined,
  held: ReadonlyMap<number, number> = new Map(),
): boolean {
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

/** @returns keys that may count as another one now */
function replaceRow(
  connection: Connection,
  tables: ProfileTables,
  groups: ProfileGroups,
  { pk, key, conversation }: { pk: number; key: string; conversation: number },
  was: ContributionRow | undefined,
  row: Contribution | undefined,
): string[] {
  const formsBefore = was === undefined ? [] : (JSON.parse(was.formsJson) as Form[]);
  const formsNow = row === undefined ? [] : (JSON.parse(row.formsJson) as Form[]);
  if (was !== undefined) {
    tables.takeBack.run(connection, { pk, conversation });
    countForms(connection, tables, pk, formsBefore, -1);
  }
  if (row !== undefined) {
    tables.contribute.run(connection, { ...row, pk, conversation });
    countForms(connection, tables, pk, formsNow, 1);
  }
  if (was !== undefined) tables.dropEmptyForms.run(connection, { pk });
  const saidBefore = groups.row(key).said;
  const said = saidBefore - (was === undefined ? 0 : 1) + (row === undefined ? 0 : 1);
  if (said !== saidBefore) tables.setSaid.run(connection, { pk, said });
  const links = linksIn([...formsBefore, ...formsNow]);
  if ((said === 0) === (saidBefore === 0) && links.length === 0) return [];
  return groups.near(key, links);
}

const linksIn = (forms: readonly Form[]): Form[] => forms.filter(([kind]) => kind !== 'name' && kind !== 'type');

function countForms(
  connection: Connection,
  tables: ProfileTables,
  pk: number,
  forms: readonly Form[],
  sign: 1 | -1,
): void {
  for (const [kind, value, weight] of forms) tables.addForm.run(connection, { pk, kind, value, weight: sign * weight });
}
