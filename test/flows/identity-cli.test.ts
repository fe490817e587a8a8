/** Identity at the terminal, end to end: the command, in processes where several run at once, a real server, two people and their friends. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KeyInfo, Me } from '@vivim/contract/account';
import { RecoverySettings } from '@vivim/contract/recovery';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { root } from '../architecture/source-files.ts';
import { type CommandRun, type RunningCommand, runCommand, runProcess, startCommand } from '../kit/command.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

let server: TestServer;
/** On her paper, once she has one. */
let alicesWords: string;
/** Each machine keeps its profiles in a directory of its own; a person has the same profile name on all of theirs. */
const machines = new Map<string, string>();

beforeAll(async () => {
  // Nobody waits three days for a test; that the wait is kept is tested with a clock that can be moved.
  server = await startTestServer({
    env: { VIVIM_RECOVERY_DELAY_HOURS: '0', VIVIM_REGISTRATIONS_PER_DAY: '0', VIVIM_MODELS: 'off' },
  });
}, 120_000);

afterAll(async () => {
  await server?.stop();
  for (const directory of machines.values()) rmSync(directory, { recursive: true, force: true });
});

/** `alice@desk`: who, and on which machine. */
interface Typing {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function surroundings(who: string, { stdin = '', env = {} }: Typing) {
  const [profile = ''] = who.split('@');
  const config = machines.get(who) ?? mkdtempSync(path.join(tmpdir(), 'vivim-machine-'));
  machines.set(who, config);
  return { profile, config, server: server.url, stdin, env };
}

const vivim = (who: string, args: readonly string[], typing: Typing = {}): Promise<CommandRun> =>
  runCommand(args, surroundings(who, typing));
const start = (who: string, args: readonly string[]): RunningCommand => startCommand(args, surroundings(who, {}));

/** Runs with `--json` and reads the result by its schema. */
async function read<T extends z.ZodType>(
  who: string,
  args: readonly string[],
  schema: T,
  typing?: Typing,
): Promise<z.output<T>> {
  const run = await vivim(who, [...args, '--json'], typing);
  expect([run.code, run.stderr]).toEqual([0, '']);
  return schema.parse(JSON.parse(run.stdout));
}

const fileOf = (who: string) => path.join(machines.get(who) ?? '', 'vivim/profiles', `${who.split('@')[0]}.json`);
const profileOf = (who: string) => JSON.parse(readFileSync(fileOf(who), 'utf8'));

const Shown = z.object({
  did: z.string(),
  device: z.strictObject({ id: z.uuid(), name: z.string().nullable() }),
  access: Me.shape.access,
  keys: z.array(KeyInfo),
});
const Named = z.object({ items: z.array(z.object({ id: z.string(), name: z.string().nullable() })) });
const Words = z.object({ words: z.string(), kid: z.string() });
const namesOn = async (who: string) => (await read(who, ['devices'], Named)).items.map(({ name }) => name);
const didOf = async (who: string) => (await vivim(who, ['identity', 'did'])).stdout.trim();

/** Lets another machine in by its six words. */
async function letIn(host: string, guest: string, name: string): Promise<CommandRun> {
  const joining = start(guest, ['devices', 'join', '--account', await didOf(host), '--name', name]);
  const [, words = '', id = ''] = await joining.seen(/shows:\s+([a-z ]+?)\s+Let[\s\S]+approve (\S+)/);
  expect((await vivim(host, ['devices', 'requests'])).stdout).toContain(words);
  expect((await vivim(host, ['devices', 'approve', id, '--words', words])).code).toBe(0);
  return joining.ended;
}

describe('several devices', () => {
  it('of two people: each comes in by six words and reads the names of all', async () => {
    const alice = await read('alice@desk', ['identity', 'create', '--name', 'desk'], Shown);
    expect(alice).toMatchObject({ device: { name: 'desk' }, access: { safe: false } });
    await read('bob@desk', ['identity', 'create', '--name', 'Bob’s desk'], Shown);
    expect((await letIn('alice@desk', 'alice@sofa', 'sofa')).code).toBe(0);
    expect(await namesOn('alice@desk')).toEqual(['desk', 'sofa']);
    expect(await namesOn('alice@sofa')).toEqual(['desk', 'sofa']);
    expect(await namesOn('bob@desk')).toEqual(['Bob’s desk']);
    const sofa = await read('alice@sofa', ['identity', 'show'], Shown);
    expect(sofa).toMatchObject({ did: alice.did, access: { devices: 2, safe: true } });
  });

  it('see the same space', async () => {
    const file = path.join(root, 'test/fixtures/demo/bob-generic.json');
    expect((await vivim('alice@desk', ['import', file])).code).toBe(0);
    const Conversations = z.object({ items: z.array(z.unknown()) });
    expect((await read('alice@sofa', ['conversations'], Conversations)).items).toHaveLength(4);
    expect((await read('bob@desk', ['conversations'], Conversations)).items).toHaveLength(0);
  });

  it('are renamed for all of them, and the server learns no name', async () => {
    const { device } = await read('alice@sofa', ['identity', 'show'], Shown);
    expect((await vivim('alice@desk', ['devices', 'rename', device.id, 'the red sofa'])).code).toBe(0);
    expect(await namesOn('alice@sofa')).toEqual(['desk', 'the red sofa']);
    expect(server.output()).not.toContain('red sofa');
  });

  it('renew one session between them when eight commands run at once after its token ended', async () => {
    const before = profileOf('alice@desk');
    const ended = { ...before, session: { ...before.session, expiresAt: '2026-01-01T00:00:00.000Z' } };
    writeFileSync(fileOf('alice@desk'), JSON.stringify(ended));
    const runs = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        runProcess([index % 2 === 0 ? 'devices' : 'topics', '--json'], surroundings('alice@desk', {})),
      ),
    );
    expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual(Array(8).fill([0, '']));
    const { session } = profileOf('alice@desk');
    expect(session.sessionId).toBe(before.session.sessionId);
    expect(session.refreshToken).not.toBe(before.session.refreshToken);
    const { items } = await read(
      'alice@desk',
      ['account', 'log', '-n', '200'],
      z.object({ items: z.array(z.object({ event: z.string() })) }),
    );
    expect(items.map(({ event }) => event)).not.toContain('session.refresh_reused');
    expect(items.filter(({ event }) => event === 'session.opened')).toHaveLength(2);
  });

