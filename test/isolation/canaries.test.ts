/**
 * N51: words that stand nowhere but with their owner. A server lives with two people whose every word is a canary; then every file it
 * has, what it printed, and all of master are looked through, in every spelling. `npm run soak -- canaries` does it with 10,000.
 */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atTerminal, masterBehind, storageIdOf } from '../kit/operator.ts';
import { dumpOf } from '../kit/witness.ts';
import { type Lived, liveTogether } from './canaries/lives.ts';
import { findBelow, findIn } from './canaries/scan.ts';

const count = Number(process.env.VIVIM_CANARIES ?? 300);
let lived: Lived;

beforeAll(async () => {
  lived = await liveTogether(count);
}, 900_000);
afterAll(async () => {
  await lived?.server.stop();
  if (lived !== undefined) rmSync(lived.tmp, { recursive: true, force: true });
});

const markers = () => [lived.alice.marker, lived.bob.marker];
/** Where Linux drops cores, besides the directory of a process. */
const corePlaces = ['/var/crash', '/var/lib/systemd/coredump', '/cores'];
const freshCores = () =>
  [process.cwd(), '/tmp'].flatMap((place) =>
    readdirSync(place)
      .filter((name) => /^core(\.|$)/.test(name) && statSync(join(place, name)).mtimeMs > begun)
      .map((name) => join(place, name)),
  );
const begun = Date.now();

async function dumped(): Promise<Buffer> {
  const master = await masterBehind(lived.server.dataDir);
  try {
    return Buffer.from(await dumpOf(master));
  } finally {
    await master.close();
  }
}

describe('N51 ten thousand words, or as many as there is time for', () => {
  it('are found by their owner and by nobody else', async () => {
    const { alice, bob } = lived;
    for (const [mine, theirs] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      const found = await mine.person.client.search({ query: { q: mine.words[1] ?? '' } });
      expect(found.items.length).toBeGreaterThan(0);
      const foreign = await mine.person.client.search({ query: { q: theirs.words[1] ?? '' } });
      // The words of a question stand in its answer: its asker's own.
      expect(
        JSON.stringify({ ...foreign, terms: [], nowhere: [], unheld: [], spelt: foreign.spelt.map(({ as }) => as) }),
      ).not.toContain(theirs.marker);
      const bundle = await mine.person.client.createContext({ body: { query: theirs.words[6] ?? '', budget: 2_000 } });
      expect(JSON.stringify(bundle).replaceAll(theirs.words[6] ?? '', '')).not.toContain(theirs.marker);
      const bytes = Buffer.from(await (await mine.person.client.exportSpace({})).arrayBuffer());
      expect(findIn('own export', bytes, mine.marker, 0)).not.toEqual([]);
      expect(findIn('own export', bytes, theirs.marker)).toEqual([]);
    }
  });

  it('are in no file: databases, logs of databases, backups, keys, sockets, temporary places, cores', () => {
    for (const marker of markers()) {
      const { findings, files, bytes } = findBelow([lived.server.dataDir, lived.tmp, ...corePlaces], marker);
      expect(findings).toEqual([]);
      expect(files).toBeGreaterThan(50);
      expect(bytes).toBeGreaterThan(10_000_000);
    }
    expect(freshCores()).toEqual([]);
  });

  it('are in nothing that was printed', () => {
    for (const marker of markers()) expect(findIn('output', Buffer.from(lived.server.output()), marker)).toEqual([]);
  });

  it('are nowhere in master', async () => {
    const dump = await dumped();
    expect(dump.length).toBeGreaterThan(1_000);
    for (const marker of markers()) expect(findIn('master', dump, marker)).toEqual([]);
  });

  it('are nowhere at all after their erasure, and the neighbour keeps every one', async () => {
    const { server, alice, bob, tmp } = lived;
    const storageId = await storageIdOf(server.dataDir, alice.person);
    const erased = await atTerminal(server.dataDir, [
      ...['admin', 'erase', alice.person.userId],
      ...['--confirm', alice.person.userId],
    ]);
    expect(erased.code).toBe(0);
    // Sets name spaces, and dumps of master people, by their ids, until the sets expire. Of content they hold nothing.
    const expiring = ['sets', 'master'].map((name) => join(server.dataDir, 'backups', name));
    const named = findBelow([server.dataDir, tmp], storageId).findings.map(({ where }) => where);
    expect(named.filter((where) => !expiring.some((place) => where.startsWith(place)))).toEqual([]);
    expect(findBelow([server.dataDir, tmp], alice.marker).findings).toEqual([]);
    expect(findIn('master', await dumped(), alice.marker)).toEqual([]);
    expect(existsSync(join(server.dataDir, 'backups', 'spaces', storageId))).toBe(false);
    const kept = await bob.person.client.search({ query: { q: bob.words[1] ?? '' } });
    expect(kept.items.length).toBeGreaterThan(0);
  });
});
