/**
 * The CLI end to end: a real server, two people, every result against the contract. The command runs in this process, and as one of its
 * own where that is what counts: its standard streams, and the code it ends with.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { KeyInfo, Me } from '@vivim/contract/account';
import { Bundle } from '@vivim/contract/context';
import { Conversation, ConversationSummary, Message } from '@vivim/contract/conversation';
import { ErasureReceipt } from '@vivim/contract/erasure';
import { Health, SpaceStatus } from '@vivim/contract/health';
import { ImportEntry, ImportIssue, ImportReport, ImportRun } from '@vivim/contract/imports';
import { page } from '@vivim/contract/page';
import { ForesightTally } from '@vivim/contract/presence';
import { EntityProfile, EntitySummary, TopicProfile, TopicSummary } from '@vivim/contract/profile';
import { SearchResult } from '@vivim/contract/search';
import { SelfEvaluation } from '@vivim/contract/self-evaluation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type CommandRun, runCommand, runProcess } from '../kit/command.ts';
import { type CommonServer, commonServer } from '../kit/common-servers.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const fixture = (name: string) => path.join(root, 'test/fixtures/demo', name);

let server: CommonServer;
let home: string;

interface Elsewhere {
  readonly stdin?: string | undefined;
  readonly config?: string;
}

const surroundings = (profile: string, { stdin = '', config = home }: Elsewhere = {}) => ({
  profile,
  config,
  stdin,
  server: server.url,
});

/** What it says to a person, and how it ends. */
const vivim = (profile: string, args: readonly string[], elsewhere?: Elsewhere): Promise<CommandRun> =>
  runCommand(args, surroundings(profile, elsewhere));
const asProcess = (profile: string, args: readonly string[], stdin?: string): Promise<CommandRun> =>
  runProcess(args, surroundings(profile, { stdin }));

/** Runs with `--json`, in this process, and reads the result by its schema. */
async function json<T extends z.ZodType>(
  profile: string,
  args: readonly string[],
  schema: T,
  elsewhere?: Elsewhere,
): Promise<z.output<T>> {
  const run = await runCommand([...args, '--json'], surroundings(profile, elsewhere));
  expect([run.code, run.stderr]).toEqual([0, expect.any(String)]);
  return schema.parse(JSON.parse(run.stdout));
}

const profileFile = (name: string, config = home) => path.join(config, 'vivim/profiles', `${name}.json`);
const Public = z.strictObject({
  profile: z.string(),
  server: z.string(),
  did: z.string(),
  userId: z.uuid().nullable(),
  file: z.string(),
});
const Identity = Public.extend({
  dids: z.array(z.string()),
  device: z.strictObject({ id: z.uuid(), name: z.string().nullable() }),
  access: Me.shape.access,
  keys: z.array(KeyInfo),
});
const Login = Public.extend({ outcome: z.enum(['created', 'registered', 'signed-in', 'renewed']) });
const Status = z.strictObject({
  server: z.string(),
  health: Health,
  identity: z.strictObject({ profile: z.string().nullable(), did: z.string(), userId: z.string() }).nullable(),
  space: SpaceStatus.nullable(),
  foresight: ForesightTally.nullable(),
  watching: z.strictObject({ watcher: z.null(), last: z.null(), service: z.null() }).nullable(),
});

beforeAll(async () => {
  server = await commonServer();
  home = mkdtempSync(path.join(tmpdir(), 'vivim-home-'));
}, 120_000);

afterAll(async () => {
  if (home !== undefined) rmSync(home, { recursive: true, force: true });
});