  it('are out as soon as they are shut out', async () => {
    expect((await letIn('alice@desk', 'alice@cafe', 'café')).code).toBe(0);
    const { device } = await read('alice@cafe', ['identity', 'show'], Shown);
    expect((await vivim('alice@desk', ['devices', 'revoke', device.id])).code).toBe(0);
    const { code, stderr } = await vivim('alice@cafe', ['topics']);
    expect([code, stderr]).toEqual([3, expect.stringContaining('shut out')]);
    expect(await namesOn('alice@sofa')).toEqual(['desk', 'the red sofa']);
    expect((await vivim('bob@desk', ['topics'])).code).toBe(0);
  });
});

describe('a token', () => {
  it('reads and does not write, for as long as its owner lets it', async () => {
    const made = await vivim('alice@desk', [
      'tokens',
      'create',
      '--scope',
      'memory:read',
      '--days',
      '30',
      '--name',
      'report',
    ]);
    expect(made.stdout).toMatch(/^vivim_pat_[\w-]{43}\n$/);
    const env = { VIVIM_TOKEN: made.stdout.trim() };
    const Found = z.object({ items: z.array(z.unknown()) });
    expect((await read('nobody@anywhere', ['conversations'], Found, { env })).items).toHaveLength(4);
    const status = await vivim('nobody@anywhere', ['status'], { env });
    expect([status.code, status.stdout]).toEqual([0, expect.stringContaining('4 conversations')]);
    const write = await vivim('nobody@anywhere', ['import', '-'], { env, stdin: '[]' });
    expect([write.code, write.stderr]).toEqual([3, expect.stringContaining('was not given memory:write')]);
    const { items } = await read('alice@desk', ['sessions'], Named);
    const report = items.find(({ name }) => name === 'report');
    expect((await vivim('bob@desk', ['sessions', 'end', report?.id ?? ''])).code).toBe(4);
    expect((await vivim('alice@sofa', ['sessions', 'end', report?.id ?? ''])).code).toBe(0);
    expect((await vivim('nobody@anywhere', ['conversations'], { env })).code).toBe(3);
  });

  it('from other networks than its own opens nothing', async () => {
    const args = ['tokens', 'create', '--scope', 'memory:read', '--days', '1', '--network', '192.0.2.0/24'];
    const { stdout } = await vivim('alice@desk', args);
    const { code, stderr } = await vivim('nobody@anywhere', ['topics'], { env: { VIVIM_TOKEN: stdout.trim() } });
    expect([code, stderr]).toEqual([3, expect.stringContaining('network')]);
  });
});

