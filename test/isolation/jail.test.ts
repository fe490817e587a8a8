/**
 * N52: code of somebody's own inside an engine, behind every wall this machine has, tries what it would. Two people; what is theirs,
 * the host and the network stay out of reach, and nothing of the neighbour's changed.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { JailLevel } from '@vivim/contract/health';
import Database from 'better-sqlite3-multiple-ciphers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SpaceRow } from '../../packages/gateway/src/fleet/fleet-control.ts';
import {
  descendants,
  eventually,
  fakeModels,
  hostileEngine,
  startTestFleet,
  type TestFleet,
} from '../kit/fleet/fleet-kit.ts';
import { walls } from '../kit/fleet/walls.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Without Node's permission model, which stops its own JavaScript and nothing native, and says so. */
const kernel: readonly JailLevel[] = ['bubblewrap', 'landlock'];
const all: readonly JailLevel[] = [...kernel, 'node-permission'];

/** What is tried, and the walls that promise to stop it. */
const table: readonly (readonly [string, readonly JailLevel[]])[] = [
  ['read /etc/passwd', all],
  ['list the root', all],
  ["list the neighbour's directory", all],
  ["read the neighbour's database", all],
  ["read it by '..'", all],
  ['read it through a planted symlink', kernel],
  ['read it through a planted symlink by SQL', kernel],
  ["write into the neighbour's directory", all],
  ["take the neighbour's database by a hard link", all],
  ["take the neighbour's database by renaming", all],
  ["empty the neighbour's database", all],
  ["open the neighbour's database to all", all],
  ["open the neighbour's database by SQL", kernel],
  ["ATTACH the neighbour's database", kernel],
  ['VACUUM INTO outside', kernel],
  ['connect to the internet', kernel],
  ['connect to a listener on the loopback', kernel],
  ['send a datagram', kernel],
  ["connect to the socket of the neighbour's engine", kernel],
  ['connect to a socket of the host', kernel],
  ['start a shell', all],
  // In a tree of processes of its own it does no harm.
  ['start Node', ['landlock', 'node-permission']],
  ['signal the gateway', kernel],
  ["read the gateway's environment", all],
  ['change its own program', all],
];

/** How the kernel, Node or SQLite says no. In a network of one's own nobody listens on the loopback. */
const denied =
  /^(E(NOENT|ACCES|PERM|ROFS|XDEV|NETUNREACH|CONNREFUSED|SRCH)|ERR_ACCESS_DENIED|SQLITE_(CANTOPEN|ERROR|READONLY)|TypeError: Cannot open database because the directory does not exist)/;

const digest = (directory: string) =>
  readdirSync(directory, { withFileTypes: true })
    .filter((one) => one.isFile() && one.name !== 'starts')
    .map((one) => [
      one.name,
      createHash('sha256')
        .update(readFileSync(join(directory, one.name)))
        .digest('hex'),
    ])
    .sort();

describe.each((await walls()).map((wall) => [wall.level + wall.note, wall] as const))(
  'behind %s',
  (_, { level, jail }) => {
    if (jail === null) return it.skip('what N52 lists is denied', () => {});

    let one: TestFleet;
    let alice: SpaceRow;
    let bob: SpaceRow;
    let server: Server;
    let host: Server;
    let reached = 0;
    let scratch: string;
    let query: Record<string, string>;
    let before: unknown;

    beforeAll(async () => {
      const count = () => {
        reached += 1;
      };
      scratch = await mkdtemp(join(tmpdir(), 'vivim-host-'));
      server = createServer(count).listen(0, '127.0.0.1');
      host = createServer(count).listen(join(scratch, 'admin.sock'));
      one = await startTestFleet({ program: hostileEngine, jail, models: fakeModels });
      [alice, bob] = [await one.newSpace(), await one.newSpace()];
      const neighbour = one.directory(bob);
      const secret = new Database(join(neighbour, 'user.db'));
      secret.exec("CREATE TABLE secret (text); INSERT INTO secret VALUES ('of Bob')");
      secret.close();
      symlinkSync(join(neighbour, 'user.db'), join(one.directory(alice), 'planted'));
      before = digest(neighbour);
      // Of the models process, of Alice and of Bob, in the order they were made.
      const root = readFileSync(join(one.dataDir, 'socket-root'), 'utf8');
      const [, , socketDirectory = ''] = readdirSync(root).sort();
      query = {
        neighbour,
        below: join(basename(dirname(neighbour)), basename(neighbour)),
        socket: join(root, socketDirectory, '0'),
        hostSocket: join(scratch, 'admin.sock'),
        port: String((server.address() as AddressInfo).port),
        gateway: String(process.pid),
      };
    });
    afterAll(async () => {
      await one?.end();
      server?.close();
      host?.close();
      await rm(scratch, { recursive: true, force: true });
    });

    const outcomeOf = async (name: string): Promise<string> => {
      const answer = await one.get(alice, `/attempt?${new URLSearchParams({ ...query, name })}`);
      return ((await answer.json()) as { outcome: string }).outcome;
    };

    const promised = table.filter(([, levels]) => levels.includes(level)).map(([name]) => name);
    it.each(promised)('%s: denied', async (name) => {
      expect(await outcomeOf(name)).toMatch(denied);
    });

    it('it finds an environment without a word in it', async () => {
      const names = (await (await one.get(alice, '/environment')).json()) as string[];
      // The shell and bubblewrap leave the directory they were started in.
      expect(names.filter((name) => name !== 'PWD')).toEqual([]);
    });

    it('it cannot open files without end, and leaves no dump of its memory', async () => {
      const answer = (await (await one.get(alice, '/descriptors')).json()) as { opened: number; outcome: string };
      expect(answer).toMatchObject({ outcome: 'EMFILE' });
      expect(answer.opened).toBeLessThan(1_024);
      for (const pid of descendants()) {
        const limits = readFileSync(`/proc/${pid}/limits`, 'utf8');
        if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('hostile-engine'))
          expect(limits).toMatch(/^Max core file size\s+0\s+0/m);
      }
    });

    it('it reaches the models process, as it must', async () => {
      await eventually(() => one.fleet.health().models?.status === 'ok');
      expect(await (await one.get(alice, '/models')).json()).toEqual({ embedder: 'fake-1' });
    });

    it.runIf(kernel.includes(level))("nothing of the neighbour's changed, and nobody was reached", async () => {
      expect(digest(one.directory(bob))).toEqual(before);
      expect(reached).toBe(0);
      expect((await one.get(bob, '/who')).status).toBe(200);
    });
  },
);
