/**
 * A real server with everything logged: engines, an operator at work, an import, an export, refusals. What people wrote, who they
 * are and what opens their spaces stands nowhere it could be read; and one id leads from an answer to the engine's line.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aliceExport, bobExport } from '../kit/exports.ts';
import { keysOf } from '../kit/keks.ts';
import { atTerminal, masterBehind, storageIdOf } from '../kit/operator.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';
import { dumpOf, foundIn } from '../kit/witness.ts';

const quotaBytes = 64 * 1024 ** 2;
const address = '203.0.113.77';

let server: TestServer;
let alice: Person;
let bob: Person;
/** What people wrote. */
const content = new Map([
  ['tomatoes', 'San Marzano'],
  ['islands', 'Berlengas'],
  ['ownership', 'borrow checker'],
]);
const secrets = new Map<string, string>();
const names = new Map<string, string>([['address', address]]);

beforeAll(async () => {
  const env = {
    VIVIM_LOG: 'debug',
    VIVIM_MODELS: 'off',
    VIVIM_QUOTA_BYTES: String(quotaBytes),
    VIVIM_TRUSTED_PROXIES: '127.0.0.1/32 ::1/128',
  };
  server = await startTestServer({ env });
  [alice, bob] = await Promise.all([signUp(server.url), signUp(server.url)]);
  await Promise.all([importFile(alice, 'a.json', aliceExport), importFile(bob, 'b.json', bobExport)]);
  await Promise.all([quiet(alice, { embedding: false }), quiet(bob, { embedding: false })]);
  await alice.client.search({ query: { q: 'San Marzano tomatoes' } });
  await (await alice.client.exportSpace({})).arrayBuffer();
  await fetch(`${server.url}/v1/me`, { headers: { 'x-forwarded-for': address } });

  const { dataDir } = server;
  const opened = await keysOf(dataDir);
  for (const [who, person] of Object.entries({ alice, bob })) {
    const storageId = await storageIdOf(dataDir, person);
    const { authorization = '' } = await person.authorize('GET', server.url);
    const key = Buffer.from(await opened.unwrap(storageId));
    secrets.set(`token of ${who}`, authorization.replace('DPoP ', ''));
    secrets.set(`key of ${who}, hex`, key.toString('hex')).set(`key of ${who}, base64`, key.toString('base64'));
    names.set(`id of ${who}`, person.userId).set(`space of ${who}`, storageId).set(`did of ${who}`, person.did);
  }
  for (const args of [
    ['backup', 'run', '--user', alice.userId],
    ['admin', 'evict', bob.userId, '--force'],
    ['admin', 'lock', bob.userId],
    ['admin', 'unlock', bob.userId],
  ])
    expect((await atTerminal(dataDir, args)).code).toBe(0);
}, 120_000);
afterAll(() => server?.stop());

it('one id leads from an answer to the lines of gateway and engine', async () => {
  const url = `${server.url}/v1/imports?fileName=large.json`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...(await alice.authorize('POST', url)), 'content-type': 'application/octet-stream' },
    body: new Uint8Array(quotaBytes + 1),
  });
  const problem = (await response.json()) as { code: string; traceId: string };
  expect([response.status, problem.code]).toEqual([507, 'quota_exceeded']);
  expect(response.headers.get('vivim-trace-id')).toBe(problem.traceId);
  const lines = () =>
    server
      .output()
      .split('\n')
      .filter((line) => line.includes(problem.traceId))
      .map((line) => (JSON.parse(line) as { msg: string }).msg);
  while (lines().length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(lines().sort()).toEqual(['engine.request-failed', 'request']);
});

describe('nothing private', () => {
  it('is in the log, at its most talkative', () => {
    const lines = server
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(lines.length).toBeGreaterThan(20);
    const log = lines.join('\n');
    for (const canaries of [content, secrets, names]) expect(foundIn(log, canaries)).toEqual([]);
    // Beside its lines the server prints where it is, once.
    const said = server
      .output()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('{'));
    expect(said.join('\n')).toMatch(
      /^VIVIM is at http:[^\n]+\n {2}data [^\n]+\n {2}master [^\n]+\n {2}engines [^\n]+\nCtrl-C stops it\.$/,
    );
  });

  it('is in master: neither a word of anybody nor what opens their space', async () => {
    const master = await masterBehind(server.dataDir);
    const dump = await dumpOf(master);
    await master.close();
    expect(foundIn(dump, content)).toEqual([]);
    expect(foundIn(dump, secrets)).toEqual([]);
    expect(dump).toContain(alice.userId);
  });

  it('is in a file of the data directory that could be read without a key', () => {
    const files = readdirSync(server.dataDir, { recursive: true, encoding: 'utf8' })
      // Its own processes keep what is in it from being read; a dump of it was just looked through.
      .filter((name) => !name.startsWith('master/'))
      .map((name) => join(server.dataDir, name))
      .filter((path) => statSync(path).isFile());
    expect(files.length).toBeGreaterThan(8);
    for (const path of files) {
      const bytes = readFileSync(path).toString('latin1');
      expect(foundIn(bytes, content), path).toEqual([]);
      expect(foundIn(bytes, secrets), path).toEqual([]);
    }
  });
});
