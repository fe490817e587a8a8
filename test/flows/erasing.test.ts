/**
 * Erasing through a real server: two people, a real jail, the command. The note is on disk before the answer; an older file put
 * in the place of the newer is brought up to it before anything is served.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConversationId } from '@vivim/contract/ids';
import { spaceDirectory } from '@vivim/gateway/fleet/space-directory';
import { afterAll, expect, it } from 'vitest';
import { aliceExport } from '../kit/exports.ts';
import { atTerminal, storageIdOf } from '../kit/operator.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

const env = { VIVIM_MODELS: 'off' };
let server: TestServer;
afterAll(() => server?.stop());

const titles = async ({ client }: Person) => (await client.listConversations({})).items.map(({ title }) => title);
const found = async ({ client }: Person, q: string) => (await client.search({ query: { q } })).items.length;

it('keeps the note beside the keys, and an older copy does not bring anything back', { timeout: 120_000 }, async () => {
  server = await startTestServer({ env });
  const { dataDir } = server;
  const [alice, bob] = [await signUp(server.url), await signUp(server.url)];
  await importFile(alice, 'a.json', aliceExport);
  await importFile(bob, 'b.json', aliceExport);
  await quiet(alice, { embedding: false });
  await quiet(bob, { embedding: false });
  const evict = async () => {
    while ((await atTerminal(dataDir, ['admin', 'evict', alice.userId])).code !== 0) await wait(50);
  };
  const storageId = await storageIdOf(dataDir, alice);
  const file = join(spaceDirectory(join(dataDir, 'users'), storageId), 'user.db');
  await evict();
  copyFileSync(file, join(dataDir, 'older.db'));

  const id = (await alice.client.listConversations({})).items.find(({ title }) => title === 'Ferry to Berlengas')
    ?.id as ConversationId;
  const preview = await alice.client.eraseConversation({ params: { id }, query: { preview: 'true' } });
  expect(preview).toMatchObject({ id: null, removed: { conversations: 1, messages: 2 } });
  // What an upgrade and a restore would have left beside the space holds the words too.
  const beside = [join(dataDir, 'snapshots', storageId), join(spaceDirectory(join(dataDir, 'users'), storageId))];
  mkdirSync(beside[0] ?? '', { recursive: true });
  const left = [
    join(beside[0] ?? '', '2026-11-25T10-00-00.000Z.db'),
    join(beside[1] ?? '', 'before-restore-2026-11-25T10-00-00.000Z.db'),
  ];
  for (const path of left) copyFileSync(join(dataDir, 'older.db'), path);
  const idempotencyKey = 'once';
  const receipt = await alice.client.eraseConversation({ params: { id }, idempotencyKey });
  expect(left.filter((path) => existsSync(path))).toEqual([]);
  const book = join(dataDir, 'keys/erasures', `${storageId}.jsonl`);
  const lines = readFileSync(book, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ id: receipt.id, kind: 'conversation' });
  expect(lines[0]).not.toContain(id);
  expect(readdirSync(join(dataDir, 'keys/erasures'))).toEqual([`${storageId}.jsonl`]);
  expect(await alice.client.eraseConversation({ params: { id }, idempotencyKey })).toEqual(receipt);
  expect(await titles(alice)).toEqual(['Tomatoes on the balcony']);
  expect(await found(bob, 'Berlengas')).toBeGreaterThan(0);

  await evict();
  for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
  copyFileSync(join(dataDir, 'older.db'), file);
  expect(await titles(alice)).toEqual(['Tomatoes on the balcony']);
  expect(await found(alice, 'Berlengas')).toBe(0);
  expect((await alice.client.listErasures({})).items.map((each) => each.id)).toEqual([receipt.id]);

  // Imported again it stays away, until she allows it.
  const again = await importFile(alice, 'again.json', aliceExport);
  expect(again.report.issues.map(({ code }) => code)).toEqual(['erased_by_you']);
  await alice.client.allowErased({ params: { id: receipt.id as NonNullable<typeof receipt.id> } });
  await importFile(alice, 'again.json', aliceExport);
  expect((await titles(alice)).sort()).toEqual(['Ferry to Berlengas', 'Tomatoes on the balcony']);
  expect(readFileSync(book, 'utf8').trim().split('\n')).toHaveLength(2);
});