describe('every device lost', () => {
  it('the words on paper get their owner back in, and names and space with them', async () => {
    const carla = await read('carla@old', ['identity', 'create', '--name', 'lost'], Shown);
    const { words } = await read('carla@old', ['recovery', 'key'], Words);
    const bobs = await read('bob@desk', ['recovery', 'key'], Words);
    const ask = ['recovery', 'start', '--account', carla.did, '--name', 'found'];
    expect((await vivim('carla@new', ask, { stdin: bobs.words })).code).toBe(3);
    expect((await vivim('carla@new', ask, { stdin: words })).code).toBe(0);
    const finished = await vivim('carla@new', ['recovery', 'finish', '--revoke-others']);
    expect([finished.code, finished.stdout]).toEqual([0, expect.stringContaining('this device is called found')]);
    expect(await namesOn('carla@new')).toEqual(['found']);
    expect((await vivim('carla@old', ['topics'])).code).toBe(3);
    expect((await vivim('carla@new', ['keys', 'log', '--verify'])).code).toBe(0);
    const frozen = await vivim('carla@new', ['account', 'delete', '--yes']);
    expect([frozen.code, frozen.stderr]).toEqual([3, expect.stringContaining('less than three days ago')]);
  });

  it('two of three guardians can let a new key in, after the same six words', async () => {
    const friends = ['ann@home', 'ben@home', 'eve@home'];
    for (const who of ['dora@old', ...friends]) await read(who, ['identity', 'create'], Shown);
    const dids = await Promise.all(friends.map(didOf));
    expect((await vivim('dora@old', ['recovery', 'guardians', 'set', ...dids, '--threshold', '2'])).code).toBe(0);
    const account = await didOf('dora@old');
    const Started = z.object({ id: z.uuid(), words: z.string() });
    const { id, words } = await read('dora@new', ['recovery', 'start', '--account', account, '--guardians'], Started);
    const Asked = z.object({ items: z.array(Started.extend({ account: z.string() })) });
    for (const friend of friends.slice(0, 2)) {
      expect((await vivim('dora@new', ['recovery', 'finish'])).code).toBe(5);
      const { items } = await read(friend, ['recovery', 'requests'], Asked);
      expect(items).toMatchObject([{ id, words, account }]);
      expect((await vivim(friend, ['recovery', 'vouch', id, '--words', words])).code).toBe(0);
    }
    expect((await vivim('bob@desk', ['recovery', 'vouch', id, '--words', words])).code).toBe(4);
    expect((await vivim('dora@new', ['recovery', 'finish'])).code).toBe(0);
    expect(await namesOn('dora@new')).toHaveLength(2);
  });

  it('anybody who still has a device says no', async () => {
    const { words } = await read('alice@desk', ['recovery', 'key'], Words);
    alicesWords = words;
    await vivim('alice@thief', ['recovery', 'start', '--account', await didOf('alice@desk')], { stdin: words });
    const told = await vivim('alice@sofa', ['topics']);
    expect(told.stderr).toContain('somebody asked to get back in');
    const { pending } = await read('alice@sofa', ['recovery', 'status'], RecoverySettings);
    expect((await vivim('alice@sofa', ['recovery', 'veto', pending[0]?.id ?? ''])).code).toBe(0);
    const late = await vivim('alice@thief', ['recovery', 'finish']);
    expect([late.code, late.stderr]).toEqual([3, expect.stringContaining('stopped this recovery')]);
  });
});

