/** Names of one conversation that are one somebody: "Emma" and "Emma Watson", "Mel" and "Melanie". Pure; changes what it is handed. */
import { add, type TypeVotes, voteOnName } from './entity-type.ts';
import { knownAs } from './known-names.ts';

export interface Found {
  names: Map<string, number>;
  types: TypeVotes;
  acuPks: Set<number>;
  messagePks: Set<number>;
  human: number;
  /** Mentions inside a sentence, where a capital means a name. */
  sure: number;
  /** Shorter keys it is called by, roles it has, longer keys it is short for. */
  links: Map<string, number>;
}

export const link = (kind: 'called' | 'role' | 'same', value: string): string => `${kind} ${value}`;

/** "Emma" is "Emma Watson" where just one full name of the conversation begins or ends with it. */
export function joinShortNames(found: Map<string, Found>): void {
  const full = new Map<string, string[]>();
  for (const [key, entity] of found) {
    const words = key.split(' ');
    if (words.length < 2 || words.length > 3 || !couldBePerson(entity)) continue;
    for (const word of [words[0], words.at(-1)]) {
      if (word === undefined) continue;
      const keys = full.get(word);
      // Grown in place: half of a long list of people may bear one family name.
      if (keys === undefined) full.set(word, [key]);
      else keys.push(key);
    }
  }
  for (const [short, keys] of full) {
    const alias = found.get(short);
    const whole = keys.length === 1 ? found.get(keys[0] ?? '') : undefined;
    if (alias === undefined || whole === undefined || !couldBePerson(alias)) continue;
    if (!isPerson(alias) && !isPerson(whole)) continue;
    join(whole, alias);
    add(whole.links, link('called', short), 1);
    found.delete(short);
  }
}

/** "Mel" is "Melanie" where just one person's name of the conversation begins with it. */
export function joinNicknames(found: Map<string, Found>): void {
  const people = [...found].filter(([key, { types }]) => !key.includes(' ') && (types.get('person') ?? 0) >= 2);
  // In order, what begins with a name stands right behind it.
  const inOrder = people.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const places = new Map(inOrder.map(([key], place) => [key, place]));
  for (const [short, alias] of people) {
    const whole = short.length >= 3 ? onlyLonger(inOrder, places.get(short) ?? 0, short) : undefined;
    if (whole === undefined) continue;
    join(whole, alias);
    add(whole.links, link('called', short), 1);
    found.delete(short);
  }
}

/** The one name that begins with this one and is longer by two letters at least; nothing where there are several. */
function onlyLonger(inOrder: readonly (readonly [string, Found])[], place: number, short: string): Found | undefined {
  let only: Found | undefined;
  for (let at = place + 1; at < inOrder.length; at++) {
    const [key, entity] = inOrder[at] ?? ['', undefined];
    if (!key.startsWith(short)) break;
    if (key.length <= short.length + 1) continue;
    if (only !== undefined) return undefined;
    only = entity;
  }
  return only;
}

export function join(whole: Found, alias: Found): void {
  for (const [name, n] of alias.names) add(whole.names, name, n);
  for (const [type, n] of alias.types) add(whole.types, type, n);
  for (const [to, n] of alias.links) add(whole.links, to, n);
  for (const pk of alias.acuPks) whole.acuPks.add(pk);
  for (const pk of alias.messagePks) whole.messagePks.add(pk);
  whole.human += alias.human;
  whole.sure += alias.sure;
}

/** No sign speaks for another sort of thing, neither in what is said around the name nor in the name. */
function couldBePerson({ types, names }: Found): boolean {
  const votes = new Map(types);
  voteOnName(votes, commonest(names));
  return votes.size === 0 || (votes.get('person') ?? 0) >= Math.max(...votes.values());
}

const isPerson = ({ types, names }: Found): boolean =>
  (types.get('person') ?? 0) > 0 || knownAs(commonest(names)) === 'person';

export const commonest = (names: ReadonlyMap<string, number>): string =>
  [...names].sort((a, b) => b[1] - a[1] || b[0].length - a[0].length || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? '';