describe('identity', () => {
  it('is made, registered and shown, and its key stays in a file of its owner', async () => {
    const alice = await json('alice', ['identity', 'create'], Identity);
    expect(alice).toMatchObject({ profile: 'alice', server: server.url, did: expect.stringMatching(/^did:key:z6Mk/) });
    expect(alice.userId).not.toBeNull();
    expect(statSync(profileFile('alice')).mode & 0o777).toBe(0o600);
    expect(await json('alice', ['identity', 'show'], Identity)).toEqual(alice);
  });

  it('is not made twice under one name', async () => {
    const before = readFileSync(profileFile('alice'), 'utf8');
    expect((await vivim('alice', ['identity', 'create'])).code).toBe(5);
    expect(readFileSync(profileFile('alice'), 'utf8')).toBe(before);
  });

  it('is made by the first login of a new profile', async () => {
    const bob = await json('ignored', ['login', '--profile', 'bob', '--server', server.url], Login);
    expect(bob).toMatchObject({ profile: 'bob', outcome: 'created' });
    expect(await json('bob', ['login'], Login)).toEqual({ ...bob, outcome: 'renewed' });
  });

  it('ends a session and begins another', async () => {
    expect((await vivim('alice', ['logout'])).code).toBe(0);
    expect((await vivim('alice', ['logout'])).code).toBe(0);
    expect((await vivim('alice', ['login'])).code).toBe(0);
  });

  it('signs in again by itself when the server has ended the session', async () => {
    const elsewhere = mkdtempSync(path.join(tmpdir(), 'vivim-elsewhere-'));
    await json('alice', ['status'], Status);
    cpSync(path.join(home, 'vivim'), path.join(elsewhere, 'vivim'), { recursive: true });
    expect((await vivim('alice', ['logout'], { config: elsewhere })).code).toBe(0);
    const status = await json('alice', ['status'], Status);
    expect(status.identity?.profile).toBe('alice');
    rmSync(elsewhere, { recursive: true });
  });
});

describe('import', () => {
  it('takes a ChatGPT export in and accounts for it', async () => {
    const report = await json('alice', ['import', fixture('alice-chatgpt.json')], ImportReport);
    expect(report.conversations).toMatchObject({ added: 15, updated: 0, unchanged: 0, skipped: 0 });
    expect(report.messages.added).toBeGreaterThan(80);
    expect(report.acus).toBeGreaterThan(80);
  });

  it('changes nothing the second time', async () => {
    const report = await json('alice', ['import', fixture('alice-chatgpt.json')], ImportReport);
    expect(report.conversations.added + report.conversations.updated).toBe(0);
    expect(report.messages.added).toBe(0);
  });

  it('takes several files, standard input among them, and prints one report a line', async () => {
    const bob = readFileSync(fixture('bob-generic.json'), 'utf8');
    const run = await asProcess('bob', ['import', '-', fixture('bob-generic.json'), '--json'], bob);
    expect(run.code).toBe(0);
    const reports = run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => ImportReport.parse(JSON.parse(line)));
    expect(reports.map((report) => report.conversations.added)).toEqual([4, 0]);
  });

  it('goes on after a bad file, names what is wrong with it, and ends with 6', async () => {
    const broken = path.join(home, 'broken.json');
    writeFileSync(broken, '[{"title": "cut off in the mid');
    const { code, stdout, stderr } = await vivim('alice', [
      'import',
      broken,
      path.join(home, 'missing.zip'),
      fixture('alice-claude.json'),
    ]);
    expect(code).toBe(6);
    expect(stderr).toContain('missing.zip: There is no such file.');
    expect(stdout + stderr).toContain('broken.json');
    expect(stdout).toContain('4 added');
  });

  it('lists what was imported, and shows one', async () => {
    const { items } = await json('alice', ['imports'], page(ImportRun));
    expect(items.length).toBeGreaterThanOrEqual(3);
    const one = await json('alice', ['imports', items.at(-1)?.id ?? ''], ImportRun);
    expect(one.report.conversations.added).toBe(15);
  });

  it('writes the report of one as a file, never over another, and to nobody else', async () => {
    const { items } = await json('alice', ['imports'], page(ImportRun));
    const id = items.at(-1)?.id ?? '';
    const file = path.join(home, 'report.md');
    const written = await vivim('alice', ['imports', 'report', id, '-o', file]);
    expect([written.code, written.stdout]).toEqual([0, expect.stringContaining('report.md')]);
    expect(readFileSync(file, 'utf8')).toContain('| conversations | 15 | 0 | 0 |');
    expect((await vivim('alice', ['imports', 'report', id, '-o', file])).code).not.toBe(0);
    const whole = await json(
      'alice',
      ['imports', 'report', id],
      z.object({ run: z.object({ id: z.literal(id) }), entries: z.array(ImportEntry), issues: z.array(ImportIssue) }),
    );
    expect(whole.entries).toHaveLength(15);
    expect([...whole.issues, ...whole.entries.flatMap(({ issues }) => issues)]).toHaveLength(
      items.at(-1)?.report.issueCount ?? -1,
    );
    const nowhere = path.join(home, 'nowhere', 'report.md');
    const unwritable = await vivim('alice', ['imports', 'report', id, '-o', nowhere]);
    expect([unwritable.code, unwritable.stderr]).toEqual([2, expect.stringContaining(nowhere)]);
    const record = path.join(home, 'record.json');
    const entry = whole.entries[3];
    expect((await vivim('alice', ['imports', 'raw', id, entry?.id ?? '', '-o', record])).code).toBe(0);
    expect(JSON.parse(readFileSync(record, 'utf8'))).toMatchObject({ title: entry?.title });
    expect(readFileSync(record).length).toBe(entry?.raw?.bytes);
    const bobs = path.join(home, 'bob-record.json');
    expect((await vivim('bob', ['imports', 'raw', id, entry?.id ?? '', '-o', bobs])).code).toBe(4);
    expect(existsSync(bobs)).toBe(false);
    const others = await vivim('bob', ['imports', 'report', id, '-o', path.join(home, 'bob.md')]);
    expect([others.code === 0, others.stdout, existsSync(path.join(home, 'bob.md'))]).toEqual([false, '', false]);
  });
});

