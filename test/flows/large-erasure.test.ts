/**
 * A large erasure through a real server: its note is longer than a line of an engine's report may be, and lies whole beside the keys;
 * nothing of it is shown from the answer on; the server dies in the middle, and it goes on without being asked; the neighbour sees nothing of it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { aliceExport, bobExport, dialogue } from '../kit/exports.ts';
import { storageIdOf } from '../kit/operator.ts';
import { importFile, type Person, signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

const many = 1_800;
const going = JSON.stringify(Array.from({ length: many }, (_, n) => dialogue(`g${n}`, `Note ${n}`, [`qzgoing ${n}`])));

const env = { VIVIM_MODELS: 'off' };
let server: TestServer;
afterAll(() => server?.stop());

const told = async ({ client }: Person) => ({
  titles: (await client.listConversations({ query: { limit: 200 } })).items.map(({ title }) => title),
  found: (await client.search({ query: { q: 'qzgoing' } })).items.length,
});

it('goes from sight at once and from the file through a kill of the server', { timeout: 120_000 }, async () => {
  server = await startTestServer({ env });
  const [alice, bob] = [await signUp(server.url), await signUp(server.url)];
  await importFile(alice, 'a.json', aliceExport);
  await importFile(bob, 'b.json', bobExport);
  const [hers, his] = [await told(alice), await told(bob)];
  const { id } = await importFile(alice, 'qzgoing.json', going);

  const preview = await alice.client.eraseImport({ params: { id }, query: { preview: 'true' } });
  expect(preview.removed).toMatchObject({ conversations: many, messages: many, imports: 1 });
  const receipt = await alice.client.eraseImport({ params: { id } });
  expect(receipt).toMatchObject({ left: many + 1, removed: { conversations: many, messages: many } });
  expect(await told(alice)).toEqual(hers);
  const book = join(server.dataDir, 'keys/erasures', `${await storageIdOf(server.dataDir, alice)}.jsonl`);
  const note = JSON.parse(readFileSync(book, 'utf8'));
  // The import itself is one of them.
  expect(new Set(note.marks).size).toBe(many + 1);

  process.kill(server.pid, 'SIGKILL');
  server = await startTestServer({ env, dataDir: server.dataDir });
  // Nobody asks for it.
  while (!server.output().includes('engine.opened')) await wait(50);
  const again = await alice.signIn(server.url);
  expect(await told(again)).toEqual(hers);
  const receiptNow = () =>
    again.client.getErasureReceipt({ params: { id: receipt.id as NonNullable<typeof receipt.id> } });
  while ((await receiptNow()).left > 0) await wait(50);
  expect(await receiptNow()).toEqual({ ...receipt, left: 0 });
  expect(await told(again)).toEqual(hers);
  expect((await again.client.listImports({})).items.map(({ fileName }) => fileName)).toEqual(['a.json']);
  expect(await told(await bob.signIn(server.url))).toEqual(his);
});
