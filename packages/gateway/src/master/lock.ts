/**
 * One server for one data directory. Each server lays down a file of its own and then looks for others: of two that do
 * so, at least one sees the other. Names are never used again, so a dead server's file can be removed without a race.
 */
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from '@vivim/contract/random';
import { isAlive } from './embedded/stale.ts';

interface Holder {
  readonly pid: number;
  /** When the process started, in the kernel's ticks since boot (Linux): ids are used again, start times are not. */
  readonly startedAt: string | null;
}

async function startTime(pid: number): Promise<string | null> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  // Field 22 of proc(5) stat, counted after the program's name, which may itself hold spaces and brackets.
  return line?.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

async function holds(holder: Holder): Promise<boolean> {
  if (!isAlive(holder.pid)) return false;
  const startedAt = await startTime(holder.pid);
  return holder.startedAt === null || startedAt === null || startedAt === holder.startedAt;
}

function parseHolder(text: string): Holder | null {
  try {
    const value = JSON.parse(text) as Partial<Holder>;
    return typeof value.pid === 'number' ? { pid: value.pid, startedAt: value.startedAt ?? null } : null;
  } catch {
    return null;
  }
}

const lockName = /^server-[0-9a-f-]{36}\.lock$/;
/** Those who start at the same moment settle within this time who goes on. */
const settleMs = 2_000;

/** Live holders beside `mine`, the earliest first. Files of dead ones are removed. */
async function others(dataDir: string, mine: string): Promise<{ name: string; pid: number }[]> {
  const names = (await readdir(dataDir)).filter((name) => lockName.test(name) && name !== mine).sort();
  const alive: { name: string; pid: number }[] = [];
  for (const name of names) {
    const path = join(dataDir, name);
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text === null) continue;
    const holder = parseHolder(text);
    if (holder !== null && (await holds(holder))) alive.push({ name, pid: holder.pid });
    else await rm(path, { force: true });
  }
  return alive;
}

/**
 * Takes `dataDir` for this process.
 *
 * @returns gives it back
 * @throws Error naming the process that has it
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  // Ordered by time: whoever came first has the smaller name.
  const mine = `server-${uuidv7()}.lock`;
  const path = join(dataDir, mine);
  const holder: Holder = { pid: process.pid, startedAt: await startTime(process.pid) };
  // Appears whole or not at all.
  await writeFile(`${path}.draft`, JSON.stringify(holder), { mode: 0o600, flag: 'wx' });
  await rename(`${path}.draft`, path);
  for (let waited = 0; ; waited += 50) {
    const [first] = await others(dataDir, mine);
    if (first === undefined) return () => rm(path, { force: true });
    if (first.name < mine || waited >= settleMs) {
      await rm(path, { force: true });
      throw new Error(
        `Another VIVIM server (process ${first.pid}) uses ${dataDir}. Stop it first, or give this one its own --data-dir.`,
      );
    }
    // Whoever is there came later and is about to give way.
    await sleep(50);
  }
}
