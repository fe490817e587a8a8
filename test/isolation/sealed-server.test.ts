/**
 * A sealed space on a whole server, with real engines and the command: once it is stopped nothing it left opens the space, and a
 * fresh one cannot either, until its owner's device or the words on paper hand the key in. Bob, who sealed nothing, goes on.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdminUserDetail } from '@vivim/contract/admin';
import { BackupRun, VerifyReport } from '@vivim/contract/backup';
import { StorageId } from '@vivim/contract/ids';
import { SpaceSeal } from '@vivim/contract/sealed-space';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aliceExport, bobExport } from '../kit/exports.ts';
import { keysOf } from '../kit/keks.ts';
import { atTerminal } from '../kit/operator.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';
import { openTerminal } from '../kit/terminal.ts';

const env = { VIVIM_MODELS: 'off', VIVIM_REGISTRATIONS_PER_DAY: '0' };
type Terminal = ReturnType<typeof openTerminal>;

let server: TestServer;
let alice: Terminal;
let bob: Terminal;
let scratch: string;
let words: string;
let token: string;
const spaces = new Map<string, StorageId>();
/** The keys of both spaces, read off the server before anything was sealed. */
const keys = new Map<string, Buffer>();

const keysOnDisk = () => keysOf(server.dataDir);
const ok = async (terminal: Terminal, args: readonly string[], stdin = '') => {
  const run = await terminal.run([...args, '--server', server.url], { stdin });
  expect([run.code, run.stderr]).toEqual([0, expect.any(String)]);
  return run.stdout;
};
const stateOf = async (terminal: Terminal, ...args: string[]) =>
  (await terminal.read(['space', ...args, '--server', server.url], SpaceSeal)).state;
const finds = async (terminal: Terminal, what: string) => (await ok(terminal, ['search', what])).includes(what);
const restart = async () => {
  const { dataDir } = server;
  await server.stop({ keep: true });
  server = await startTestServer({ env, dataDir });
};

/** Files below a directory that hold these bytes raw or written out. */
function holding(directory: string, bytes: Buffer): string[] {
  const texts = (['hex', 'base64', 'base64url'] as const).map((encoding) =>
    bytes.toString(encoding).replace(/=+$/, ''),
  );
  const needles = [bytes, ...texts.map((text) => Buffer.from(text)), Buffer.from(bytes.toString('hex').toUpperCase())];
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(directory, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined || !found.isFile()) return false;
    const content = readFileSync(path);
    return needles.some((needle) => content.includes(needle));
  });
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'vivim-sealed-'));
  server = await startTestServer({ env });
  alice = openTerminal(server.url, 'alice');
  bob = openTerminal(server.url, 'bob');
  for (const [name, terminal, exported] of [
    ['alice', alice, aliceExport],
    ['bob', bob, bobExport],
  ] as const) {
    await ok(terminal, ['identity', 'create']);
    const file = join(scratch, `${name}.json`);
    writeFileSync(file, typeof exported === 'string' ? exported : JSON.stringify(exported));
    await ok(terminal, ['import', file]);
  }
  words = (JSON.parse(await ok(alice, ['recovery', 'key', '--json'])) as { words: string }).words;
  token = (await ok(alice, ['tokens', 'create', '--days', '1', '--scope', 'memory:read'])).trim();
  for (const [name, terminal] of [
    ['alice', alice],
    ['bob', bob],
  ] as const) {
    const { userId } = JSON.parse(await ok(terminal, ['status', '--json'])).identity;
    const { stdout } = await atTerminal(server.dataDir, ['admin', 'show', userId, '--json']);
    const { storageId } = AdminUserDetail.parse(JSON.parse(stdout));
    spaces.set(name, StorageId.parse(storageId));
    keys.set(name, Buffer.from(await (await keysOnDisk()).unwrap(StorageId.parse(storageId))));
  }
}, 120_000);

afterAll(async () => {
  await server?.stop();
  alice?.remove();
  bob?.remove();
  await rm(scratch, { recursive: true, force: true });
});

const keyOf = (name: string) => keys.get(name) as Buffer;
const spaceOf = (name: string) => spaces.get(name) as StorageId;

it('is sealed by its owner, who reads on', async () => {
  expect(await finds(alice, 'San Marzano')).toBe(true);
  expect(await stateOf(alice, 'seal', '--yes')).toBe('unlocked');
  expect(await finds(alice, 'San Marzano')).toBe(true);
  expect([await stateOf(bob, 'status'), await finds(bob, 'borrow checker')]).toEqual(['open', true]);
});

it('leaves nothing on the disk of a stopped server that opens it', async () => {
  const { dataDir } = server;
  await server.stop({ keep: true });
  // What looks for the key finds it where it is, in every way of writing.
  for (const [index, text] of [
    keyOf('alice'),
    keyOf('alice').toString('hex'),
    keyOf('alice').toString('base64'),
  ].entries())
    writeFileSync(join(scratch, `control-${index}`), text);
  expect(holding(scratch, keyOf('alice')).sort()).toEqual(['control-0', 'control-1', 'control-2']);
  expect(holding(dataDir, keyOf('alice'))).toEqual([]);
  const onDisk = await keysOnDisk();
  expect(Buffer.from(await onDisk.unwrap(spaceOf('bob'))).equals(keyOf('bob'))).toBe(true);
  await expect(onDisk.unwrap(spaceOf('alice'))).rejects.toMatchObject({ code: 'storage_integrity' });
  expect(readdirSync(join(dataDir, 'keys/wraps'))).toEqual([spaceOf('bob')]);
  server = await startTestServer({ env, dataDir });
});

