/** The operator of a real server: what `vivim admin` does to Alice, and that Bob notices nothing of it. */
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Erasure } from '@vivim/contract/account';
import { AdminUser, AdminUserDetail, AuditReport, MigrationStatus, OperatorIdentity } from '@vivim/contract/admin';
import { page } from '@vivim/contract/page';
import { spaceSchemaVersion } from '@vivim/contract/space-schema';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { engines } from '../bench/processes.ts';
import { aliceExport, bobExport } from '../kit/exports.ts';
import { atTerminal, hashOfSpace, masterBehind } from '../kit/operator.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { refusalOf } from '../kit/refusals.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

let server: TestServer;
let alice: Person;
let bob: Person;
let his: string;

const admin = (...args: string[]) => atTerminal(server.dataDir, ['admin', ...args]);
async function read<T extends z.ZodType>(args: readonly string[], schema: T): Promise<z.output<T>> {
  const { code, stdout, stderr } = await atTerminal(server.dataDir, [...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return schema.parse(JSON.parse(stdout));
}
const show = ({ userId }: Person) => read(['admin', 'show', userId], AdminUserDetail);

beforeAll(async () => {
  server = await startTestServer({ env: { VIVIM_MODELS: 'off' } });
  [alice, bob] = await Promise.all([signUp(server.url), signUp(server.url)]);
  await Promise.all([importFile(alice, 'a.json', aliceExport), importFile(bob, 'b.json', bobExport)]);
  await Promise.all([quiet(alice, { embedding: false }), quiet(bob, { embedding: false })]);
  // Idle, and then still: whatever changes from here on was done to him.
  for (const { userId } of [alice, bob])
    while ((await admin('evict', userId)).code !== 0) await new Promise((resolve) => setTimeout(resolve, 50));
  his = hashOfSpace(server.dataDir, (await show(bob)).storageId);
}, 120_000);
afterAll(() => server?.stop());

/** Bob's files are what they were, byte for byte, and his session is alive. */
async function untouched(): Promise<void> {
  expect(hashOfSpace(server.dataDir, (await show(bob)).storageId)).toBe(his);
  expect((await bob.client.getMe({})).userId).toBe(bob.userId);
}

describe('the socket', () => {
  it('is open to its owner alone, in a directory nobody else passes', () => {
    const link = join(server.dataDir, 'admin.sock');
    const socket = realpathSync(link);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect([statSync(socket).isSocket(), statSync(socket).mode & 0o777]).toEqual([true, 0o600]);
    expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
  });

  it('is the only way: the operations do not answer over TCP', async () => {
    for (const path of ['/users', `/users/${alice.userId}/lock`, '/audit/verify', '/v1/admin', '/admin'])
      expect((await fetch(`${server.url}${path}`, { method: 'POST' })).status, path).toBe(404);
  });
});

describe('looking', () => {
  it('shows that every space has the schema of this server, and trying one again changes nothing', async () => {
    const now = await read(['admin', 'migrate', 'status'], MigrationStatus);
    expect(now).toMatchObject({ target: spaceSchemaVersion, spaces: 2, current: 2, behind: 0, setAsideCount: 0 });
    expect(await read(['admin', 'migrate', 'retry', alice.userId], MigrationStatus)).toEqual(now);
    await untouched();
  });

  it('shows everybody by id, page by page, and names nobody otherwise', async () => {
    const all = await read(['admin', 'users'], page(AdminUser));
    expect(all.items.map(({ userId }) => userId).sort()).toEqual([alice.userId, bob.userId].sort());
    const first = await read(['admin', 'users', '--limit', '1'], page(AdminUser));
    expect([first.items.length, first.nextCursor]).toEqual([1, first.items[0]?.userId]);
    const text = (await admin('users')).stdout;
    expect(text).toContain(alice.userId);
    expect(text + JSON.stringify(all)).not.toMatch(/did:|127\.0\.0\.1|marzano|borrow/i);
  });

  it('finds the account of a DID somebody tells, and says the DID to nobody', async () => {
    const [did = ''] = (await alice.client.getMe({})).dids;
    const found = await read(['admin', 'users', '--did', did], page(AdminUser));
    expect(found.items.map(({ userId }) => userId)).toEqual([alice.userId]);
    expect(JSON.stringify(found)).not.toContain('did:');
    expect((await read(['admin', 'users', '--did', `${did}x`], page(AdminUser))).items).toEqual([]);
  });

  it('shows one with size, sessions, devices and engine', async () => {
    await alice.client.getSpace({});
    const user = await show(alice);
    expect(user).toMatchObject({
      status: 'active',
      sessions: 1,
      devices: 1,
      engine: { running: true, pendingJobs: 0 },
    });
    expect(user.diskBytes).toBeGreaterThan(100_000);
    expect((await show(bob)).engine.running).toBe(false);
  });

  it('answers an unknown id and one of no shape alike, with the exit code for nothing there', async () => {
    for (const id of ['01935870-0000-7000-8000-000000000000', 'nonsense', '../users'])
      expect((await admin('lock', id)).code).toBe(4);
  });
});

describe('operators in a browser', () => {
  it('are named by id or DID and taken out again; only then they see the server, and nobody else of it', async () => {
    const [did = ''] = (await alice.client.getMe({})).dids;
    expect(await refusalOf(() => alice.client.getOperatorOverview({}))).toBe('not_found');
    const added = await read(['admin', 'operators', 'add', did], OperatorIdentity);
    expect(added.userId).toBe(alice.userId);
    expect(await read(['admin', 'operators', 'add', alice.userId], OperatorIdentity)).toEqual(added);
    expect((await admin('operators')).stdout).toContain(alice.userId);
    const overview = await alice.client.getOperatorOverview({});
    expect(overview).toMatchObject({
      accounts: { accounts: 2, locked: 0, deleting: 0 },
      versions: { spaceSchema: spaceSchemaVersion },
      spaces: { spaces: 2, current: 2 },
    });
    expect(overview.disk.freeBytes).toBeGreaterThan(0);
    const accounts = await alice.client.listOperatorAccounts({});
    expect(accounts.items.map(({ userId }) => userId).sort()).toEqual([alice.userId, bob.userId].sort());
    const told = JSON.stringify([overview, accounts]);
    const spaces = [(await show(alice)).storageId, (await show(bob)).storageId];
    for (const secret of [...spaces, server.dataDir, 'did:', 'marzano', 'borrow']) expect(told).not.toContain(secret);
    expect(await refusalOf(() => bob.client.getOperatorOverview({}))).toBe('not_found');
    await alice.client.getSpace({});
    expect((await alice.client.stopEngine({ params: { id: alice.userId } })).engine.running).toBe(false);
    expect(await read(['admin', 'operators', 'remove', alice.userId], OperatorIdentity)).toEqual(added);
    expect((await admin('operators', 'remove', alice.userId)).code).toBe(4);
    expect(await refusalOf(() => alice.client.getOperatorOverview({}))).toBe('not_found');
    const log = (await alice.client.listAccountEvents({})).items.map(({ event }) => event);
    expect(log).toEqual(expect.arrayContaining(['operator.added', 'operator.looked', 'operator.removed']));
    await untouched();
  });
});

describe('stopping and locking', () => {
  it('refuses to stop an engine in use, and stops it by force', async () => {
    const stream = await alice.client.streamEvents({});
    const busy = await admin('evict', alice.userId);
    expect(busy).toMatchObject({ code: 5, stderr: expect.stringMatching(/1 requests are under way/) });
    expect((await admin('evict', alice.userId, '--force')).code).toBe(0);
    await expect(stream.text()).rejects.toThrow();
    expect((await show(alice)).engine).toMatchObject({ running: false, requests: 0 });
    await untouched();
  });

  it('lets nobody in, ends what is open, stops the engine, and lets her in again', async () => {
    const [events, account] = [await alice.client.streamEvents({}), await alice.client.streamAccountEvents({})];
    const before = engines(server.pid).length;
    expect((await admin('lock', alice.userId)).stdout).toMatch(/status +locked/);
    await expect(events.text()).rejects.toThrow();
    await account.text().catch(() => {});
    expect(await refusalOf(() => alice.client.getMe({}))).toBe('session_revoked');
    if (process.platform === 'linux') expect(engines(server.pid).length).toBeLessThan(before);
    expect(await show(alice)).toMatchObject({ status: 'locked', sessions: 0, engine: { running: false } });
    expect(await refusalOf(() => alice.signIn())).toBe('account_locked');
    expect((await atTerminal(server.dataDir, ['backup', 'run', '--user', alice.userId])).code).toBe(0);
    expect((await show(alice)).engine.running).toBe(false);
    await untouched();
    expect((await admin('lock', alice.userId)).code).toBe(0);
    expect((await admin('unlock', alice.userId)).stdout).toMatch(/status +active/);
    alice = await alice.signIn();
    expect((await alice.client.getSpace({})).counts.conversations).toBeGreaterThan(0);
    const log = (await alice.client.listAccountEvents({})).items.map(({ event, actor }) => `${event} ${actor}`);
    expect(log).toEqual(
      expect.arrayContaining(['admin.evicted operator', 'admin.locked operator', 'admin.unlocked operator']),
    );
  });

  it('signs her out everywhere, and not him', async () => {
    const ended = await read(['admin', 'end-sessions', alice.userId], z.object({ ended: z.number() }));
    expect(ended.ended).toBe(1);
    expect(await refusalOf(() => alice.client.getMe({}))).toBe('session_revoked');
    await untouched();
    alice = await alice.signIn();
  });

  it('sets how large a space may grow', async () => {
    expect((await admin('quota', alice.userId, '500MB')).code).toBe(0);
    expect((await admin('quota', alice.userId, 'much')).code).toBe(2);
    await admin('evict', alice.userId);
    expect((await alice.client.getSpace({})).bytes.quota).toBe(500_000_000);
  });
});

describe('the books', () => {
  const verify = () => atTerminal(server.dataDir, ['audit', 'verify']);

  it('are clean, and say so', async () => {
    const report = await read(['audit', 'verify'], AuditReport);
    expect(report).toMatchObject({ clean: true, keyLogs: 2, witnessed: 3 });
    expect(await verify()).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing was changed') });
  });

  it('show what somebody changed in the database, by name and place, and end with 1', async () => {
    const master = await masterBehind(server.dataDir);
    const actorOf = async (actor: string) =>
      sql<{ actor: string }>`with was as (select actor from audit where chain = 'operator' and seq = 2)
        update audit set actor = ${actor} from was where chain = 'operator' and seq = 2 returning was.actor`.execute(
        master.db,
      );
    const { rows } = await actorOf('nobody');
    const broken = await verify();
    expect(broken).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/audit +operator +at 2: this entry is not what/),
    });
    await actorOf(rows[0]?.actor ?? '');
    await master.close();
    expect((await verify()).code).toBe(0);
  });
});

