/**
 * What a killed server leaves behind: a PostgreSQL that runs on without it. It is stopped the way PostgreSQL likes to be
 * stopped before a new one starts. Never signals a process that is not the server of this very cluster.
 */
import { readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Prefix of a socket directory outside the data directory. */
export const looseSocketPrefix = 'vivim-master-';

const stopWithinMs = 15_000;

/** True while a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Ids are used again, so an id alone proves nothing: the command line (Linux) or an open socket has to speak for it. */
async function servesCluster(pid: number, clusterDir: string, socket: string): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  if (commandLine !== null) return commandLine.split('\0').includes(clusterDir);
  return new Promise((resolve) => {
    const probe = connect(socket, () => resolve(true)).on('error', () => resolve(false));
    probe.on('connect', () => probe.destroy());
  });
}

async function goneWithin(pid: number, milliseconds: number): Promise<boolean> {
  for (let waited = 0; waited < milliseconds; waited += 50) {
    if (!isAlive(pid)) return true;
    await sleep(50);
  }
  return !isAlive(pid);
}

/**
 * Stops the server of `clusterDir` that an earlier process left running. Does nothing when there is none.
 *
 * @throws Error when it cannot be stopped
 * @see PostgreSQL manual, "Shutting Down the Server": SIGINT is the fast shutdown, SIGQUIT the immediate one
 */
export async function stopStaleServer(clusterDir: string): Promise<void> {
  const text = await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => null);
  if (text === null) return;
  // Lines of postmaster.pid: pid, data directory, start time, port, socket directory, listen address, shared memory.
  const [pidLine = '', , , port = '', socketDir = ''] = text.split('\n');
  const pid = Number.parseInt(pidLine, 10);
  if (pid > 1 && isAlive(pid) && (await servesCluster(pid, clusterDir, join(socketDir, `.s.PGSQL.${port}`)))) {
    process.kill(pid, 'SIGINT');
    if (!(await goneWithin(pid, stopWithinMs))) process.kill(pid, 'SIGQUIT');
    if (!(await goneWithin(pid, stopWithinMs))) {
      throw new Error(
        `A PostgreSQL left over from an earlier run (process ${pid}) does not stop; end it, then start again.`,
      );
    }
  }
  if (socketDir.startsWith(tmpdir()) && basename(socketDir).startsWith(looseSocketPrefix)) {
    await rm(socketDir, { recursive: true, force: true });
  }
}
