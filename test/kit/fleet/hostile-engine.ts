/**
 * The fake engine turned against its house: what somebody would try who runs their own code in an engine. Each attempt answers
 * `allowed` or the code it failed with. Holds a real SQLite, which the wall has to hold too.
 */
import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { connect, type NetConnectOpts } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { type Handler, handlers, json, report } from './fake-engine.ts';

type Told = (name: string) => string;
type Attempt = (own: string, told: Told) => unknown;

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

const throwing = (error: Error | undefined) => {
  if (error !== undefined) throw error;
};

const reach = (options: NetConnectOpts) =>
  new Promise<void>((resolve, reject) => {
    const socket = connect(options, () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
    socket.setTimeout(3_000, () => reject(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
  });

const sql = (file: string, statement: string) => {
  const database = new Database(file);
  try {
    database.exec(statement);
  } finally {
    database.close();
  }
};

const datagram = ({ host, port }: { host: string; port: number }) =>
  new Promise<void>((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.send('x', port, host, (error) => (error === null ? resolve() : reject(error)));
  });

/** By the name the table of test/isolation/jail.test.ts has for it. */
const attempts: Readonly<Record<string, Attempt>> = {
  'read /etc/passwd': () => readFileSync('/etc/passwd'),
  'list the root': () => readdirSync('/etc'),
  "list the neighbour's directory": (_, told) => readdirSync(told('neighbour')),
  "read the neighbour's database": (_, told) => readFileSync(join(told('neighbour'), 'user.db')),
  "read it by '..'": (own, told) => readFileSync(join(own, '..', '..', told('below'), 'user.db')),
  'read it through a planted symlink': (own) => readFileSync(join(own, 'planted')),
  'read it through a planted symlink by SQL': (own) => sql(join(own, 'planted'), 'SELECT * FROM secret'),
  "write into the neighbour's directory": (_, told) => writeFileSync(join(told('neighbour'), 'written'), 'x'),
  "take the neighbour's database by a hard link": (own, told) =>
    linkSync(join(told('neighbour'), 'user.db'), join(own, 'linked')),
  "take the neighbour's database by renaming": (own, told) =>
    renameSync(join(told('neighbour'), 'user.db'), join(own, 'taken')),
  "empty the neighbour's database": (_, told) => truncateSync(join(told('neighbour'), 'user.db')),
  "open the neighbour's database to all": (_, told) => chmodSync(join(told('neighbour'), 'user.db'), 0o777),
  "open the neighbour's database by SQL": (_, told) =>
    sql(join(told('neighbour'), 'user.db'), "INSERT INTO secret VALUES ('changed')"),
  "ATTACH the neighbour's database": (own, told) =>
    sql(join(own, 'mine.db'), `ATTACH '${join(told('neighbour'), 'user.db')}' AS b; SELECT * FROM b.secret`),
  'VACUUM INTO outside': (own, told) =>
    sql(join(own, 'mine.db'), `VACUUM INTO '${join(told('neighbour'), 'copy.db')}'`),
  'connect to the internet': () => reach({ host: '1.1.1.1', port: 80 }),
  'connect to a listener on the loopback': (_, told) => reach({ host: '127.0.0.1', port: Number(told('port')) }),
  'send a datagram': () => datagram({ host: '1.1.1.1', port: 53 }),
  "connect to the socket of the neighbour's engine": (_, told) => reach({ path: told('socket') }),
  'connect to a socket of the host': (_, told) => reach({ path: told('hostSocket') }),
  'start a shell': () => throwing(spawnSync('/bin/sh', ['-c', 'exit']).error),
  'start Node': () => throwing(spawnSync(process.execPath, ['--version']).error),
  'signal the gateway': (_, told) => process.kill(Number(told('gateway')), 0),
  "read the gateway's environment": (_, told) => readFileSync(`/proc/${told('gateway')}/environ`),
  'change its own program': () => appendFileSync(import.meta.filename, ''),
};

const runaways: Readonly<Record<string, () => unknown>> = {
  query: () =>
    new Database(':memory:')
      .prepare('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n')
      .get(),
  // Each of these letters doubles the ways to fail.
  parser: () => /^(\w+\s?)*$/.test(`${'word '.repeat(60)}!`),
};

const held: Buffer[] = [];

const more: Readonly<Record<string, Handler>> = {
  '/attempt': async (_, response, { directory }, query) => {
    const attempt = attempts[query.get('name') ?? ''];
    try {
      await attempt?.(directory, (name) => query.get(name) ?? '');
      json(response, { outcome: attempt === undefined ? 'unknown' : 'allowed' });
    } catch (error) {
      json(response, { outcome: codeOf(error) });
    }
  },
  '/environment': (_, response) => json(response, Object.keys(process.env)),
  '/runaway': (_, __, ___, query) => runaways[query.get('what') ?? '']?.(),
  /** The answer is out before the work begins, which nobody waits for. */
  '/runaway-later': (_, response, { storageId }, query) => {
    report({ type: 'jobs', storageId, pending: Number(query.get('jobs')), computing: true });
    json(response, {});
    setTimeout(() => runaways[query.get('what') ?? '']?.(), 50);
  },
  /** Takes more and more, and answers all the while; or everything in one go. */
  '/hog': (_, __, ___, query) => {
    const take = () => held.push(Buffer.alloc(16 * 1024 ** 2, 1));
    if (query.has('at-once')) for (;;) take();
    setInterval(take, 5);
  },
  '/descriptors': (_, response) => {
    const opened: number[] = [];
    try {
      for (;;) opened.push(openSync(import.meta.filename, 'r'));
    } catch (error) {
      for (const one of opened) closeSync(one);
      json(response, { opened: opened.length, outcome: codeOf(error) });
    }
  },
};
Object.assign(handlers, more);
