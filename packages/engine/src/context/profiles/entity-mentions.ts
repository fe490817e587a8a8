/**
 * The people, places and things a conversation names, from capitals and context, without a model or a list of names.
 * Pure: one conversation in, its mentions out, aliases joined within the conversation.
 */
import type { EntityType } from '@vivim/contract/profile';
import type { Form } from '../../space/profile-observation.ts';
import { abbreviationsIn } from './abbreviations.ts';
import { commonest, type Found, join, joinNicknames, joinShortNames, link } from './entity-joins.ts';
import { add, voteOnMention, voteOnName } from './entity-type.ts';
import { isGerman } from './german.ts';
import { asCited, knownAs } from './known-names.ts';
import { namesInScripts } from './names-in-scripts.ts';
import { adverb, kindOnly, notAlone, notNames } from './no-names.ts';
import { withoutNoise } from './phrase-words.ts';
import { type Role, roleKey, rolesIn } from './roles.ts';
import { rolesBeside } from './roles-of-scripts.ts';
import type { ScriptName } from './script-name.ts';
import { stopWords } from './stop-words.ts';

export interface SpokenUnit {
  readonly acuPk: number;
  readonly messagePk: number;
  readonly byHuman: boolean;
  readonly authorName: string | null;
  readonly text: string;
}

export interface MentionedEntity {
  readonly key: string;
  readonly names: ReadonlyMap<string, number>;
  readonly types: ReadonlyMap<EntityType, number>;
  readonly acuPks: ReadonlySet<number>;
  readonly messagePks: ReadonlySet<number>;
  /** Mentions a person made; a thing only a model named is rarely worth a profile. */
  readonly humanMentions: number;
  /** What else it is called here, and what it is to the person: `called`, `role` and `same`. */
  readonly links: readonly Form[];
}

/** No letter of a script without spaces: "DockerでPermission" names Docker. */
const letter = String.raw`[[\p{L}\p{M}\d]--[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uac00-\ud7ff]]`;
const part = String.raw`\p{Lu}${letter}*(?:[.'’\&+\-](?=[\p{L}\d])${letter}+|\+\+|#)*`;
const small = '(?:of|the|de|van|von|da|del|la|der|&)';
/** Capitalised words in a row, with small words between them; a possessive ends the row. */
const run = new RegExp(
  String.raw`(?<!${letter}|[_@\/.#])${part}(?:(?<!['’]s) (?:${small} )*(?:(?=\p{Lu})${part}|\d+(?:\.\d+)*\b))*`,
  'gv',
);
const germanTitle =
  /^(?:Frau|Herrn?|Fräulein|Firma|Familie|Tante|Onkel|Mutter|Vater|Tochter|Sohn|Schwester|Bruder|Mann) (?=\p{Lu})/u;
