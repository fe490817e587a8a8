/**
 * One writer at a time for a profile, among all commands that run at once. A lock is a file that names its process; one
 * left behind by a process that is gone, or held for longer than any renewal takes, is passed over. Two holders would
 * cost nothing but a second renewal, so passing over is done without ceremony.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { uuidv7 } from '@vivim/contract/random';
import { systemCode } from '../cli-error.ts';
import { isGone, markOf } from './lock-mark.ts';

const pauseMs = 15;
/** Longer than the time limit of a renewal. */
const patienceMs = 20_000;

/** @param file what is to be written; the lock lies beside it, in a directory that is there */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  const mark = `${process.pid} ${uuidv7()}`;
  await take(lock, mark);
  try {
    return await work();
  } finally {
    if (markOf(lock) === mark) rmSync(lock, { force: true });
  }
}

async function take(lock: string, mark: string): Promise<void> {
  let waitedMs = 0;
  while (!putDown(lock, mark)) {
    if (waitedMs >= patienceMs || isAbandoned(lock)) {
      rmSync(lock, { force: true });
      waitedMs = 0;
    } else {
      await wait(pauseMs);
      waitedMs += pauseMs;
    }
  }
}

/** False where somebody else's lies there. */
function putDown(lock: string, mark: string): boolean {
  try {
    writeFileSync(lock, mark, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    return false;
  }
}

function isAbandoned(lock: string): boolean {
  const pid = Number(markOf(lock)?.split(' ')[0]);
  // An empty file is a lock that is being written.
  return Number.isInteger(pid) && pid > 0 && isGone(pid);
}
