/** Erasing everything of a source or of a time, through a real server: hers goes, what is outside stays, and his is as it was. */
import { uuidv7 } from '@vivim/contract/random';
import { beforeAll, expect, it } from 'vitest';
import { type CommonServer, commonServer } from '../kit/common-servers.ts';
import { dialogue } from '../kit/exports.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { refusalOf } from '../kit/refusals.ts';

const at = (day: string) => Date.parse(`${day}T12:00:00Z`) / 1_000;
const years = JSON.stringify([
  dialogue('old', 'The old boat', ['Where did the qzold boat lie?', 'In Porto.'], at('2022-05-01')),
  dialogue('edge', 'New year', ['What do I do at qzedge?', 'Sleep.'], at('2023-01-01')),
  dialogue('new', 'The new boat', ['Where does the qznew boat lie?', 'In Faro.'], at('2024-05-01')),
]);

let server: CommonServer;
let alice: Person;
let bob: Person;
beforeAll(async () => {
  server = await commonServer('off');
  [alice, bob] = await Promise.all([signUp(server.url), signUp(server.url)]);
  for (const person of [alice, bob]) {
    await importFile(person, 'years.json', years);
    const messages = [{ role: 'user' as const, content: 'A qznote of no time.' }];
    await person.client.saveConversation({ body: { externalId: 'n', title: 'Kept by hand', messages } });
    await quiet(person, { embedding: false });
  }
}, 120_000);

const titles = async ({ client }: Person) =>
  (await client.listConversations({})).items.map(({ title }) => title).sort();
const all = ['Kept by hand', 'New year', 'The new boat', 'The old boat'];

it('counts before it erases, and takes what is in the time: its first moment in, its last moment out', async () => {
  const body = { from: '2022-01-01T00:00:00Z', until: '2023-01-01T00:00:00Z' };
  const preview = await alice.client.eraseRange({ body, query: { preview: 'true' } });
  expect(preview).toMatchObject({ id: null, items: 1, removed: { conversations: 1, messages: 2 } });
  expect(await titles(alice)).toEqual(all);
  const idempotencyKey = uuidv7();
  const receipt = await alice.client.eraseRange({ body, idempotencyKey });
  expect(receipt).toMatchObject({ kind: 'conversation', items: 1, removed: { conversations: 1 } });
  expect(await alice.client.eraseRange({ body, idempotencyKey })).toEqual(receipt);
  expect(await titles(alice)).toEqual(['Kept by hand', 'New year', 'The new boat']);
  expect((await alice.client.search({ query: { q: 'qzold' } })).items).toEqual([]);
});

it('takes everything of a source, and a source within a time only that', async () => {
  const later = { source: 'chatgpt', from: '2024-01-01T00:00:00Z' } as const;
  expect(await alice.client.eraseRange({ body: later })).toMatchObject({ items: 1 });
  expect(await titles(alice)).toEqual(['Kept by hand', 'New year']);
  expect(await alice.client.eraseRange({ body: { source: 'chatgpt' } })).toMatchObject({ items: 1 });
  expect(await titles(alice)).toEqual(['Kept by hand']);
});

it('answers what names nothing, and refuses what would be everything', async () => {
  expect(await refusalOf(() => alice.client.eraseRange({ body: { source: 'chatgpt' } }))).toBe('not_found');
  expect(await refusalOf(() => alice.client.eraseRange({ body: {} }))).toBe('request_invalid');
  expect(await titles(alice)).toEqual(['Kept by hand']);
});

it('touches nothing of anybody else’s, and what went does not come in again', async () => {
  expect(await titles(bob)).toEqual(all);
  expect((await bob.client.search({ query: { q: 'qzold' } })).items).not.toEqual([]);
  await importFile(alice, 'years.json', years);
  await quiet(alice, { embedding: false });
  expect(await titles(alice)).toEqual(['Kept by hand']);
});
