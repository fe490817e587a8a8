/**
 * The day a machine is lost: everything is gone but the backups, and the archive of keys somewhere else. What comes back, what
 * does not, and what a restore refuses to do.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdminUserDetail, AuditReport } from '@vivim/contract/admin';
import { BackupOverview, BackupRun, BackupSet, VerifyReport } from '@vivim/contract/backup';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { aliceExport, bobExport } from '../kit/exports.ts';
import { eventually } from '../kit/fleet/fleet-kit.ts';
import { atTerminal } from '../kit/operator.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { refusalOf } from '../kit/refusals.ts';
import { freePort } from '../kit/reverse-proxy.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

const elsewhere = mkdtempSync(join(tmpdir(), 'vivim-elsewhere-'));
// PostgreSQL's own user passes through here when tests run as root.
chmodSync(elsewhere, 0o711);
const backups = join(elsewhere, 'backups');
const archives = join(elsewhere, 'keys');
const passphraseFile = join(elsewhere, 'passphrase');
const env: Record<string, string> = { VIVIM_MODELS: 'off', VIVIM_BACKUP_TO: backups, VIVIM_BACKUP_EVERY: 'off' };

let server: TestServer;
let [alice, bob, carol]: Person[] = [];
let late: Person;
let set: string;
let erasedSpace: string;
let erasedTitle: string | null;
const counts = new Map<string, unknown>();

async function read<T extends z.ZodType>(schema: T, dataDir: string, args: readonly string[]): Promise<z.output<T>> {
  const { code, stdout, stderr } = await atTerminal(dataDir, [...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return schema.parse(JSON.parse(stdout));
}
/** What its owner brought in; profiles and bundles go on being made from it. */
async function countsOf({ client }: Person) {
  const { conversations, messages, acus, imports } = (await client.getSpace({})).counts;
  return { conversations, messages, acus, imports };
}
const newDirectory = () => mkdtempSync(join(elsewhere, 'data-'));
const archive = () => join(archives, readdirSync(archives).sort().at(-1) ?? '');
const restore = (dataDir: string, ...args: string[]) =>
  atTerminal(dataDir, ['restore', '--all', '--from', backups, ...args]);
const withKeys = () => ['--keys', archive(), '--passphrase-file', passphraseFile];

beforeAll(async () => {
  writeFileSync(passphraseFile, 'correct horse battery staple\n', { mode: 0o600 });
  // The machine that comes after it is reached under the same address.
  env.VIVIM_PORT = String(await freePort());
  server = await startTestServer({ env });
  [alice, bob, carol] = await Promise.all([1, 2, 3].map(() => signUp(server.url)));
  const [a, b, c] = [alice, bob, carol] as [Person, Person, Person];
  await Promise.all([
    importFile(a, 'a.json', aliceExport),
    importFile(b, 'b.json', bobExport),
    importFile(c, 'c.json', bobExport),
  ]);
  for (const person of [a, b, c]) {
    await quiet(person, { embedding: false });
    counts.set(person.userId, await countsOf(person));
  }
  set = (await read(BackupRun, server.dataDir, ['backup', 'run'])).set ?? '';
  const kept = await atTerminal(server.dataDir, [
    'backup',
    'keys',
    '--to',
    archives,
    '--passphrase-file',
    passphraseFile,
  ]);
  expect([kept.code, kept.stdout.includes('the keys of 3 spaces')]).toEqual([0, true]);
  // What was done after the backup: somebody erased, somebody new, something written.
  const { storageId } = await read(AdminUserDetail, server.dataDir, ['admin', 'show', c.userId]);
  erasedSpace = storageId;
  cpSync(join(backups, 'spaces', storageId), join(elsewhere, 'hoarded', storageId), { recursive: true });
  expect((await atTerminal(server.dataDir, ['admin', 'erase', c.userId, '--confirm', c.userId])).code).toBe(0);
  expect(existsSync(join(backups, 'spaces', storageId))).toBe(false);
  // Somebody kept the erased person's copy and lays it back.
  cpSync(join(elsewhere, 'hoarded', storageId), join(backups, 'spaces', storageId), { recursive: true });
  // And something erased inside of a space, which the set and the archive of the keys know nothing of.
  const gone = (await b.client.listConversations({})).items[0];
  if (gone === undefined) throw new Error('nothing to erase');
  await b.client.eraseConversation({ params: { id: gone.id } });
  erasedTitle = gone.title;
  counts.set(b.userId, await countsOf(b));
  late = await signUp(server.url);
  await importFile(a, 'later.json', bobExport);
  process.kill(server.pid, 'SIGKILL');
  await server.stop();
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(elsewhere, { recursive: true, force: true });
});

