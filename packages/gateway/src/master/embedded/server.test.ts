/** The embedded PostgreSQL as an operator meets it: twice in a row, after a crash, in odd places. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMaster } from '../db.ts';
import { blockedAt } from './reach.ts';
import { type EmbeddedServer, startEmbedded } from './server.ts';
import { isAlive, looseSocketPrefix } from './stale.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vivim-embedded-'));
  await chmod(folder, 0o711);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const fast = { unsafeFast: true };
const serverPid = async (home: string) =>
  Number((await readFile(join(home, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);

async function note(server: EmbeddedServer, statement: string): Promise<unknown[]> {
  const master = await openMaster(server.target);
  const { rows } = await sql.raw(statement).execute(master.db);
  await master.close();
  return rows;
}

/** A server in a process of its own, which is then killed like by a power cut. */
async function startAndKill(home: string): Promise<void> {
  const file = fileURLToPath(new URL('./server.ts', import.meta.url));
  const program = `const { startEmbedded } = await import(${JSON.stringify(file)});
    await startEmbedded(${JSON.stringify(home)}, { unsafeFast: true });
    process.stdout.write('up');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('the embedded PostgreSQL', () => {
  it('keeps what was written, leaves no process behind, and opens no port', async () => {
    const home = join(folder, 'master');
    const first = await startEmbedded(home, fast);
    const pid = await serverPid(home);
    await note(first, 'create table kept (word text)');
    await note(first, "insert into kept values ('lighthouse')");
    expect(await note(first, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
    await first.stop();
    await first.stop();
    expect(isAlive(pid)).toBe(false);
    const second = await startEmbedded(home, fast);
    expect(await note(second, 'select word from kept')).toEqual([{ word: 'lighthouse' }]);
    await second.stop();
  });

  it('takes over from a server whose gateway was killed', async () => {
    const home = join(folder, 'master');
    await startAndKill(home);
    const left = await serverPid(home);
    expect(isAlive(left)).toBe(true);
    const server = await startEmbedded(home, fast);
    expect(isAlive(left)).toBe(false);
    expect(await note(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('starts where a set-up was cut short', async () => {
    const home = join(folder, 'master');
    await mkdir(join(home, 'cluster.new'), { recursive: true });
    const server = await startEmbedded(home, fast);
    expect(await note(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('puts its socket elsewhere when the data directory has too long a name, and cleans up', async () => {
    const home = join(folder, 'a'.repeat(60), 'b'.repeat(60));
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith(looseSocketPrefix));
    await mkdir(join(folder, 'a'.repeat(60)), { mode: 0o711 });
    const server = await startEmbedded(home, fast);
    expect(server.target.socketDir.startsWith(tmpdir())).toBe(true);
    expect(await note(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    const after = (await readdir(tmpdir())).filter((name) => name.startsWith(looseSocketPrefix));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
  });

  const root = process.getuid?.() === 0;
  it.skipIf(!root)(
    `names the directory PostgreSQL may not pass${root ? '' : ' (skipped: only root meets this)'}`,
    async () => {
      const closed = join(folder, 'closed');
      await mkdir(closed, { mode: 0o700 });
      const starting = startEmbedded(join(closed, 'master'), fast);
      await expect(starting).rejects.toThrow(`may not pass ${closed}`);
      await expect(starting).rejects.toThrow(/chmod o\+x|--data-dir|VIVIM_MASTER_URL/);
    },
  );
});

it('blockedAt finds the first closed directory on the way', async () => {
  await mkdir(join(folder, 'open', 'closed', 'inside'), { recursive: true });
  await chmod(join(folder, 'open', 'closed'), 0o700);
  expect(await blockedAt(join(folder, 'open'), null)).toBeNull();
  expect(await blockedAt(join(folder, 'open', 'closed', 'inside'), null)).toBe(join(folder, 'open', 'closed'));
  const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  expect(await blockedAt(join(folder, 'open', 'closed', 'inside'), owner)).toBeNull();
});

it('isAlive tells a live process from none', () => {
  expect(isAlive(process.pid)).toBe(true);
  expect(isAlive(2 ** 22 + 1)).toBe(false);
});
