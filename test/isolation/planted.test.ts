/**
 * N43 to N46 and N48: names that are paths, questions that are statements, files planted in a space or damaged. Told by their codes; the
 * neighbour and the rest of the machine stay untouched, and no answer shows the inside of the server.
 */
import {
  copyFileSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { spaceDirectory } from '@vivim/gateway/fleet/space-directory';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { random } from '../bench/synthetic.ts';
import { aliceExport, bobExport } from '../kit/exports.ts';
import { atTerminal, storageIdOf } from '../kit/operator.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { runs } from '../kit/property-runs.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

let server: TestServer;
let alice: Person;
let bob: Person;
let hers: string;
let his: string;
let whole: string;

beforeAll(async () => {
  server = await startTestServer({ env: { VIVIM_MODELS: 'off' } });
  [alice, bob] = [await signUp(server.url), await signUp(server.url)];
  await importFile(alice, 'a.json', aliceExport);
  await importFile(bob, 'b.json', bobExport);
  for (const person of [alice, bob]) await quiet(person, { embedding: false });
  [hers, his] = [await directoryOf(alice), await directoryOf(bob)];
  await stopped(alice);
  whole = join(server.dataDir, 'whole.db');
  copyFileSync(join(hers, 'user.db'), whole);
}, 60_000);
afterAll(() => server?.stop());
/** Alice's space as it was. */
const restore = async () => {
  await stopped(alice);
  for (const name of readdirSync(hers)) rmSync(join(hers, name), { recursive: true });
  copyFileSync(whole, join(hers, 'user.db'));
};

const directoryOf = async (person: Person) =>
  spaceDirectory(join(server.dataDir, 'users'), await storageIdOf(server.dataDir, person));
const stopped = (person: Person) => atTerminal(server.dataDir, ['admin', 'evict', person.userId, '--force']);

async function answer(person: Person, method: string, path: string, body?: string) {
  const url = `${server.url}${path}`;
  const headers = { ...(await person.authorize(method, url.split('?')[0] ?? '')), 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  const { code = null } = response.ok ? {} : (JSON.parse(text) as { code?: string });
  return { status: response.status, code, text };
}
const search = (person: Person, q: string) => answer(person, 'GET', `/v1/search?${new URLSearchParams({ q })}`);

/** What an answer must never show. */
const inside = /\/users\/|user\.db|\bat \w+ \(|node:|SQLITE|SELECT|PRAGMA|\.ts:\d|did:key/;

describe('N43 a name that is a path', () => {
  afterAll(restore);

  it.each([
    '../../b/u.db',
    '%2e%2e%2fu.db',
    'nul\0.json',
    '..\\..\\u.db',
    'a/b.json',
    '..',
    '\u0085x',
    'é'.repeat(150),
  ])('%j is refused, and nothing is made anywhere', async (name) => {
    await search(alice, 'tomatoes');
    const before = [readdirSync(hers), readdirSync(join(server.dataDir))];
    const refused = await answer(alice, 'POST', `/v1/imports?fileName=${encodeURIComponent(name)}`, bobExport);
    expect([refused.status, refused.code]).toEqual([400, 'path_invalid']);
    expect([readdirSync(hers), readdirSync(join(server.dataDir))]).toEqual(before);
  });

  it('a plain name with every kind of letter is a label', async () => {
    for (const name of ['Gespräche (2).json', '对话.zip', '..twice.json', '50%.json'])
      expect((await importFile(alice, name, bobExport)).fileName).toBe(name);
  });
});

describe('N44 a question that is a statement', () => {
  afterAll(restore);

  const statements = [
    "'; ATTACH DATABASE '/tmp/vivim-attached.db' AS other; --",
    "VACUUM INTO '/tmp/vivim-attached.db'",
    'PRAGMA writable_schema=ON',
    "load_extension('/tmp/x.so')",
    'NEAR(tomatoes San, 3) OR *',
    'text : "tomatoes" AND (NOT rowid)',
    '"unbalanced',
    '^tomatoes* - ( ) { } [ ] : ; , .',
  ];
  it.each(statements)('%s is words like any others', async (q) => {
    const { status, text } = await search(alice, q);
    // The inside of the server is not what she asked about herself.
    expect([status, inside.test(text.replaceAll(JSON.stringify(q).slice(1, -1), ''))]).toEqual([200, false]);
    expect(readdirSync('/tmp').filter((name) => name.startsWith('vivim-attached'))).toEqual([]);
    expect((await search(alice, 'tomatoes')).text).toContain('San Marzano');
  });

  it('of ten thousand terms is refused; a message of as many is read like any', async () => {
    const q = Array.from({ length: 10_000 }, (_, nth) => `t${nth}`).join(' ');
    const refused = await search(alice, q.slice(0, 9_000));
    expect([refused.status, refused.code]).toEqual([400, 'request_invalid']);
    const read = await answer(alice, 'POST', '/v1/context', JSON.stringify({ query: q, budget: 60_000 }));
    expect(read.status).toBe(200);
  });
});

describe('N45 a link planted in a space', () => {
  afterEach(restore);

  it.each([
    ['a symbolic link to the neighbour’s database', (to: string) => symlinkSync(join(his, 'user.db'), to)],
    ['a hard link to the neighbour’s database', (to: string) => linkSync(join(his, 'user.db'), to)],
    ['a symbolic link to a file of the system', (to: string) => symlinkSync('/etc/passwd', to)],
  ])('%s seals it; the neighbour notices nothing', async (_, plant) => {
    const before = readFileSync(join(his, 'user.db'));
    rmSync(join(hers, 'user.db'));
    plant(join(hers, 'user.db'));
    const refused = await search(alice, 'borrow checker');
    expect([refused.status, refused.code]).toEqual([503, 'storage_integrity']);
    expect(refused.text).not.toMatch(/borrow|passwd|root:/);
    expect((await search(bob, 'borrow checker')).text).toContain('borrow checker');
    expect(readFileSync(join(his, 'user.db')).equals(before)).toBe(true);
  });

  it('in place of the directory seals it too', async () => {
    const aside = `${hers}-aside`;
    renameSync(hers, aside);
    symlinkSync(his, hers);
    try {
      const refused = await search(alice, 'borrow checker');
      expect([refused.status, refused.code]).toEqual([503, 'storage_integrity']);
      expect(refused.text).not.toMatch(/borrow/);
    } finally {
      rmSync(hers);
      renameSync(aside, hers);
    }
  });
});

describe('N46 the neighbour’s database in the place of one’s own', () => {
  afterEach(restore);

  it('opens for nobody: it is noise under another key', async () => {
    await stopped(bob);
    copyFileSync(join(his, 'user.db'), join(hers, 'user.db'));
    const refused = await search(alice, 'borrow checker');
    expect([refused.status, refused.code]).toEqual([503, 'storage_integrity']);
    expect(refused.text).not.toMatch(/borrow/);
    expect((await search(bob, 'borrow checker')).status).toBe(200);
  });

  it('and with the neighbour’s wrap beside it as well: a wrap is bound to its space', async () => {
    await stopped(bob);
    const wraps = join(server.dataDir, 'keys/wraps');
    const [mine, theirs] = [hers, his].map((path) => join(wraps, path.split('/').at(-1) ?? ''));
    const kept = readFileSync(mine ?? '');
    copyFileSync(join(his, 'user.db'), join(hers, 'user.db'));
    copyFileSync(theirs ?? '', mine ?? '');
    try {
      const refused = await search(alice, 'borrow checker');
      expect([refused.status, refused.code]).toEqual([503, 'storage_integrity']);
    } finally {
      writeFileSync(mine ?? '', kept);
    }
  });
});

const flip = (bytes: Buffer, at: number, bit: number) => bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);

/** Each kind once in the suite: a damaged database is opened anew for every question. */
const faultCount = runs(40, 8);

describe(`N48 ${faultCount} faults`, () => {
  afterEach(restore);
  const next = random(48);
  const faults: (readonly [name: string, harm: (path: string) => void])[] = Array.from(
    { length: faultCount },
    (_, nth) => [
      `damage ${nth}`,
      (path: string) => {
        const bytes = readFileSync(path);
        if (nth % 8 === 0) writeFileSync(path, bytes.subarray(0, Math.floor(next() * bytes.length)));
        else if (nth % 8 === 1) writeFileSync(path, '');
        else {
          // From a bit in one page to noise over many.
          const pages = nth % 8 === 2 ? 1 : 40;
          for (let page = 0; page < pages; page += 1)
            flip(bytes, Math.floor(next() * bytes.length), Math.floor(next() * 8));
          writeFileSync(path, bytes);
        }
      },
    ],
  );

  it.each(faults)('%s: an answer shows nothing but a code and an id to ask about', async (_, harm) => {
    harm(join(hers, 'user.db'));
    for (const path of ['/v1/space', '/v1/search?q=tomatoes', '/v1/conversations', '/v1/topics']) {
      const { status, code, text } = await answer(alice, 'GET', path);
      if (status === 200) continue;
      expect([
        [503, 'storage_integrity'],
        [500, 'internal'],
        [503, 'engine_unavailable'],
      ]).toContainEqual([status, code]);
      expect(text).not.toMatch(inside);
      expect(Object.keys(JSON.parse(text) as object).every((key) => problemFields.has(key))).toBe(true);
    }
    expect((await search(bob, 'borrow checker')).status).toBe(200);
  });
});

const problemFields = new Set(['type', 'title', 'status', 'code', 'detail', 'traceId', 'retryAfterSeconds']);
