/**
 * The key-encryption key of a real server, over the command: Alice and Bob keep reading while every wrap is moved, the operator
 * goes from a file to a program to a passphrase, and a server that is killed in the middle brings it to the end.
 */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AdminUserDetail, AuditReport } from '@vivim/contract/admin';
import { KekReport, KekStatus } from '@vivim/contract/admin-kek';
import { BackupRun } from '@vivim/contract/backup';
import { StorageId } from '@vivim/contract/ids';
import { openConnection } from '@vivim/engine/sqlite/database';
import { openSpaceKeys } from '@vivim/gateway/keys/space-keys';
import { readAudit } from '@vivim/gateway/master/audit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';
import { runProcess } from '../kit/command.ts';
import { aliceExport, bobExport } from '../kit/exports.ts';
import { isRunning } from '../kit/fleet/fleet-kit.ts';
import { keysOf, openTestKeks } from '../kit/keks.ts';
import { atTerminal, masterBehind } from '../kit/operator.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

const plain = { VIVIM_MODELS: 'off' };
const passphrase = 'seven random words are quite enough';
/** Wraps of nobody, so that moving them all takes a moment. */
const crowd = 400;

let server: TestServer;
let alice: Person;
let bob: Person;

const kek = (args: readonly string[], stdin?: string) => atTerminal(server.dataDir, ['admin', 'kek', ...args], stdin);
async function read<T extends z.ZodType>(args: readonly string[], schema: T): Promise<z.output<T>> {
  const { code, stdout, stderr } = await atTerminal(server.dataDir, [...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return schema.parse(JSON.parse(stdout));
}
const status = () => read(['admin', 'kek', 'status'], KekStatus);
const placeOf = async ({ userId }: Person) => (await read(['admin', 'show', userId], AdminUserDetail)).storageId;

beforeAll(async () => {
  server = await startTestServer({ env: plain });
  [alice, bob] = await Promise.all([signUp(server.url), signUp(server.url)]);
  await Promise.all([importFile(alice, 'a.json', aliceExport), importFile(bob, 'b.json', bobExport)]);
  await Promise.all([quiet(alice, { embedding: false }), quiet(bob, { embedding: false })]);
}, 120_000);
afterAll(() => server?.stop());

/** Each finds their own words, through an engine that was started for it. */
async function bothRead(): Promise<void> {
  await Promise.all(
    [alice, bob].map(({ userId }) => atTerminal(server.dataDir, ['admin', 'evict', userId, '--force'])),
  );
  const hers = await alice.client.search({ query: { q: 'San Marzano tomatoes' } });
  const his = await bob.client.search({ query: { q: 'San Marzano tomatoes' } });
  expect(hers.items.length).toBeGreaterThan(0);
  expect(his.items).toEqual([]);
  expect((await bob.client.getSpace({})).counts.conversations).toBeGreaterThan(0);
}

/** On the same port, so that everybody stays signed in. @param killed it is gone already */
async function startAgain(env: Readonly<Record<string, string>>, killed = false): Promise<void> {
  const { dataDir, url } = server;
  if (!killed) await server.stop({ keep: true });
  server = await startTestServer({ dataDir, env: { ...plain, VIVIM_PORT: new URL(url).port, ...env } });
}

/** What a start with these settings ends with. */
const refusedStart = async (env: Readonly<Record<string, string>>): Promise<string> =>
  startTestServer({ dataDir: server.dataDir, env: { ...plain, ...env } }).then(
    async (started) => {
      await started.stop({ keep: true });
      return 'it started';
    },
    (error: Error) => error.message,
  );

const keyFile = () => join(server.dataDir, 'keys/kek');

it('is a file at first, and every key of a space opens', async () => {
  expect(await status()).toMatchObject({ source: { kind: 'file', path: keyFile() }, rotation: null, retired: [] });
  expect((await kek(['status'])).stdout).toMatch(/2 wraps\n.*The next start needs VIVIM_KEK_FILE=/s);
  expect(await read(['admin', 'kek', 'verify'], KekReport)).toMatchObject({ checked: 2, failed: 0, users: [] });
});

it('moves in place while both read; their files and the backup from before are what they were', async () => {
  expect(await read(['backup', 'run', '--user', alice.userId], BackupRun)).toMatchObject({ copied: 1, failed: [] });
  const before = await status();
  let reading = true;
  const readers = (async () => {
    let times = 0;
    for (; reading || times === 0; times += 1) await bothRead();
    return times;
  })();
  const rotated = await kek(['rotate']);
  reading = false;
  expect(await readers).toBeGreaterThan(0);
  expect(rotated).toMatchObject({ code: 0, stdout: expect.stringContaining(`${keyFile()}.retired-${before.id}`) });
  const after = await status();
  expect(after).toMatchObject({ wraps: [{ id: after.id, wraps: 2 }], rotation: null, retired: [{ id: before.id }] });
  expect(after.id).not.toBe(before.id);
  await bothRead();

  const keys = await keysOf(server.dataDir);
  const keyHex = Buffer.from(await keys.unwrap(await placeOf(alice))).toString('hex');
  const copies = join(server.dataDir, 'backups/spaces', await placeOf(alice));
  const backup = join(copies, readdirSync(copies).find((name) => name.endsWith('.db')) ?? '');
  const connection = openConnection(backup, { keyHex, quotaBytes: 2 ** 30, readonly: true });
  expect(connection.pragma('quick_check', { simple: true })).toBe('ok');
  connection.close();
});

it('names the account whose key is gone or broken, and nobody else', async () => {
  const wraps = join(server.dataDir, 'keys/wraps');
  const wrap = join(wraps, await placeOf(alice));
  renameSync(wrap, `${wrap}.tmp`);
  const gone = await kek(['verify', '--json']);
  expect([gone.code, KekReport.parse(JSON.parse(gone.stdout)).users]).toEqual([1, [alice.userId]]);
  copyFileSync(join(wraps, await placeOf(bob)), wrap);
  const swapped = await kek(['verify']);
  expect(swapped).toMatchObject({ code: 1, stdout: expect.stringContaining(`1 did not open:\n${alice.userId}\n`) });
  for (const text of [gone.stdout, swapped.stdout]) {
    expect(text).not.toContain(bob.userId);
    expect(text).not.toContain(await placeOf(alice));
  }
  renameSync(`${wrap}.tmp`, wrap);
  expect((await kek(['verify'])).code).toBe(0);
});

it('goes on after a kill in the middle, with the settings the operator was told', { timeout: 60_000 }, async () => {
  const keys = await keysOf(server.dataDir);
  const known = new Map<StorageId, string>();
  for (const person of [alice, bob]) known.set(await placeOf(person), '');
  for (let made = 0; made < crowd; made += 1) known.set(StorageId.parse(crypto.randomUUID()), '');
  for (const id of known.keys()) known.set(id, Buffer.from(await keys.create(id)).toString('hex'));

  const program = join(server.dataDir, 'print-key.sh');
  writeFileSync(program, `#!/bin/sh\necho ${'5e'.repeat(32)}\n`);
  chmodSync(program, 0o700);
  const to = `command:${program}`;
  expect(await kek(['rotate', '--to', to], 'no\n')).toMatchObject({
    code: 3,
    stderr: expect.stringContaining(program),
  });
  expect((await kek(['rotate', '--to', to])).code).toBe(2);

  const running = kek(['rotate', '--to', to, '--yes']);
  const book = join(server.dataDir, 'keys/kek-book.json');
  while (!readFileSync(book, 'utf8').includes('"since"')) await wait(1);
  process.kill(server.pid, 'SIGKILL');
  while (isRunning(server.pid)) await wait(1);
  expect((await running).code).toBe(7);
  expect(JSON.parse(readFileSync(book, 'utf8')).previous).not.toBeNull();

  expect(await refusedStart({})).toMatch(/A rotation has begun.*Start with VIVIM_KEK_COMMAND='.*print-key.sh'/);
  await startAgain({ VIVIM_KEK_COMMAND: program }, true);
  await bothRead();
  for (let now = await status(); now.rotation !== null; now = await status()) {
    expect(now.rotation).toMatchObject({ running: true, failed: 0 });
    await wait(50);
  }
  expect(await status()).toMatchObject({ source: { kind: 'command' }, wraps: [{ wraps: crowd + 2 }], damaged: 0 });
  const environment = { PATH: '/usr/bin:/bin', HOME: '/' };
  const source = { kind: 'command', command: [program] } as const;
  const moved = await openTestKeks(join(server.dataDir, 'keys'), {
    source: { ...source, command: [program] },
    environment,
  });
  const opened = await openSpaceKeys(moved, { error: () => {} });
  for (const [id, key] of known) expect(Buffer.from(await opened.unwrap(id)).toString('hex')).toBe(key);
  expect(await read(['admin', 'kek', 'verify'], KekReport)).toMatchObject({ checked: crowd + 2, failed: 0 });
  for (const id of [...known.keys()].slice(2)) await opened.destroy(id);
});

it('becomes a passphrase, which a file holds at the next start, and no log, no book and no answer shows it', {
  timeout: 60_000,
}, async () => {
  // A program sends it on standard input.
  const args = ['admin', 'kek', 'rotate', '--to', 'passphrase', '--yes', '--json', '--data-dir', server.dataDir];
  const surroundings = { config: join(server.dataDir, 'nobody'), server: server.url, profile: 'operator' };
  expect((await runProcess(args, { ...surroundings, stdin: 'too short\n' })).stderr).toMatch(/16 characters/);
  const typed = await runProcess(args, { ...surroundings, stdin: `${passphrase}\n` });
  expect(typed.code).toBe(0);
  await bothRead();
  const file = join(server.dataDir, 'passphrase');
  writeFileSync(file, `${passphrase}\n`, { mode: 0o400 });
  const said = server.output();
  await server.stop({ keep: true });
  expect(await refusedStart({})).toMatch(/Start with VIVIM_KEK=passphrase/);
  await startAgain({ VIVIM_KEK_PASSPHRASE_FILE: file }, true);
  await bothRead();
  rmSync(file);
  const kept = readdirSync(join(server.dataDir, 'keys'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  for (const text of [typed.stdout, typed.stderr, said, server.output(), ...kept]) {
    expect(text).not.toContain(passphrase);
    expect(text).not.toContain('5e'.repeat(32));
  }
});

it('is in the audit chain of the operator, which is whole', async () => {
  const report = await read(['audit', 'verify'], AuditReport);
  expect(report).toMatchObject({ clean: true, findings: [] });
  const master = await masterBehind(server.dataDir);
  const entries = await readAudit(master, 'operator', { before: null, limit: 100 });
  await master.close();
  const rotations = entries.filter(({ event }) => event.startsWith('kek.rot')).reverse();
  expect(rotations.map(({ event, meta }) => `${event} ${meta.kind}`)).toEqual([
    'kek.rotation_begun file',
    'kek.rotated file',
    'kek.rotation_begun command',
    'kek.rotated command',
    'kek.rotation_begun passphrase',
    'kek.rotated passphrase',
  ]);
  expect(rotations.at(-1)?.ref).toBe((await status()).id);
  expect(existsSync(keyFile())).toBe(true);
});