describe('a restore refuses', () => {
  it('without keys, with another passphrase, and with an archive that was altered', async () => {
    const dataDir = newDirectory();
    expect(await restore(dataDir)).toMatchObject({ code: 3, stderr: expect.stringContaining('vivim backup keys') });
    const wrong = join(elsewhere, 'wrong');
    writeFileSync(wrong, 'a passphrase nobody chose\n', { mode: 0o600 });
    const other = await restore(dataDir, '--keys', archive(), '--passphrase-file', wrong);
    expect(other).toMatchObject({ code: 3, stderr: expect.stringContaining('does not open') });
    const open = join(elsewhere, 'open-to-all');
    writeFileSync(open, 'correct horse battery staple\n', { mode: 0o644 });
    expect(await restore(dataDir, '--keys', archive(), '--passphrase-file', open)).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('chmod 400'),
    });
    const altered = join(elsewhere, 'altered.vivim-keys');
    const bytes = readFileSync(archive());
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    writeFileSync(altered, bytes);
    expect((await restore(dataDir, '--keys', altered, '--passphrase-file', passphraseFile)).code).toBe(3);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('into a directory that is not empty, and from a place without a set', async () => {
    const dataDir = newDirectory();
    mkdirSync(join(dataDir, 'users'));
    expect(await restore(dataDir, ...withKeys())).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('not empty'),
    });
    expect(readdirSync(dataDir)).toEqual(['users']);
    const nothing = await atTerminal(newDirectory(), [
      'restore',
      '--all',
      '--from',
      join(elsewhere, 'nowhere'),
      ...withKeys(),
    ]);
    expect(nothing).toMatchObject({ code: 4, stderr: expect.stringContaining('no backup set') });
    expect((await restore(newDirectory(), ...withKeys(), '--at', '2001-01-01T00:00:00Z')).code).toBe(4);
  });

  it('where no deletion ledger is found, and where two do not agree', async () => {
    const bare = join(elsewhere, 'bare');
    cpSync(backups, bare, { recursive: true });
    rmSync(join(bare, 'erased.jsonl'));
    const from = ['restore', '--all', '--from', bare, ...withKeys()];
    // The archive is older than the erasure, and its server had erased nobody: there is no ledger in it.
    expect(await atTerminal(newDirectory(), from)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('--without-ledger'),
    });
    const forged = readFileSync(join(backups, 'erased.jsonl'), 'utf8').replace(/"receipt":"./, '"receipt":"~');
    writeFileSync(join(bare, 'erased.jsonl'), forged);
    expect(await atTerminal(newDirectory(), from)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('altered'),
    });
  });

  it('a dump that was cut short, and leaves nothing behind', async () => {
    const cut = join(elsewhere, 'cut');
    cpSync(backups, cut, { recursive: true });
    const [dump] = readdirSync(join(cut, 'master'));
    const path = join(cut, 'master', dump ?? '');
    writeFileSync(path, readFileSync(path).subarray(0, -40));
    const dataDir = newDirectory();
    const answer = await atTerminal(dataDir, ['restore', '--all', '--from', cut, ...withKeys()]);
    expect(answer).toMatchObject({ code: 7, stderr: expect.stringContaining('not the file') });
    expect(readdirSync(dataDir)).toEqual([]);
  });
});

