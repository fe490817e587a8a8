/**
 * What is the same for every server of a run, made once: a new PostgreSQL cluster, and the web files. Outside of a run everybody
 * makes their own. Knows no test runner; workers learn of it by the environment they inherit.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const variable = 'VIVIM_TEST_PREPARED';

/** Every process that is started from now on finds what is prepared here. */
export function preparedIn(folder: string): void {
  process.env[variable] = folder;
}

/** Its owner is another user, and has to stay so. */
function copy(from: string, to: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`cp failed: ${stderr}`);
}

/**
 * Keep the cluster of a master that was made and stopped. Servers that begin with it give up safety against a power cut: killing
 * a process loses nothing that it wrote, and nothing waits for the disk.
 */
export function keepCluster(home: string, folder: string): void {
  copy(join(home, 'cluster'), join(folder, 'cluster'));
  appendFileSync(join(folder, 'cluster', 'postgresql.conf'), '\nfsync = off\nfull_page_writes = off\n');
}

/** Let the master of a new data directory begin with it: making one takes a second, and syncs forty megabytes. */
export function copyCluster(dataDir: string): void {
  const folder = process.env[variable];
  if (folder === undefined) return;
  mkdirSync(join(dataDir, 'master'), { mode: 0o711 });
  copy(join(folder, 'cluster'), join(dataDir, 'master', 'cluster'));
}

/** The folder `name`, made by whoever asks first; null outside of a run. @param make fills a new folder */
export async function preparedOnce(name: string, make: (folder: string) => Promise<void>): Promise<string | null> {
  const folder = process.env[variable];
  if (folder === undefined) return null;
  const [made, lock, draft] = [join(folder, name), join(folder, `${name}.lock`), join(folder, `${name}.new`)];
  for (;;) {
    if (existsSync(made)) return made;
    try {
      mkdirSync(lock);
    } catch {
      await wait(50);
      continue;
    }
    try {
      if (!existsSync(made)) {
        await make(draft);
        renameSync(draft, made);
      }
    } finally {
      rmdirSync(lock);
    }
  }
}
