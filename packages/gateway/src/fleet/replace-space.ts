/**
 * Puts a checked copy in the place of a space. The order makes every step safe to be killed in: at any moment `user.db` is
 * the old file or the new one, whole. Never leaves a log of the old file beside the new one, which would be replayed into it.
 */
import { constants } from 'node:fs';
import { access, chmod, copyFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isoTime } from '@vivim/contract/clock';
import { syncDirectory } from '../keys/durable-file.ts';
import type { Fill, ReplacedSpace, SpaceRow } from './fleet-control.ts';
import type { Residence } from './residence.ts';
import { inScratchEngine, lookInto, type ScratchDeps } from './scratch-engines.ts';
import { checkSpaceDirectory, makeSpaceDirectory } from './space-directory.ts';

export interface ReplaceDeps extends ScratchDeps {
  readonly residence: (row: SpaceRow) => Residence;
  readonly directoryOf: (row: SpaceRow) => string;
  readonly clock: () => number;
}

const prefix = 'before-restore-';

/** See `FleetControl.replace`. */
export function replaceSpace(
  deps: ReplaceDeps,
  row: SpaceRow,
  fill: Fill,
  take: () => Promise<SpaceRow>,
): Promise<ReplacedSpace> {
  return inScratchEngine(deps, row, fill, async (candidate, facts) => {
    const taken = await take();
    const place = deps.residence(taken);
    const wasRunning = place.state().running;
    const swapped = await place.whileClosed(taken, () => swap(deps, taken, candidate));
    const lease = await place.lease(taken);
    lease.release();
    if (!wasRunning) await place.evict().catch(() => {});
    return { facts, ...swapped };
  });
}

async function swap(
  deps: ReplaceDeps,
  row: SpaceRow,
  candidate: string,
): Promise<Pick<ReplacedSpace, 'versionBefore' | 'keptAside'>> {
  const directory = deps.directoryOf(row);
  await makeSpaceDirectory(directory);
  await checkSpaceDirectory(directory);
  const file = join(directory, 'user.db');
  const there = await exists(file);
  // Opening folds what a killed engine left in the log into the file. Where the old file cannot be opened, nothing can be lost.
  const before = there ? await lookInto(deps, row, directory, false).catch(() => null) : null;
  const keptAside = there ? `${prefix}${isoTime(deps.clock()).replaceAll(':', '-')}.db` : null;
  // Beside those of earlier restores: whoever took the wrong copy first still has what was there before.
  if (keptAside !== null) await copyAside(file, join(directory, keptAside));
  for (const log of ['-wal', '-shm']) await rm(`${file}${log}`, { force: true });
  await chmod(candidate, 0o600);
  await rename(candidate, file);
  await syncDirectory(directory);
  return { versionBefore: before?.version ?? null, keptAside };
}

/** The log comes along where it could not be folded in: with it the old file is as it was. */
async function copyAside(file: string, aside: string): Promise<void> {
  if (await exists(`${file}-wal`)) await copyFile(`${file}-wal`, `${aside}-wal`, constants.COPYFILE_FICLONE);
  await copyFile(file, `${aside}.part`, constants.COPYFILE_FICLONE);
  await rename(`${aside}.part`, aside);
}

const keptIn = async (directory: string): Promise<string[]> =>
  (await readdir(directory).catch(() => [])).filter((name) => name.startsWith(prefix));

/** Removes what earlier replacements kept aside. @param before ms UTC: what is younger stays */
export async function dropReplaced(directory: string, before: number): Promise<void> {
  for (const name of await keptIn(directory)) {
    const found = await stat(join(directory, name)).catch(() => null);
    if (found !== null && found.mtimeMs < before) await rm(join(directory, name), { force: true });
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