describe('the account', () => {
  it('locked is shut to everybody until the words unlock it', async () => {
    const { words } = await read('alice@desk', ['recovery', 'key', '--replace'], Words, { stdin: alicesWords });
    expect((await vivim('alice@sofa', ['account', 'lock', '--yes'])).code).toBe(0);
    for (const who of ['alice@desk', 'alice@sofa']) expect((await vivim(who, ['topics'])).code).toBe(3);
    expect((await vivim('bob@desk', ['topics'])).code).toBe(0);
    expect((await vivim('alice@desk', ['account', 'unlock'], { stdin: words })).code).toBe(0);
    for (const who of ['alice@desk', 'alice@sofa']) expect((await vivim(who, ['topics'])).code).toBe(0);
  });

  it('is exported whole, into a file of its owner’s alone, and of nobody else', async () => {
    const file = path.join(machines.get('alice@desk') ?? '', 'space.db');
    const exported = await vivim('alice@desk', ['space', 'export', file, '--format', 'sqlite']);
    expect([exported.code, exported.stdout]).toEqual([0, expect.stringContaining('not encrypted')]);
    const bytes = readFileSync(file);
    expect(bytes.subarray(0, 15).toString()).toBe('SQLite format 3');
    expect(bytes.includes('arroa')).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await vivim('alice@desk', ['space', 'export', file, '--format', 'sqlite'])).code).toBe(5);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    const bobs = `${file}.bob`;
    expect((await vivim('bob@desk', ['space', 'export', bobs, '--format', 'sqlite'])).code).toBe(0);
    expect(readFileSync(bobs).includes('arroa')).toBe(false);
    const { stdout } = await vivim('bob@desk', ['tokens', 'create', '--scope', 'memory:read', '--days', '1']);
    const env = { VIVIM_TOKEN: stdout.trim() };
    expect(
      (await vivim('nobody@anywhere', ['space', 'export', `${file}.none`, '--format', 'sqlite'], { env })).code,
    ).toBe(3);
  });

  it('that is to be erased keeps its space shut, and can be kept', async () => {
    expect((await vivim('bob@desk', ['account', 'delete'])).code).toBe(2);
    const deleted = await vivim('bob@desk', ['account', 'delete', '--yes']);
    expect([deleted.code, deleted.stdout]).toEqual([0, expect.stringContaining('vivim account keep')]);
    const shut = await vivim('bob@desk', ['topics']);
    expect([shut.code, shut.stderr]).toEqual([3, expect.stringContaining('about to be erased')]);
    expect((await vivim('alice@desk', ['topics'])).code).toBe(0);
    expect((await vivim('bob@desk', ['account', 'keep'])).code).toBe(0);
    expect((await vivim('bob@desk', ['topics'])).code).toBe(0);
  });

  it('tells its owner what happened, device by device, and its keys follow from a log anybody can check', async () => {
    const { stdout } = await vivim('alice@desk', ['account', 'log', '-n', '200']);
    expect(stdout).toMatch(/a device was shut out .* by desk \(here\)/);
    expect(stdout).toContain('the account was unlocked with the recovery key');
    const saved = path.join(machines.get('alice@desk') ?? '', 'keys.json');
    writeFileSync(saved, (await vivim('alice@desk', ['keys', 'log', '--json'])).stdout);
    const verified = await vivim('nobody@anywhere', ['keys', 'log', '--verify', '--from', saved]);
    expect([verified.code, verified.stdout]).toEqual([0, expect.stringContaining(await didOf('alice@desk'))]);
  });

  it('is never printed with a secret, and never logged with one', async () => {
    const { identityKey, dpopKey, sealingKey, session } = profileOf('alice@desk');
    const runs = await Promise.all(
      [
        ['identity', 'show'],
        ['devices'],
        ['sessions'],
        ['keys'],
        ['keys', 'log'],
        ['recovery', 'status'],
        ['account', 'log'],
      ].map((args) => vivim('alice@desk', [...args, '--json'])),
    );
    const printed = [...runs.flatMap(({ stdout, stderr }) => [stdout, stderr]), server.output()].join('\n');
    for (const secret of [identityKey.d, dpopKey.d, sealingKey.d, session.accessToken, session.refreshToken])
      expect(printed).not.toContain(secret);
  });
});