describe('what came in', () => {
  beforeAll(async () => {
    for (let pending = 1; pending > 0; ) {
      const { space } = await json('alice', ['status'], Status);
      pending = (space?.pending.imports ?? 0) + (space?.pending.rollup ?? 0);
      if (pending > 0) await wait(200);
    }
  }, 120_000);

  it('is found with where it stands and why', async () => {
    const { items } = await json('alice', ['search', 'cobalt', 'celadon', 'rutile', '--limit', '3'], SearchResult);
    const demanded = await json('alice', ['search', '+cobalt celad*'], SearchResult);
    expect(demanded.items.every(({ reasons }) => reasons.length > 0)).toBe(true);
    const refused = await json('alice', ['search', 'cobalt -cobalt'], SearchResult);
    expect(refused.items.some(({ acu }) => /cobalt/i.test(acu.text))).toBe(false);
    const inOne = items[0]?.conversation.id ?? '';
    const held = await json(
      'alice',
      ['search', 'cobalt', '--conversation', inOne, '--type', 'statement'],
      SearchResult,
    );
    expect(held.items.every(({ conversation, acu }) => conversation.id === inOne && acu.type === 'statement')).toBe(
      true,
    );
    const defined = await json('alice', ['search', '--symbol', 'no_such_name*', '--branches', 'all'], SearchResult);
    expect(defined.items).toEqual([]);
    expect((await vivim('alice', ['search', 'cobalt', '--branches', 'some'])).code).toBe(2);
    const like = await json('alice', ['search', '--like', items[0]?.message.id ?? ''], SearchResult);
    expect(like.items.map(({ message }) => message.id)).not.toContain(items[0]?.message.id);
    expect(items.length).toBeGreaterThan(0);
    expect(items.length).toBeLessThanOrEqual(3);
    expect(items[0]?.acu.text).toMatch(/cobalt|rutile|celadon/i);
    const { stdout } = await vivim('alice', ['search', 'cobalt', 'zeppelin']);
    expect(stdout).toContain('No message says all of these words; these say some. Not found anywhere: zeppelin.');
    const said = async (...words: string[]) => (await vivim('alice', ['search', ...words])).stdout;
    expect(await said('cobaltt')).toContain('Nothing here says “cobaltt”. Searched for cobalt instead.');
    const quoted = await said('What did I say of "cobalt at the harbour"?');
    expect(quoted).toContain(
      'Nothing contains “cobalt at the harbour” word for word. These results were found without it.',
    );
    expect(quoted).toMatch(/^1\. /m);
    expect(await said('cobalt', 'source:nothing')).toContain(
      'source:nothing is not a filter, so it was searched for as words. source: takes chatgpt, claude.',
    );
    // Bob is told nothing of what she has.
    expect((await vivim('bob', ['search', 'cobalt', 'source:nothing'])).stdout).not.toMatch(/takes chatgpt|celadon/);
    expect(items[0]?.conversation.externalId).not.toBeNull();
    expect(items[0]?.reasons.length).toBeGreaterThan(0);
  });

  it('is found as of a time, and valid only, and how often it is found is told in figures alone', async () => {
    const before = await json('alice', ['search', 'cobalt', '--as-of', '1999-01-01'], SearchResult);
    expect(before.items).toEqual([]);
    const live = await json('alice', ['search', 'cobalt', '--live-only'], SearchResult);
    expect(live.items.length).toBeGreaterThan(0);
    expect((await vivim('alice', ['search', 'cobalt', '--as-of', 'once'])).code).toBe(2);
    const then = await vivim('alice', ['context', 'cobalt', '--as-of', '1999-01-01', '--live-only']);
    expect([then.code, /celadon|rutile/i.test(then.stdout)]).toEqual([0, false]);
    const evaluation = await json('alice', ['eval', 'self', '--without', 'meaning'], SelfEvaluation);
    expect(evaluation).toMatchObject({ state: 'done', without: ['meaning'], wordsAlone: 0 });
    expect(evaluation.asked).toBeGreaterThan(0);
    expect(JSON.stringify(evaluation)).not.toMatch(/cobalt|celadon|glaze/i);
    const { code, stdout } = await vivim('alice', ['eval', 'self', '-n', '10', '--without', 'meaning']);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^Without meaning\.\nToo few: \d+ questions? could be asked/),
    ]);
  });

  it('becomes a bundle inside its budget, each citation in the text', async () => {
    const bundle = await json(
      'alice',
      ['context', 'Which glaze goes on the bowls for Marés?', '--budget', '1500'],
      Bundle,
    );
    expect(bundle.tokens).toBeLessThanOrEqual(1500);
    expect(bundle.citations.length).toBeGreaterThan(0);
    for (const { ref } of bundle.citations) expect(bundle.text).toContain(`[${ref}]`);
  });

  it('gives the text of a bundle alone to a pipe', async () => {
    const asked = ['context', '-', '-b', '800'];
    const { stdout, stderr } = await asProcess('alice', asked, 'What is wrong with my knee?');
    expect(stdout).toContain('knee');
    expect(stderr).toMatch(/of 800 tokens/);
  });

  it('shows in topics and entities, one by one with evidence', async () => {
    const topics = await json('alice', ['topics', '-n', '5'], page(TopicSummary));
    expect(topics.items.length).toBeGreaterThan(0);
    await json('alice', ['topics', topics.items[0]?.id ?? ''], TopicProfile);
    const entities = await json('alice', ['entities'], page(EntitySummary));
    expect(entities.items.length).toBeGreaterThan(0);
    await json('alice', ['entities', entities.items[0]?.id ?? ''], EntityProfile);
  });

  it('can be read, branches included', async () => {
    const { items } = await json('alice', ['conversations', '-n', '100'], page(ConversationSummary));
    expect(items).toHaveLength(19);
    const forked = items.find(({ title }) => title === 'Firing schedule for the blue bowls');
    const Reading = z.strictObject({ conversation: Conversation, messages: z.array(Message) });
    const [active, all] = await Promise.all([
      json('alice', ['conversations', forked?.id ?? ''], Reading),
      json('alice', ['conversations', forked?.id ?? '', '--branches', 'all'], Reading),
    ]);
    expect(all.messages.length).toBe(active.messages.length + 1);
  });

  it('is erased at her word alone, shown before, and listed after', async () => {
    const { items } = await json('alice', ['conversations', '-n', '100'], page(ConversationSummary));
    const id = items.at(-1)?.id ?? '';
    const preview = await json('alice', ['erase', 'conversation', id, '--preview'], ErasureReceipt);
    expect(preview).toMatchObject({ id: null, removed: { conversations: 1 } });
    const unasked = await vivim('alice', ['erase', 'conversation', id]);
    expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringContaining('--yes')]);
    const erased = await json('alice', ['erase', 'conversation', id, '--yes'], ErasureReceipt);
    expect(erased.removed).toEqual({ ...preview.removed, bundles: expect.any(Number) });
    expect((await vivim('alice', ['conversations', id])).code).not.toBe(0);
    expect((await vivim('alice', ['erase', 'list'])).stdout).toContain(erased.id);
    const allowed = await json('alice', ['erase', 'allow', erased.id ?? ''], ErasureReceipt);
    expect(allowed.allowedAt).not.toBeNull();
  });

  it.each([
    [['status'], /You are did:key/],
    [['topics'], /conversations?/],
    [['entities'], /conversations?/],
    [['conversations'], /Firing schedule/],
    [['search', 'cobalt'], /^1\. /],
    [['search', 'zeppelin'], /^No message says this in these words/],
    [['imports'], /alice-chatgpt\.json/],
    [['imports', 'list'], /alice-chatgpt\.json/],
    [['topics', 'list'], /conversations?/],
    [['entities', 'list'], /conversations?/],
    [['conversations', 'list'], /Firing schedule/],
    [['projects', 'list'], /project/i],
    [['search', 'kiln after:2100'], /^Nothing was found/],
  ])('%j reads well without --json', async (args, expected) => {
    const { code, stdout } = await vivim('alice', args);
    expect(code).toBe(0);
    expect(stdout).toMatch(expected);
  });

  it('reads the same out of a process', async () => {
    const args = ['search', 'zeppelin'];
    expect(await asProcess('alice', args)).toEqual(await vivim('alice', args));
  });
});

