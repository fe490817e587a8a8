/** Subjects are found by what they are called in any case and with or without accents, in every script, and by nothing else. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newLocation } from '../../../../../test/kit/spaces.ts';
import { openConnection } from '../../sqlite/database.ts';
import { createUserSpace, openUserSpace, type UserSpace } from '../user-space.ts';

const now = () => 1_700_000_000_000;

/** A space of which a rollup left these, each with other ways of writing. */
function knowing(names: typeof known): UserSpace {
  const location = newLocation();
  createUserSpace(location, now).close();
  const connection = openConnection(join(location.directory, 'user.db'), location);
  const insert = connection.prepare(`
    INSERT INTO entity (id, key, name, aliases_json, type, visible, conversations, messages, weight)
    VALUES (?, ?, ?, ?, 'person', 1, 1, 1, 1)`);
  for (const [i, [name, ...aliases]] of names.entries())
    insert.run(`e_${'a'.repeat(31)}${'abcdefghijkl'[i]}`, name.toLowerCase(), name, JSON.stringify(aliases));
  connection.close();
  return openUserSpace(location, now);
}

const known: readonly (readonly [name: string, ...aliases: string[]])[] = [
  ['Zoë Kapoor'],
  ['Ärger'],
  ['ОЛЬГА Ёлкина'],
  ['Οδυσσέας', 'ΟΔΟΣ'],
  ['Straße'],
  ['İstanbul', 'Constantinople'],
  ['محمّد'],
  ['東京ﾀﾜｰ'],
  ['Bea "B" Low', 'Bea, the one from work'],
];
const names = (space: UserSpace, of: { q?: string; called?: string }) =>
  space.read((r) => r.entities.list({ limit: 50, ...of }, now())).items.map(({ name }) => name);

const asked = [
  ['zoe k', 'Zoë Kapoor'],
  ['ZOË', 'Zoë Kapoor'],
  ['zoe\u0308', 'Zoë Kapoor'],
  ['ARGER', 'Ärger'],
  ['ольга елк', 'ОЛЬГА Ёлкина'],
  ['οδυσσεας', 'Οδυσσέας'],
  ['οδοσ', 'Οδυσσέας'],
  ['STRASSE', 'Straße'],
  ['istanbul', 'İstanbul'],
  ['ISTANBUL', 'İstanbul'],
  ['STANTIN', 'İstanbul'],
  ['محمد', 'محمّد'],
  ['タワー', '東京ﾀﾜｰ'],
  ['"b"', 'Bea "B" Low'],
  [`E_${'a'.repeat(31)}b`.toLowerCase(), 'Ärger'],
] as const;

it('a part of a name finds the one of that name, and nobody of another person', () => {
  const [alice, bob] = [knowing(known), knowing([['Bob Stone']])];
  for (const [q, name] of asked) expect([q, names(alice, { q }), names(bob, { q })]).toEqual([q, [name], []]);
});

it('the whole of a name is not a part of one, and what lies between two names is none', () => {
  const alice = knowing(known);
  expect(names(alice, { called: 'zoe kapoor' })).toEqual(['Zoë Kapoor']);
  expect(names(alice, { called: 'constantinople' })).toEqual(['İstanbul']);
  expect(names(alice, { called: 'zoe' })).toEqual([]);
  for (const q of ['["', '","', 'low bea', 'e_b', 'stone']) expect(names(alice, { q })).toEqual([]);
  expect(names(alice, { q: 'e_' })).toHaveLength(9);
  expect(names(alice, { q: 'e' }).length).toBeLessThan(9);
});
