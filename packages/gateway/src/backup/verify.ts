/**
 * Restores backups into scratch places and looks: each copy is opened with its key by a real engine that sees nothing else, and
 * compared with its manifest; master is loaded into a scratch schema and dumped again. Changes nothing.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupManifest, BackupSet, CheckedCopy, SetSpace, VerifyReport } from '@vivim/contract/backup';
import { AppError } from '@vivim/contract/errors';
import type { UserId } from '@vivim/contract/ids';
import { randomBytes, uuidv7 } from '@vivim/contract/random';
import type { CheckFacts } from '../fleet/fleet-control.ts';
import { tryDump } from '../master/dump.ts';
import { findRouting, type RoutingRow } from '../master/routing.ts';
import { type BackupDeps, codeOf } from './deps.ts';
import { masterPrefix, spacePrefix } from './names.ts';
import { newestSetAt, readSet } from './sets.ts';
import { newestAt, readManifest } from './space-copies.ts';

export interface VerifyRequest {
  /** Undefined: the newest. */
  readonly set?: string | undefined;
  /** The newest copy of one account, and nothing else. */
  readonly userId?: UserId | undefined;
  /** So many spaces of the set, by chance. */
  readonly sample?: number | undefined;
}

/** @throws BackupError where there is nothing to verify; AppError `not_found` for an account nobody has */
export async function verifyBackups(deps: BackupDeps, request: VerifyRequest): Promise<VerifyReport> {
  const startedMs = deps.clock();
  const ended = () => ({ ms: Math.max(0, deps.clock() - startedMs) });
  if (request.userId !== undefined) {
    const row = await findRouting(deps.master.db, request.userId);
    if (row === null) throw new AppError('not_found');
    const checked = await checkCopy(deps, row, await newestAt(deps.store, row.storageId, null));
    return {
      sound: checked.problem === null,
      set: null,
      masterProblem: null,
      spaces: [checked],
      without: 0,
      ...ended(),
    };
  }
  const set = request.set === undefined ? await newestSetAt(deps.store, null) : await readSet(deps.store, request.set);
  const masterProblem = await checkMaster(deps, set);
  const placed = set.spaces.filter(({ file }) => file !== null);
  const spaces: CheckedCopy[] = [];
  for (const space of sampled(placed, request.sample)) {
    const checked = await checkSetSpace(deps, space);
    if (checked !== null) spaces.push(checked);
  }
  return {
    sound: masterProblem === null && spaces.every(({ problem }) => problem === null),
    set: set.id,
    masterProblem,
    spaces,
    without: set.spaces.length - placed.length,
    ...ended(),
  };
}

async function checkMaster({ store, scratch, master, log }: BackupDeps, set: BackupSet): Promise<string | null> {
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const path = join(scratch, `${uuidv7()}.jsonl.gz`);
  try {
    await store.download(`${masterPrefix}${set.master.file}`, path, set.master);
    const { rows } = await tryDump(master, path);
    return sameRows(rows, set.master.rows) ? null : 'counts_differ';
  } catch (error) {
    log.error({ code: codeOf(error) }, 'backup.master_unsound');
    return codeOf(error);
  } finally {
    await rm(path, { force: true });
  }
}

const sameRows = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([name, count]) => b[name] === count);

/** Null for somebody who was erased since: their key is gone, as it should be. */
async function checkSetSpace(deps: BackupDeps, space: SetSpace): Promise<CheckedCopy | null> {
  const { userId, storageId, file, bytes, sha256 } = space;
  const row = await findRouting(deps.master.db, userId);
  if (row === null) return null;
  const manifest = await readManifest(deps.store, storageId, file ?? '');
  const known = { userId, bytes, createdAt: manifest?.createdAt ?? '', opened: false };
  if (manifest === null) return { ...known, problem: 'copy_missing' };
  if (manifest.sha256 !== sha256) return { ...known, problem: 'copy_altered' };
  return checkCopy(deps, row, manifest);
}

async function checkCopy(
  { fleet, store, log, scratch }: BackupDeps,
  row: RoutingRow,
  manifest: BackupManifest,
): Promise<CheckedCopy> {
  const { createdAt, bytes } = manifest;
  const found = { userId: row.userId, createdAt, bytes };
  const name = `${spacePrefix(row.storageId)}${manifest.file}`;
  try {
    const facts = await fleet
      .examine(row, (path) => store.download(name, path, manifest))
      .catch((error: unknown) => {
        if (codeOf(error) !== 'space_sealed') throw error;
        return null;
      });
    if (facts !== null) return { ...found, problem: differs(facts, manifest), opened: true };
    await inScratchFile(scratch, (path) => store.download(name, path, manifest));
    return { ...found, problem: null, opened: false };
  } catch (error) {
    log.error({ code: codeOf(error) }, 'backup.copy_unsound');
    return { ...found, problem: codeOf(error), opened: false };
  }
}

async function inScratchFile(scratch: string, work: (path: string) => Promise<void>): Promise<void> {
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const path = join(scratch, `${uuidv7()}.db`);
  try {
    await work(path);
  } finally {
    await rm(path, { force: true });
  }
}

function differs(facts: CheckFacts, { spaceVersion, counts }: BackupManifest): string | null {
  if (spaceVersion !== null && facts.version !== spaceVersion) return 'version_differs';
  return counts === null || sameRows(facts.counts, counts) ? null : 'counts_differ';
}

function sampled<T>(items: readonly T[], count: number | undefined): T[] {
  if (count === undefined || count >= items.length) return [...items];
  const rest = [...items];
  return Array.from({ length: count }, () => {
    const place = Buffer.from(randomBytes(4)).readUInt32BE() % rest.length;
    return rest.splice(place, 1)[0] as T;
  });
}