describe('somebody else', () => {
  it('is told of Alice what is told of nobody', async () => {
    const { items } = await json('alice', ['conversations'], page(ConversationSummary));
    const topics = await json('alice', ['topics'], page(TopicSummary));
    const foreign = [
      ['conversations', items[0]?.id ?? ''],
      ['topics', topics.items[0]?.id ?? ''],
    ];
    for (const [noun = '', id = ''] of foreign) {
      const unknown = `${id.slice(0, 2)}${'a'.repeat(32)}`;
      const [asked, random] = [await vivim('bob', [noun, id]), await vivim('bob', [noun, unknown])];
      expect(asked.code).toBe(4);
      expect(asked).toEqual(random);
    }
  });

  it('finds nothing of hers', async () => {
    expect(
      (await json('bob', ['search', 'celadon cobalt Barro Azul'], SearchResult)).items
        .map((hit) => hit.acu.text)
        .join(),
    ).not.toMatch(/celadon|Barro/i);
    expect((await json('bob', ['conversations'], page(ConversationSummary))).items).toHaveLength(4);
  });
});

describe('exit codes', () => {
  it.each([
    [3, 'nobody', ['topics']],
    [4, 'alice', ['conversations', 'not-an-id']],
    [2, 'alice', ['context', 'x', '--format', 'stone']],
    [4, 'alice', ['entities', `e_${'a'.repeat(32)}`]],
    [7, 'alice', ['status', '--server', 'http://127.0.0.1:9']],
  ])('%d for %s %j', async (code, profile, args) => {
    const run = await asProcess(profile, [...args, '--json']);
    expect([run.code, run.stdout]).toEqual([code, '']);
    expect(JSON.parse(run.stderr)).toMatchObject({ code: expect.any(String), detail: expect.any(String) });
  });
});

it('never prints a private key or a token', async () => {
  const { identityKey, dpopKey, sealingKey, session } = JSON.parse(readFileSync(profileFile('alice'), 'utf8'));
  const commands = [
    ['login'],
    ['identity', 'show'],
    ['status'],
    ['devices'],
    ['sessions'],
    ['keys', 'log'],
    ['account', 'log'],
    ['logout'],
  ];
  const runs: CommandRun[] = [];
  for (const args of commands) runs.push(await vivim('alice', args), await vivim('alice', [...args, '--json']));
  const printed = runs.map(({ stdout, stderr }) => stdout + stderr).join('\n');
  const secrets = [identityKey.d, dpopKey.d, sealingKey.d, session.accessToken, session.refreshToken];
  for (const secret of secrets) expect(printed).not.toContain(secret);
});
