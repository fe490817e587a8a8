/**
 * Takes copies out of spaces: by the engine, of one moment while the owner works on; or, of a sealed space that nobody
 * unlocked, the file as it lies. Handles ciphertext alone.
 */
import { constants } from 'node:fs';
import { access, chmod, copyFile, mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@vivim/contract/errors';
import { uuidv7 } from '@vivim/contract/random';
import type { SpaceKeys } from '../keys/space-keys.ts';
import type { SpaceCopy, SpaceRow } from './fleet-control.ts';
import { assertPlain, move } from './plain-copy.ts';
import type { Residence } from './residence.ts';
import type { Lease } from './residence-deps.ts';
import { checkSpaceDirectory } from './space-directory.ts';

export interface CopyDeps {
  readonly keys: Pick<SpaceKeys, 'unwrap'>;
  readonly residence: (row: SpaceRow) => Residence;
  readonly directoryOf: (row: SpaceRow) => string;
  /** Where copies go, out of every engine's reach. */
  readonly scratch: string;
}

/** See `FleetControl.copyOut`. */
export async function copyOut(deps: CopyDeps, row: SpaceRow, known: number | null): Promise<SpaceCopy | 'unchanged'> {
  const place = deps.residence(row);
  const wasRunning = place.state().running;
  let lease: Lease;
  try {
    lease = await place.lease(row);
  } catch (error) {
    if (!(await exists(join(deps.directoryOf(row), 'user.db'))))
      throw new AppError(
        'storage_missing',
        'The file of this space is not there. Put it back with vivim restore --user.',
        { cause: error },
      );
    if (!isLocked(error)) throw error;
    return place.whileClosed(row, () => copyAtRest(deps, row, error));
  }
  try {
    if (known !== null && (await versionOf(deps, row, lease)) === known) return 'unchanged';
    return await copyByEngine(deps, row, lease);
  } finally {
    lease.release();
    // Whoever came meanwhile keeps it running.
    if (!wasRunning) await place.evict().catch(() => {});
  }
}

async function versionOf({ keys }: CopyDeps, row: SpaceRow, lease: Lease): Promise<number> {
  const { storageId, userId, quotaBytes } = row;
  const key = Buffer.from(await keys.unwrap(storageId)).toString('hex');
  const place = { storageId, userId, quotaBytes, directory: lease.inside };
  return (await lease.process.check({ type: 'check', ...place, key, deep: false, erasures: [] })).version;
}

async function copyByEngine({ directoryOf, scratch }: CopyDeps, row: SpaceRow, lease: Lease): Promise<SpaceCopy> {
  const name = `backup-${uuidv7()}.db`;
  const left = join(directoryOf(row), 'copies', name);
  try {
    const { bytes, schemaVersion, version, counts } = await lease.process.backUp(row.storageId, name);
    await assertPlain(left, bytes);
    const path = await placeFor(scratch);
    await move(left, path);
    return { path, bytes, made: 'engine', facts: { schemaVersion, version, counts } };
  } finally {
    await rm(left, { force: true });
  }
}

/** With a log beside it the file alone is not the space; only an engine can put the two together. */
async function copyAtRest({ directoryOf, scratch }: CopyDeps, row: SpaceRow, locked: unknown): Promise<SpaceCopy> {
  const directory = directoryOf(row);
  await checkSpaceDirectory(directory);
  const file = join(directory, 'user.db');
  if (await exists(`${file}-wal`)) throw locked;
  const path = await placeFor(scratch);
  await copyFile(file, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  await chmod(path, 0o600);
  return { path, bytes: (await stat(path)).size, made: 'at-rest', facts: null };
}

async function placeFor(scratch: string): Promise<string> {
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  return join(scratch, `${uuidv7()}.db`);
}

/** A write within the clock's coarseness of the look could leave the same times behind. */
const settledMs = 2_000;

/** See `FleetControl.print`. */
export async function printOf(directory: string, nowMs: number): Promise<string | null> {
  const file = join(directory, 'user.db');
  const found = await Promise.all([file, `${file}-wal`].map((path) => stat(path, { bigint: true }).catch(() => null)));
  if (found[0] === null) return null;
  const latest = found.reduce((most, one) => Math.max(most, Number(one?.mtimeMs ?? 0)), 0);
  if (nowMs - latest < settledMs) return null;
  return found.map((one) => (one === null ? '-' : `${one.ino}:${one.size}:${one.mtimeNs}`)).join('/');
}

/** Refused because its owner sealed the space and nobody has unlocked it since the server started. */
const isLocked = (error: unknown): boolean => error instanceof AppError && error.code === 'space_sealed';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