describe('a restored server', () => {
  afterEach(() => server?.stop());

  it('has everybody of the set with every word, and nobody who was erased, whoever kept a copy', async () => {
    const dataDir = newDirectory();
    const { stdout, stderr } = await restore(dataDir, ...withKeys());
    expect([stderr, stdout]).toEqual(['', expect.stringContaining(`Restored the set ${set}`)]);
    expect(stdout).toContain('1 account erased since then stays erased');
    expect(stdout).toContain('1 erasure inside of spaces is younger than the copies');
    server = await startTestServer({ dataDir, env });
    for (const person of [alice, bob] as [Person, Person]) {
      expect(await refusalOf(() => person.client.getMe({}))).toBe('token_invalid');
      const back = await person.signIn();
      expect(await countsOf(back)).toEqual(counts.get(person.userId));
      const titles = (await back.client.listConversations({})).items.map(({ title }) => title);
      if (person === bob) expect(titles).not.toContain(erasedTitle);
    }
    const hers = await (alice as Person).signIn();
    const found = await hers.client.search({ query: { q: 'marzano' } });
    expect(found.items.length).toBeGreaterThan(0);
    // Erased after the backup, and come after it: nobody knows either.
    for (const person of [carol, late] as [Person, Person])
      expect(await refusalOf(() => person.signIn())).toBe('key_not_authorized');
    const names = ['users', 'keys/wraps'].flatMap((place) =>
      readdirSync(join(dataDir, place), { recursive: true, encoding: 'utf8' }),
    );
    expect(names.filter((name) => name.includes(erasedSpace))).toEqual([]);
    expect((await read(AuditReport, dataDir, ['audit', 'verify'])).clean).toBe(true);
    expect((await read(BackupRun, dataDir, ['backup', 'run'])).copied).toBe(2);
    expect((await read(VerifyReport, dataDir, ['backup', 'verify'])).sound).toBe(true);
    expect(existsSync(join(backups, 'spaces', erasedSpace))).toBe(false);
  }, 60_000);

  it('takes a row without a copy for a space to be made, and minds no file without a row', async () => {
    const partial = join(elsewhere, 'partial');
    cpSync(backups, partial, { recursive: true });
    const manifest = join(partial, 'sets', `${set}.json`);
    const parsed = BackupSet.parse(JSON.parse(readFileSync(manifest, 'utf8')));
    const spaces = parsed.spaces.map((one) =>
      one.userId === bob?.userId ? { ...one, file: null, sha256: null, reason: 'no_copy_yet' } : one,
    );
    writeFileSync(manifest, JSON.stringify({ ...parsed, spaces }));
    const dataDir = newDirectory();
    const at = new Date(Date.parse(parsed.createdAt) + 1).toISOString();
    const answer = await atTerminal(dataDir, ['restore', '--all', '--from', partial, '--at', at, ...withKeys()]);
    expect(answer).toMatchObject({ stderr: '', stdout: expect.stringContaining('begins with an empty space') });
    const stray = join(dataDir, 'users', '00', '00000000-0000-4000-8000-000000000000');
    mkdirSync(stray, { recursive: true });
    writeFileSync(join(stray, 'user.db'), 'of nobody');
    // This one has an interval too, and nobody has to ask.
    const scheduled = join(elsewhere, 'scheduled');
    server = await startTestServer({ dataDir, env: { ...env, VIVIM_BACKUP_TO: scheduled, VIVIM_BACKUP_EVERY: '1m' } });
    const [hers, his] = [await (alice as Person).signIn(), await (bob as Person).signIn()];
    expect(await countsOf(hers)).toEqual(counts.get(hers.userId));
    expect((await his.client.getSpace({})).counts.conversations).toBe(0);
    await importFile(his, 'b.json', bobExport);
    expect(readFileSync(join(stray, 'user.db'), 'utf8')).toBe('of nobody');
    const overview = () => read(BackupOverview, dataDir, ['backup', 'list']);
    await eventually(async () => (await overview()).lastSuccessAt !== null);
    expect(await overview()).toMatchObject({ everyMs: 60_000, overdue: false, nextAt: expect.any(String) });
  }, 60_000);
});
