/**
 * Processes killed at random moments while somebody writes, and a neighbour who goes on reading. What was acknowledged must be there
 * afterwards, both databases must be sound, and the neighbour must have noticed nothing but the restarts of the server itself.
 */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { StorageId } from '@vivim/contract/ids';
import { openConnection } from '@vivim/engine/sqlite/database';
import { spaceDirectory } from '@vivim/gateway/fleet/space-directory';
import { descendants, engines } from '../bench/processes.ts';
import { random } from '../bench/synthetic.ts';
import { bobExport, dialogue } from '../kit/exports.ts';
import { isRunning } from '../kit/fleet/fleet-kit.ts';
import { keysOf } from '../kit/keks.ts';
import { atTerminal, storageIdOf } from '../kit/operator.ts';
import { importFile, type Person, quiet, signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

const victims = ['engine', 'models', 'gateway'] as const;
export type Victim = (typeof victims)[number];

export interface ChaosReport {
  readonly killed: Readonly<Record<Victim, number>>;
  /** Uploads the server said yes to. */
  readonly acknowledged: number;
  /** Of these, the ones that are not there at the end. */
  readonly lost: readonly string[];
  /** What `PRAGMA integrity_check` says of each database. */
  readonly integrity: readonly string[];
  /** Requests of the neighbour, and those that failed although the server itself ran on. */
  readonly neighbour: { readonly asked: number; readonly failed: readonly string[] };
}

export interface ChaosOptions {
  readonly rounds: number;
  readonly seed: number;
  /** How often each is killed, as shares. */
  readonly shares: Readonly<Record<Victim, number>>;
  readonly onRound?: (round: number, victim: Victim) => void;
}

const uploadsARound = 3;
const latestKillMs = 120;

async function killed(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  while (isRunning(pid)) await wait(2);
}

export async function playChaos({ rounds, seed, shares, onRound }: ChaosOptions): Promise<ChaosReport> {
  const next = random(seed);
  const counts: Record<Victim, number> = { engine: 0, models: 0, gateway: 0 };
  const acknowledged = new Map<string, string>();
  const failed: string[] = [];
  let asked = 0;
  let server: TestServer = await startTestServer({ env: { VIVIM_LOG: 'error' } });
  let [alice, bob] = [await signUp(server.url), await signUp(server.url)];
  await importFile(bob, 'b.json', bobExport);
  let pids = await enginesOf(server, alice, bob);

  const upload = async (name: string): Promise<void> => {
    const bytes = JSON.stringify([
      dialogue(name, `Written in ${name}`, [`What stands in ${name}?`, `This is ${name}.`]),
    ]);
    try {
      acknowledged.set(name, (await alice.client.createImport({ query: { fileName: `${name}.json` }, bytes })).id);
    } catch {
      // Not acknowledged, so nothing was promised.
    }
  };
  const bobReads = async (excused: () => boolean): Promise<void> => {
    asked += 1;
    const begun = bob;
    await begun.client.search({ query: { q: 'borrow checker' } }).then(
      ({ items }) => {
        if (items.length === 0) failed.push('nothing was found');
      },
      (error: unknown) => {
        if (!excused()) failed.push(String(error));
      },
    );
  };

  for (let round = 0; round < rounds; round += 1) {
    const victim = pick(next(), shares);
    let over = false;
    let gatewayDown = false;
    const writing = (async () => {
      for (let nth = 0; nth < uploadsARound; nth += 1) await upload(`r${round}n${nth}`);
    })();
    const reading = (async () => {
      while (!over) {
        await bobReads(() => gatewayDown);
        await wait(20);
      }
    })();
    await wait(next() * latestKillMs);
    if (victim === 'gateway') {
      gatewayDown = true;
      await killed(server.pid);
      over = true;
      await Promise.all([writing, reading]);
      server = await startTestServer({ dataDir: server.dataDir, env: { VIVIM_LOG: 'error' } });
      [alice, bob] = [await alice.signIn(server.url), await bob.signIn(server.url)];
      pids = await enginesOf(server, alice, bob);
    } else {
      const pid = victim === 'engine' ? await pids.alice() : modelsOf(server);
      if (pid !== null) await killed(pid);
      await writing;
      over = true;
      await reading;
    }
    counts[victim] += 1;
    onRound?.(round, victim);
  }

  await settled(alice, [...acknowledged.values()]);
  const titles = new Set<string | null>();
  for (let cursor: string | undefined; ; ) {
    const page = await alice.client.listConversations({
      query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) },
    });
    for (const { title } of page.items) titles.add(title);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  const lost = [...acknowledged.keys()].filter((name) => !titles.has(`Written in ${name}`));
  const storageIds = await Promise.all([alice, bob].map((person) => storageIdOf(server.dataDir, person)));
  await server.stop({ keep: true });
  const integrity = await Promise.all(storageIds.map((id) => integrityOf(server.dataDir, id)));
  await (await startTestServer({ dataDir: server.dataDir })).stop();
  return { killed: counts, acknowledged: acknowledged.size, lost, integrity, neighbour: { asked, failed } };
}

function pick(share: number, shares: Readonly<Record<Victim, number>>): Victim {
  const total = victims.reduce((sum, victim) => sum + shares[victim], 0);
  let left = share * total;
  for (const victim of victims) {
    left -= shares[victim];
    if (left < 0) return victim;
  }
  return 'engine';
}

/** Which engine is whose, told by starting Bob's first. */
async function enginesOf(server: TestServer, alice: Person, bob: Person) {
  await bob.client.getSpace({});
  const before = new Set(engines(server.pid).map(({ pid }) => pid));
  if (before.size > 1) {
    // Alice's was woken for her jobs; hers is the one that answers her and not him.
    await atTerminal(server.dataDir, ['admin', 'evict', alice.userId, '--force']);
  }
  const his = new Set(engines(server.pid).map(({ pid }) => pid));
  await alice.client.getSpace({});
  return {
    alice: async (): Promise<number | null> => engines(server.pid).find(({ pid }) => !his.has(pid))?.pid ?? null,
  };
}

const modelsOf = (server: TestServer): number | null =>
  descendants(server.pid).find(({ command }) => /models\/src\/main/.test(command))?.pid ?? null;

/** Every one of these imports has ended well. @throws Error naming one that has not */
async function settled(person: Person, ids: readonly string[]): Promise<void> {
  await eventually(() => quiet(person, { embedding: false }));
  for (const id of ids) {
    const run = await eventually(() => person.client.getImport({ params: { id: id as never } }));
    if (run.state !== 'done') throw new Error(`The import ${id} ended ${run.state}: ${run.error?.detail}`);
  }
}

/** An engine that was just killed needs a moment. */
async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries > 100) throw error;
      await wait(200);
    }
  }
}

async function integrityOf(dataDir: string, storageId: StorageId): Promise<string> {
  const keyHex = Buffer.from(await (await keysOf(dataDir)).unwrap(storageId)).toString('hex');
  const path = join(spaceDirectory(join(dataDir, 'users'), storageId), 'user.db');
  const connection = openConnection(path, { keyHex, quotaBytes: 2 ** 40 });
  try {
    const foreign = connection.pragma('foreign_key_check') as unknown[];
    connection.prepare("INSERT INTO message_words(message_words) VALUES('integrity-check')").run();
    return foreign.length > 0
      ? 'foreign keys are broken'
      : String(connection.pragma('integrity_check', { simple: true }));
  } finally {
    connection.close();
  }
}
