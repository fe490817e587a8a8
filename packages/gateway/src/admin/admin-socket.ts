/**
 * The operator's socket: mode 0600, in a directory only its owner passes, so that nobody else on the host reaches it. Its
 * name is `<data>/admin.sock`, a link to where it lies, because the path of a socket may not be long and a directory of
 * data may. Never a TCP port.
 */
import { chmod, mkdir, mkdtemp, readlink, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { adminSocketName } from '@vivim/contract/admin';

type Fetch = (request: Request) => Response | Promise<Response>;

/** `sockaddr_un` takes 104 bytes on macOS and 108 on Linux, with the closing zero. */
const longestPath = 100;
const loosePrefix = 'vivim-admin-';

/** Below the data where its path is short enough, else in the directory for temporary files. */
async function makeDirectory(dataDir: string): Promise<string> {
  const own = join(dataDir, 'admin');
  await rm(own, { recursive: true, force: true });
  if (Buffer.byteLength(join(own, 'socket')) > longestPath) return mkdtemp(join(tmpdir(), loosePrefix));
  await mkdir(own, { mode: 0o700 });
  return own;
}

/** A server that was killed leaves its link, and behind it maybe a directory for which nothing else stands. */
async function clearLeftover(link: string): Promise<void> {
  const target = await readlink(link).catch(() => null);
  if (target !== null && basename(dirname(target)).startsWith(loosePrefix))
    await rm(dirname(target), { recursive: true, force: true });
  await rm(link, { recursive: true, force: true });
}

/**
 * The caller holds the lock of the data directory, so a socket found there is a leftover and is replaced.
 *
 * @returns closes it, and takes its name away
 * @throws Error in words for the operator
 */
export async function listenForOperator(dataDir: string, fetch: Fetch): Promise<() => Promise<void>> {
  const link = join(dataDir, adminSocketName);
  await clearLeftover(link);
  const directory = await makeDirectory(dataDir);
  const socket = join(directory, 'socket');
  const server = createServer(getRequestListener((request) => fetch(request), { overrideGlobalObjects: false }));
  // Copying and checking take as long as they take.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new Error(`The operator's socket ${socket} cannot be opened (${cause.code}).`, { cause })),
    );
    server.listen(socket, () => resolve());
  });
  await chmod(socket, 0o600);
  await symlink(socket, link);
  return async () => {
    await rm(link, { force: true });
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
    await rm(directory, { recursive: true, force: true });
  };
}