describe('erasing', () => {
  it('asks for the id, and erases nothing when something else is typed', async () => {
    const answer = await atTerminal(server.dataDir, ['admin', 'erase', alice.userId], `${bob.userId}\n`);
    expect(answer).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('nothing was erased') });
    expect(answer.stderr).toContain('Type the id to go on');
    expect((await atTerminal(server.dataDir, ['admin', 'erase', alice.userId])).code).toBe(2);
    expect((await admin('erase', alice.userId, '--confirm', bob.userId)).code).toBe(2);
    expect((await show(alice)).status).toBe('active');
  });

  it('leaves nothing of her, keeps all of him, and whoever has the receipt can ask', async () => {
    const { storageId, receipt } = await show(alice);
    const erased = await atTerminal(server.dataDir, ['admin', 'erase', alice.userId, '--json'], `${alice.userId}\n`);
    expect(erased.code).toBe(0);
    const erasure = Erasure.parse(JSON.parse(erased.stdout));
    expect(erasure.receipt).toBe(receipt);
    const names = ['users', 'keys', 'backups', 'run-pending'].flatMap((root) =>
      readdirSync(join(server.dataDir, root), { recursive: true, encoding: 'utf8' }),
    );
    expect(names.filter((name) => name.includes(storageId))).toEqual([]);
    expect((await admin('show', alice.userId)).code).toBe(4);
    expect(await refusalOf(() => alice.signIn())).toBe('key_not_authorized');
    const asked = await fetch(`${server.url}/v1/erasures/${receipt}`);
    expect(Erasure.parse(await asked.json())).toEqual(erasure);
    await untouched();
    expect((await atTerminal(server.dataDir, ['audit', 'verify'])).code).toBe(0);
  });
});

