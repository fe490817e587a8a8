/**
 * Writes down what profiles come to: their figures, how they are called, whether they are shown. Figures move by what one
 * conversation adds or takes, and are counted anew only for a profile that other ways of writing joined or left. All are
 * integers, so that taking back is exact.
 */
import type { Connection } from '../../sqlite/database.ts';
import type { CorrectionRules } from '../correction-rules.ts';
import { entityIsVisible, orderWeight, topicIsVisible } from '../profile-standing.ts';
import { type HeadedContribution, type ProfileKind, tablesOf } from './profile-tables.ts';
import { askForVector } from './topic-vectors.ts';

export interface Figures {
  readonly conversations: number;
  readonly titled: number;
  readonly strength: number;
  readonly messages: number;
  readonly acus: number;
}

export const noFigures: Figures = { conversations: 0, titled: 0, strength: 0, messages: 0, acus: 0 };

type OfConversation = Omit<HeadedContribution, 'conversation'>;

/** What one conversation adds to each profile: said in two ways in one message it counts once. */
export function figuresByHead(rows: readonly OfConversation[]): Map<string, Figures> {
  const groups = new Map<string, OfConversation[]>();
  for (const row of rows) {
    const group = groups.get(row.head);
    if (group === undefined) groups.set(row.head, [row]);
    else group.push(row);
  }
  return new Map([...groups].map(([head, group]) => [head, figuresOf(group)]));
}

function figuresOf(rows: readonly OfConversation[]): Figures {
  const [only] = rows;
  if (only !== undefined && rows.length === 1)
    return {
      conversations: 1,
      titled: only.titled,
      strength: only.strength,
      messages: only.messages,
      acus: only.acus,
    };
  const messages = new Set<number>();
  const units = new Set<string>();
  for (const { saidJson } of rows) {
    const said = JSON.parse(saidJson) as number[];
    for (let i = 0; i < said.length; i += 2) {
      messages.add(said[i] ?? 0);
      units.add(`${said[i]} ${said[i + 1]}`);
    }
  }
  return {
    conversations: 1,
    titled: Math.max(...rows.map(({ titled }) => titled)),
    strength: rows.reduce((sum, { strength }) => sum + strength, 0),
    messages: messages.size,
    acus: units.size,
  };
}

export const addFigures = (a: Figures, b: Figures, sign: 1 | -1 = 1): Figures => ({
  conversations: a.conversations + sign * b.conversations,
  titled: a.titled + sign * b.titled,
  strength: a.strength + sign * b.strength,
  messages: a.messages + sign * b.messages,
  acus: a.acus + sign * b.acus,
});

/** The figures of a profile from all conversations that say it in any way. */
function countAnew(connection: Connection, kind: ProfileKind, key: string): Figures {
  let sum = noFigures;
  let group: OfConversation[] = [];
  let conversation = -1;
  const close = () => {
    if (group.length > 0) sum = addFigures(sum, figuresOf(group));
    group = [];
  };
  for (const row of tablesOf(kind).contributionsTo.all(connection, { key })) {
    if (row.conversation !== conversation) close();
    conversation = row.conversation;
    group.push(row);
  }
  close();
  return sum;
}

/**
 * @param moved by how much the figures of the profile moved; null: count them anew
 * @returns false where there is no such profile
 */