const handle = /(?<![\p{L}\p{N}_./])@([A-Za-z][\w-]{2,30})(?![\w/.(])/gu;

/** Words that also open names: "New York" is no York that is new. */
const opensNames = /^(?:New|Los|Las|San|Santa|São|El|La|Le|Old|Great|North|South|East|West) \p{Lu}/u;

/** Names of one conversation that are held: a directory that was pasted in has more than memory for each of them. */
const mostNames = 20_000;

/**
 * The names of a conversation; those a message's author bears count as people. A generator, so that a long conversation
 * can be read with breaks: it yields the characters read since the last time.
 */
export function* entityMentions(units: readonly SpokenUnit[]): Generator<number, MentionedEntity[]> {
  const found = new Map<string, Found>();
  const lowered = new Map<string, number>();
  const roles: Roles = new Map();
  const shortFor = new Map<string, Map<string, number>>();
  let room = mostNames;
  for (const unit of units) {
    const text = plainText(unit);
    const german = isGerman(text);
    for (const match of text.matchAll(/(?<![\p{L}\p{N}])\p{Ll}{3,}(?![\p{L}\p{N}])/gu)) add(lowered, match[0], 1);
    for (const mention of mentionsIn(text)) note(found, unit, text, mention, german);
    const named = namesInScripts(text);
    for (const name of named) noteScriptName(found, unit, name);
    for (const { short, long } of abbreviationsIn(text)) {
      const longs = shortFor.get(nameKey(short)) ?? new Map<string, number>();
      add(longs, nameKey(long), 1);
      shortFor.set(nameKey(short), longs);
    }
    // Who bears a name here is not the person whose history it is.
    if (unit.byHuman && unit.authorName === null) {
      noteRoles(found, roles, unit, rolesIn(text));
      noteRoles(found, roles, unit, rolesBeside(text, named));
    }
    if (unit.byHuman) for (const match of text.matchAll(handle)) noteHandle(found, unit, match[1] ?? '');
    if (unit.authorName !== null) noteAuthor(found, unit, unit.authorName);
    if (found.size > room) room = Math.max(room, 2 * forgetRare(found));
    yield text.length;
  }
  for (const [key, entity] of found) if (!isName(key, entity, lowered)) found.delete(key);
  for (const [short, longs] of shortFor)
    for (const [long, n] of longs)
      if (found.has(long)) add(found.get(short)?.links ?? new Map(), link('same', long), n);
  joinShortNames(found);
  joinNicknames(found);
  giveRoles(found, roles);
  return [...found].map(([key, { names, types, acuPks, messagePks, human, links }]) => {
    const votes = new Map(types);
    voteOnName(votes, commonest(names));
    return { key, names, types: votes, acuPks, messagePks, humanMentions: human, links: formsOf(links) };
  });
}

/** What stood in one place alone goes. @returns how many are left */
function forgetRare(found: Map<string, Found>): number {
  for (const [key, { acuPks }] of found) if (acuPks.size === 1) found.delete(key);
  return found.size;
}

/** What a model sets in bold or makes a heading is a title, not a name. */
function plainText({ text, byHuman }: SpokenUnit): string {
  const plain = withoutNoise(text);
  if (byHuman) return plain;
  // Places to fill in, `[Your City]`, name nothing either.
  return plain
    .replace(/\[[^\]\n]{1,60}\]/g, ' . ')
    .replace(/^#{1,6} .*$/gm, ' . ')
    .replace(/\*\*[^*\n]+\*\*:?|__[^_\n]+__/g, ' . ')
    .replace(/^[^\n:]{1,60}:(?=\s)/gm, ' . ');
}

interface Mention {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly sure: boolean;
}

function* mentionsIn(text: string): Generator<Mention> {
  for (const match of text.matchAll(run)) {
    let name = match[0].replace(/['’]s?$/u, '');
    let start = match.index;
    let opens = /(?:^|[.!?:;…"“”(*>•\n-])\s*$/u.test(text.slice(Math.max(0, start - 4), start));
    // "Thanks Caroline", "When Tom": what begins a sentence is no part of the name after it.
    for (;;) {
      const first = /^\S+/.exec(name)?.[0] ?? '';
      const bare = first.replace(/['’].*$/u, '');
      if (
        first === '' ||
        // WHO is no "who", and React inside a sentence no "react".
        ((/^\p{Lu}{3,}$/u.test(first) || !opens) && knownAs(first) !== null) ||
        knownAs(name) === 'tool' ||
        opensNames.test(name) ||
        !(notNames.has(bare) || stopWords.has(first.toLowerCase()) || stopWords.has(bare.toLowerCase()))
      )
        break;
      const cut = /^\S+\s*(?:(?:of|the|de|van|von|da|del|la|der|&)\s+)*/u.exec(name)?.[0].length ?? name.length;
      start += cut;
      name = name.slice(cut);
      opens = false;
    }
    // "Meine Frau Heike", "Frau Albers": what somebody is, and not what they are called.
    const title = germanTitle.exec(name)?.[0] ?? '';
    start += title.length;
    name = withoutTail(name.slice(title.length).replace(/ v?\d+(?:\.\d+)+$/, ''));
    if (name.length < 2 || /^\d|^\p{Lu}{2}$/u.test(name) || adverb.test(name) || kindOnly.test(name)) continue;
    yield { name, start, end: start + name.length, sure: !opens };
  }
}

/** Weekdays and the like at the end of a run are not part of it. */
function withoutTail(name: string): string {
  let kept = name;
  for (;;) {
    const last = / \S+$/.exec(kept)?.[0];
    // "Home Assistant" is what it is called.
    if (last === undefined || last === ' Assistant' || !notNames.has(last.slice(1))) break;
    kept = kept.slice(0, -last.length).replace(/(?: (?:of|the|de|van|von|da|del|la|der|&))+$/u, '');
  }
  return notNames.has(kept) || notAlone.has(kept) ? '' : kept;
}

/** Case and possessives make no other name. */
export const nameKey = (name: string): string =>
  name
    .toLowerCase()
    .replace(/['’]s?$/u, '')
    .replaceAll('’', "'")
    .normalize('NFC');

const entry = (found: Map<string, Found>, key: string): Found => {
  let entity = found.get(key);
  if (entity === undefined) {
    entity = {
      names: new Map(),
      types: new Map(),
      acuPks: new Set(),
      messagePks: new Set(),
      human: 0,
      sure: 0,
      links: new Map(),
    };
    found.set(key, entity);
  }
  return entity;
};

function note(found: Map<string, Found>, unit: SpokenUnit, text: string, mention: Mention, german: boolean): void {
  const entity = entry(found, nameKey(mention.name));
  add(entity.names, asCited(mention.name), 1);
  entity.acuPks.add(unit.acuPk);
  entity.messagePks.add(unit.messagePk);
  if (unit.byHuman) entity.human++;
  // Every noun has a capital there, and proves nothing.
  if (mention.sure && !german) entity.sure++;
  voteOnMention(entity.types, text, mention.start, mention.end);
}

/** Told by what stands beside it, or by a list: that is as sure as a capital. */
function noteScriptName(found: Map<string, Found>, unit: SpokenUnit, { name, key, type, weight }: ScriptName): void {
  const entity = entry(found, nameKey(key));
  add(entity.names, name, 1);
  add(entity.types, type, weight);
  entity.acuPks.add(unit.acuPk);
  entity.messagePks.add(unit.messagePk);
  if (unit.byHuman) entity.human++;
  // What only looks like a name has to be said twice.
  if (weight > 1) entity.sure++;
}

function noteHandle(found: Map<string, Found>, unit: SpokenUnit, name: string): void {
  const entity = entry(found, `@${name.toLowerCase()}`);
  add(entity.names, `@${name}`, 1);
  add(entity.types, 'person' as EntityType, 2);
  entity.acuPks.add(unit.acuPk);
  entity.messagePks.add(unit.messagePk);
  entity.human++;
  entity.sure++;
}

/** Who speaks is a person; what they say is not about them, so it makes no mention of its own. */
function noteAuthor(found: Map<string, Found>, unit: SpokenUnit, author: string): void {
  if (!unit.byHuman || !/^\p{Lu}/u.test(author)) return;
  const entity = entry(found, nameKey(author));
  if (!entity.names.has(author)) add(entity.names, author, 1);
  if ((entity.types.get('person') ?? 0) < 20) add(entity.types, 'person' as EntityType, 5);
  entity.acuPks.add(unit.acuPk);
  entity.messagePks.add(unit.messagePk);
  entity.human++;
  entity.sure++;
}

/** Each role with whom the conversation says to have it, and how often. */
type Roles = Map<string, Map<string, number>>;

const formsOf = (links: ReadonlyMap<string, number>): Form[] =>
  [...links]
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .map(([to, n]): Form => {
      const at = to.indexOf(' ');
      return [to.slice(0, at) as Form[0], to.slice(at + 1), n];
    });

/** "My daughter" is somebody, named or not. */
function noteRoles(found: Map<string, Found>, roles: Roles, unit: SpokenUnit, named: readonly Role[]): void {
  for (const { role, name } of named) {
    const key = roleKey(role);
    const holders = roles.get(key) ?? new Map<string, number>();
    if (name !== null) add(holders, nameKey(name), 1);
    roles.set(key, holders);
    const entity = entry(found, key);
    add(entity.names, key, 1);
    if (role !== 'dog' && role !== 'cat') add(entity.types, 'person' as EntityType, 4);
    entity.acuPks.add(unit.acuPk);
    entity.messagePks.add(unit.messagePk);
    entity.human++;
    entity.sure++;
  }
}

/** Whoever has a role is told of by it too, where it can be just one. */
function giveRoles(found: Map<string, Found>, roles: Roles): void {
  if (roles.size === 0) return;
  const called = calledSo(found);
  for (const [role, named] of roles) {
    const holders = [...named].flatMap(([key, n]) => {
      const holder = found.get(key) ?? called.get(key);
      if (holder !== undefined) add(holder.links, link('role', role), n);
      return holder ?? [];
    });
    const alias = found.get(role);
    const [only] = new Set(holders);
    if (alias === undefined || only === undefined || new Set(holders).size > 1) continue;
    join(only, alias);
    found.delete(role);
  }
}

/** Of each shorter name that was joined already, whose it is. */
function calledSo(found: ReadonlyMap<string, Found>): ReadonlyMap<string, Found> {
  const called = new Map<string, Found>();
  const before = link('called', '');
  for (const entity of found.values())
    for (const to of entity.links.keys())
      if (to.startsWith(before) && !called.has(to.slice(before.length))) called.set(to.slice(before.length), entity);
  return called;
}

/** A capital proves a name inside a sentence, unless the same word is written small as often. */
function isName(key: string, entity: Found, lowered: ReadonlyMap<string, number>): boolean {
  const words = key.split(' ');
  const mentions = [...entity.names.values()].reduce((sum, n) => sum + n, 0);
  const small = Math.min(...words.map((word) => lowered.get(word) ?? 0));
  if (small * 2 > mentions && !entity.types.has('person')) return false;
  if (entity.human === 0 && (entity.messagePks.size < 2 || words.length > 4)) return false;
  const shouted = [...entity.names.keys()].every(
    (name) => name.length > 5 && /\p{Lu}/u.test(name) && name === name.toUpperCase(),
  );
  if (shouted || key.length > 60 || words.length > 6) return false;
  return (
    entity.sure > 0 ||
    Math.max(0, ...entity.types.values()) >= 2 ||
    knownAs(key) !== null ||
    /\p{Ll}\p{Lu}/u.test(commonest(entity.names))
  );
}