it('stays shut on a fresh server: to a token, which is told why, while the neighbour goes on', async () => {
  const run = await alice.run(['search', 'tomatoes', '--server', server.url], { token });
  expect([run.code, run.stderr]).toEqual([3, expect.stringContaining('no token unlocks it')]);
  expect(await finds(bob, 'borrow checker')).toBe(true);
  expect(await stateOf(alice, 'status')).toBe('locked');
});

it('is backed up and tried out as it lies, without being opened', async () => {
  const run = await atTerminal(server.dataDir, ['backup', 'run', '--json']);
  expect([run.code, BackupRun.parse(JSON.parse(run.stdout)).failed]).toEqual([0, []]);
  const tried = await atTerminal(server.dataDir, ['backup', 'verify', '--json']);
  const report = VerifyReport.parse(JSON.parse(tried.stdout));
  expect([tried.code, report.sound]).toEqual([0, true]);
  expect(report.spaces.map(({ problem, opened }) => [problem, opened]).sort()).toEqual([
    [null, false],
    [null, true],
  ]);
  const words = await atTerminal(server.dataDir, ['backup', 'verify']);
  expect(words.stdout).toContain('1 sealed space compared byte for byte and not opened');
  const copies = join(server.dataDir, 'backups/spaces', spaceOf('alice'));
  const copy = join(copies, readdirSync(copies).find((name) => name.endsWith('.db')) ?? 'none');
  const sound = readFileSync(copy);
  const damaged = Buffer.from(sound);
  damaged.writeUInt8(damaged.readUInt8(5_000) ^ 1, 5_000);
  writeFileSync(copy, damaged);
  const broken = await atTerminal(server.dataDir, ['backup', 'verify']);
  expect([broken.code, broken.stdout]).toEqual([1, expect.stringContaining('copy_altered')]);
  writeFileSync(copy, sound);
  expect(await stateOf(alice, 'status')).toBe('locked');
});

it('is unlocked unseen by the device that uses it, and the token then works', async () => {
  expect(await finds(alice, 'San Marzano')).toBe(true);
  expect(await stateOf(alice, 'status')).toBe('unlocked');
  const run = await alice.run(['search', 'San Marzano', '--server', server.url], { token });
  expect([run.code, run.stdout]).toEqual([0, expect.stringContaining('San Marzano')]);
});

it('takes an upload while it is locked, because the device unlocks it before it sends', async () => {
  expect(await stateOf(alice, 'lock')).toBe('locked');
  expect(await ok(alice, ['import', join(scratch, 'alice.json')])).toContain('alice.json');
  expect(await stateOf(alice, 'status')).toBe('unlocked');
});

it('leaves as an archive and comes back by it, unlocked by the device that asks; nobody else is handed anything', async () => {
  expect(await stateOf(alice, 'lock')).toBe('locked');
  const shut = await alice.run(['space', 'export', join(scratch, 'shut.zip'), '--server', server.url], { token });
  expect([shut.code, existsSync(join(scratch, 'shut.zip'))]).toEqual([3, false]);
  const archive = join(scratch, 'alice.zip');
  await ok(alice, ['space', 'export', archive]);
  expect(statSync(archive).size).toBeGreaterThan(1_000);
  expect(await stateOf(alice, 'lock')).toBe('locked');
  expect(await ok(alice, ['space', 'import', archive])).toContain('alice.zip');
  expect([await stateOf(alice, 'status'), await finds(alice, 'San Marzano')]).toEqual(['unlocked', true]);
});

it('is unlocked by the words on paper, and by no others', async () => {
  await stateOf(alice, 'lock');
  const others = (JSON.parse(await ok(bob, ['recovery', 'key', '--json'])) as { words: string }).words;
  const wrong = await alice.run(['space', 'unlock', '--words', '--server', server.url], { stdin: others });
  expect([wrong.code, wrong.stderr]).toEqual([3, expect.stringContaining('nothing is sealed to this key')]);
  expect(await stateOf(alice, 'status')).toBe('locked');
  expect(await ok(alice, ['space', 'unlock', '--words'], words)).toContain('unlocked');
});

it('is opened by the server itself again once the seal is taken off', async () => {
  expect(await stateOf(alice, 'unseal')).toBe('open');
  await restart();
  const run = await alice.run(['search', 'San Marzano', '--server', server.url], { token });
  expect([run.code, run.stdout]).toEqual([0, expect.stringContaining('San Marzano')]);
  expect(Buffer.from(await (await keysOnDisk()).unwrap(spaceOf('alice'))).equals(keyOf('alice'))).toBe(true);
});
