/** What a lock file says, and whether the process it names still runs. Takes and releases nothing itself. */
import { readFileSync } from 'node:fs';
import { systemCode } from '../cli-error.ts';

/** Null where there is no lock. */
export function markOf(lock: string): string | null {
  try {
    return readFileSync(lock, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Whether no process of this number runs; one of another user does. */
export function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return systemCode(error) === 'ESRCH';
  }
}
