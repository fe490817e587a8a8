/**
 * Makes a set: spaces first, master after them. So everybody the dump knows has a copy that is no newer than the dump, or is said to
 * have none; and a space that was made or erased in between leaves at most a file without a row, which nobody reaches.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupFailure, BackupSet, SetSpace } from '@vivim/contract/backup';
import { isoTime } from '@vivim/contract/clock';
import { StorageId, UserId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { type DumpedSpace, dumpMaster } from '../master/dump.ts';
import type { BackupDeps, Memory } from './deps.ts';
import { hashFile } from './folder-store.ts';
import { masterPrefix, nameOfTime } from './names.ts';
import { writeSet } from './sets.ts';

/** @throws BackupError; then there is no set */
export async function makeSet(
  { master, store, clock, scratch }: BackupDeps,
  memory: Memory,
  failed: readonly BackupFailure[],
): Promise<BackupSet> {
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const path = join(scratch, `${uuidv7()}.jsonl.gz`);
  try {
    const createdAt = isoTime(clock());
    const id = nameOfTime(createdAt);
    const dump = await dumpMaster(master, path);
    const file = `${id}.jsonl.gz`;
    const hashed = await hashFile(path);
    await store.upload(`${masterPrefix}${file}`, path, hashed);
    const reasons = new Map<string, string>(failed.map(({ userId, code }) => [userId, code]));
    const set: BackupSet = {
      version: 1,
      id,
      createdAt,
      master: { file, ...hashed, migrations: [...dump.migrations], rows: { ...dump.rows } },
      spaces: dump.spaces.map((row) => spaceOf(row, memory, reasons)),
    };
    await writeSet(store, set);
    return set;
  } finally {
    await rm(path, { force: true });
  }
}

/** A space whose copying failed goes with its older copy, and the reason says that it is older. */
function spaceOf(row: DumpedSpace, { state }: Memory, reasons: ReadonlyMap<string, string>): SetSpace {
  const [storageId, userId] = [StorageId.parse(row.storage_id), UserId.parse(row.user_id)];
  const known = state.spaces[storageId];
  const reason = reasons.get(userId) ?? null;
  if (known !== undefined)
    return { storageId, userId, file: known.file, sha256: known.sha256, bytes: known.bytes, reason };
  return { storageId, userId, file: null, sha256: null, bytes: 0, reason: reason ?? whyNone(row.state) };
}

function whyNone(state: string): string {
  if (state === 'creating') return 'not_made';
  return state === 'deleting' ? 'account_deleting' : 'no_copy_yet';
}