describe('a server that is not there', () => {
  it('is said to be not there, with what to do', async () => {
    const nowhere = mkdtempSync(join(tmpdir(), 'vivim-nowhere-'));
    const answer = await atTerminal(nowhere, ['admin', 'users']);
    expect(answer).toMatchObject({ code: 7, stderr: expect.stringContaining(`vivim serve --data-dir ${nowhere}`) });
    expect((await atTerminal(nowhere, ['audit', 'verify'])).code).toBe(7);
  });

  it('leaves a socket when it is killed, which the next one replaces; and a path too long for one is no obstacle', async () => {
    const dataDir = join(mkdtempSync(join(tmpdir(), 'vivim-long-')), 'a-directory-with-a-long-name'.repeat(4));
    mkdirSync(dataDir, { recursive: true });
    // PostgreSQL's own user passes through here when tests run as root.
    chmodSync(dirname(dataDir), 0o711);
    const env = { VIVIM_MODELS: 'off' };
    const first = await startTestServer({ dataDir, env });
    expect((await atTerminal(dataDir, ['admin', 'users'])).stdout).toContain('Nobody has an account');
    process.kill(first.pid, 'SIGKILL');
    const second = await startTestServer({ dataDir, env });
    const socket = realpathSync(join(dataDir, 'admin.sock'));
    expect(Buffer.byteLength(socket)).toBeLessThan(104);
    expect((await atTerminal(dataDir, ['admin', 'users'])).code).toBe(0);
    await second.stop({ keep: true });
    expect([existsSync(socket), existsSync(join(dataDir, 'admin.sock'))]).toEqual([false, false]);
    await first.stop();
  }, 60_000);
});
