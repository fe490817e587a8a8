/**
 * One watcher for a profile on a machine. The lock is a file that names the process which holds it; one left behind by a process
 * that is gone is passed over. Never waits, and never takes a lock from a process that lives.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { uuidv7 } from '@vivim/contract/random';
import { z } from 'zod';
import { CliError, systemCode } from '../cli-error.ts';
import { jsonOrNull } from '../profile/json-or-null.ts';
import { isGone, markOf } from '../profile/lock-mark.ts';

const Holder = z.strictObject({
  pid: z.int().positive(),
  /** When the system started the process, in its own count: tells it from a later one of the same number. Null where it does not say. */
  born: z.string().nullable(),
  startedAt: z.string(),
});
export type Holder = z.infer<typeof Holder>;

export interface WatchLock {
  release(): void;
}

const lockFile = (stateDirectory: string, profile: string) => path.join(stateDirectory, 'watch', `${profile}.lock`);

/** @throws CliError `already_there` where a watcher of this profile runs */
export function takeWatch(stateDirectory: string, profile: string, nowMs: number): WatchLock {
  const file = lockFile(stateDirectory, profile);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const { pid } = process;
  const mark = JSON.stringify({ pid, born: bornAt(pid), startedAt: new Date(nowMs).toISOString() } satisfies Holder);
  while (!putDown(file, mark)) {
    const held = markOf(file);
    const holder = held === null ? null : living(held);
    if (holder !== null)
      throw new CliError(
        'already_there',
        `The profile ${profile} is watched already, by process ${holder.pid} since ${holder.startedAt}.`,
      );
    if (held !== null) takeAway(file, held);
  }
  return {
    release() {
      if (markOf(file) === mark) rmSync(file, { force: true });
    },
  };
}

/** Who watches for a profile now, or null. */
export function watcherOf(stateDirectory: string, profile: string): Holder | null {
  const held = markOf(lockFile(stateDirectory, profile));
  return held === null ? null : living(held);
}

/** False where somebody's lies there. Whole at once, so that nobody reads half of it. */
function putDown(file: string, mark: string): boolean {
  const fresh = `${file}.${uuidv7()}`;
  writeFileSync(fresh, mark, { mode: 0o600 });
  try {
    linkSync(fresh, file);
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** What a dead process left. Somebody else may do the same now, and hold it by the time we reach for it: then it goes back. */
function takeAway(file: string, dead: string): void {
  const aside = `${file}.${uuidv7()}`;
  try {
    renameSync(file, aside);
    if (markOf(aside) !== dead) linkSync(aside, file);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(systemCode(error) ?? '')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function living(mark: string): Holder | null {
  const read = Holder.safeParse(jsonOrNull(mark));
  if (!read.success) return null;
  const { pid, born } = read.data;
  return isGone(pid) || (born !== null && bornAt(pid) !== born) ? null : read.data;
}

/** Field 22 of /proc/PID/stat, behind the name, which may hold anything. @see proc_pid_stat(5) */
function bornAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