export function settleProfile(
  connection: Connection,
  kind: ProfileKind,
  rules: CorrectionRules,
  key: string,
  moved: Figures | null,
): boolean {
  const tables = tablesOf(kind);
  const row = tables.byKey.get(connection, { key });
  if (row === undefined || row.headKey !== null) return false;
  const { pk } = row;
  const figures = moved === null ? countAnew(connection, kind, key) : addFigures(row, moved);
  const members = tables.members.all(connection, { key });
  let firstMs: number | null = null;
  let lastMs: number | null = null;
  for (const member of members) {
    const span = tables.span.get(connection, { pk: member.pk });
    if (span?.firstMs != null) firstMs = Math.min(firstMs ?? span.firstMs, span.firstMs);
    if (span?.lastMs != null) lastMs = Math.max(lastMs ?? span.lastMs, span.lastMs);
  }
  // What was decided of a way of writing that joined by itself holds on; of one its person merged, only its name goes along.
  const own = members.map((member) => member.key).filter((member) => member === key || !rules.into.has(member));
  const said = own.flatMap((member) => rules.names.get(member) ?? [])[0];
  const found = naming(tables.forms.all(connection, { key }), new Set(own), key);
  const name = said ?? found.name;
  const aliases = [found.name, ...found.aliases].filter((alias) => alias.toLowerCase() !== name.toLowerCase());
  const type = own.flatMap((member) => rules.types.get(member) ?? [])[0] ?? found.type;
  const pinned = own.some((member) => rules.pinned.has(member));
  const hidden = own.some((member) => rules.hidden.has(member));
  const totals = { ...figures, firstMs, lastMs };
  const enough = kind === 'topic' ? topicIsVisible(totals, name) : entityIsVisible(totals, type);
  const visible = !hidden && figures.conversations > 0 && (enough || pinned || said !== undefined);
  tables.settle.run(connection, {
    pk,
    ...totals,
    name,
    type,
    aliasesJson: JSON.stringify(aliases.slice(0, 8)),
    weight: orderWeight(totals, name),
    visible: visible ? 1 : 0,
    pinned: pinned ? 1 : 0,
    hidden: hidden ? 1 : 0,
  });
  if (kind === 'topic') askForVector(connection, pk, visible ? name : null);
  return true;
}

interface Said {
  readonly key: string;
  readonly kind: string;
  readonly value: string;
  readonly weight: number;
}

/** Values of a kind by how strongly they are said. */
function weighed(forms: readonly Said[], kind: string): [value: string, weight: number][] {
  const weights = new Map<string, number>();
  for (const form of forms)
    if (form.kind === kind) weights.set(form.value, (weights.get(form.value) ?? 0) + form.weight);
  return [...weights].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/**
 * The way it is mostly written, the others as aliases, and the type with most votes where that is clear.
 * @param own what it is by itself: what its person merged into it gives it aliases, and neither name nor type
 */
function naming(
  forms: readonly Said[],
  own: ReadonlySet<string>,
  key: string,
): { name: string; aliases: string[]; type: string } {
  const ofItself = forms.filter((form) => own.has(form.key));
  const others = weighed(
    forms.filter((form) => !own.has(form.key)),
    'name',
  );
  // Who has a name is called by it, however often they are "my daughter"; and nobody by a handle who has another.
  const isName = ([value]: [string, number]) => !/^(?:my |@)/i.test(value);
  const mine = weighed(ofItself, 'name').sort((a, b) => Number(isName(b)) - Number(isName(a)));
  const names = [...mine, ...others].map(([value]) => value);
  const name = names[0] ?? key;
  const [first] = weighed(ofItself, 'type');
  const [type, weight] = first ?? ['unknown', 0];
  // One greeting makes no person; and what stands after "to" in capitals is rarely a place.
  const capitals = name.length > 2 && /\p{Lu}/u.test(name) && name === name.toUpperCase();
  const needed = type === 'person' ? 3 : 2;
  // What is written in capitals alone is short for something, and that is neither a day nor a person; nor is a place called like
  // a product, `GA4`, `GTmetrix`.
  const made = capitals || /\d|\p{Lu}\p{Lu}\p{Ll}/u.test(name);
  const never = (capitals && (type === 'person' || type === 'event')) || (made && type === 'place');
  return { name, aliases: aliasesOf(names), type: weight >= needed && !never ? type : 'unknown' };
}

/** Other ways to write it; another case is none. */
function aliasesOf(names: readonly string[]): string[] {
  const seen = new Set([names[0]?.toLowerCase()]);
  return names.filter((name) => {
    const lower = name.toLowerCase();
    return !seen.has(lower) && seen.add(lower);
  });
}
