/**
 * A whole server from a backup set, into an empty data directory and with no server running: keys and the deletion ledger
 * first, then master, then the spaces. What the ledger says was erased is not fetched, and its rows go at the first start.
 */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BackupSet, SetSpace } from '@vivim/contract/backup';
import { joinedBook, keptBooks } from './backup/kept-books.ts';
import { longestLedger, readKeptLedger } from './backup/kept-ledger.ts';
import { masterPrefix, spacePrefix, timeOfName } from './backup/names.ts';
import { openStore } from './backup/open-store.ts';
import { newestSetAt } from './backup/sets.ts';
import type { BackupStore } from './backup/store.ts';
import type { Config } from './config/config.ts';
import { prepareDataDir } from './data-dir.ts';
import { spaceDirectory } from './fleet/space-directory.ts';
import { writeDurably } from './keys/durable-file.ts';
import { openErasureBooks } from './keys/erasure-books.ts';
import { openErasureLedger } from './keys/erasure-ledger.ts';
import { openKeysArchive } from './keys/keys-archive.ts';
import { startEmbedded } from './master/embedded/server.ts';
import { lockDataDir } from './master/lock.ts';
import { receiptOf } from './master/receipt.ts';
import { restoreMaster } from './master/restore-master.ts';

export interface RestoreAllRequest {
  /** The place of backups. */
  readonly from: string;
  /** The newest set at or before it; null: the newest. Milliseconds. */
  readonly atMs: number | null;
  /** Null: the keys lie in the data directory already. */
  readonly keys: { readonly archive: string; readonly passphrase: string } | null;
  /** Go on where no deletion ledger is found: the erased may come back. */
  readonly withoutLedger: boolean;
}

export interface RestoredServer {
  readonly set: string;
  readonly createdAt: string;
  readonly keysFrom: string | null;
  readonly accounts: number;
  readonly spaces: number;
  readonly bytes: number;
  /** In the set, and erased since. */
  readonly erased: number;
  /** Erasures inside of spaces that are younger than the copy: repeated when the space is opened, before anything is served. */
  readonly erasuresRepeated: number;
  /** Had no copy: made anew, empty, when their owner signs in. */
  readonly without: number;
  /** There is a copy, and no key opens it. */
  readonly withoutKey: number;
  /** Copies that are gone or altered, by user id and code; the accounts are there and their spaces are not. */
  readonly failed: readonly { readonly userId: string; readonly code: string }[];
}

/** @throws Error in words for the operator; what had been put there is gone again then */
export async function restoreAll(config: Config, request: RestoreAllRequest): Promise<RestoredServer> {
  const { dataDir } = config;
  await assertEmpty(dataDir);
  await prepareDataDir(dataDir);
  const release = await lockDataDir(dataDir);
  const store = await openStore(request.from, config.backup.s3);
  const before = new Set(await readdir(dataDir));
  try {
    const set = await newestSetAt(store, request.atMs);
    const keysFrom = await placeKeys(dataDir, request);
    await placeLedger(dataDir, store, request.withoutLedger);
    await placeBooks(dataDir, store);
    await fillMaster(config, store, set);
    return { keysFrom, ...(await fetchSpaces(dataDir, store, set)) };
  } catch (error) {
    // Keys the operator had put there themselves stay.
    for (const name of await readdir(dataDir))
      if (!before.has(name)) await rm(join(dataDir, name), { recursive: true });
    throw error;
  } finally {
    store.close();
    await release();
  }
}

async function assertEmpty(dataDir: string): Promise<void> {
  const names = (await readdir(dataDir).catch(() => [])).filter((name) => name !== 'keys');
  if (names.length === 0) return;
  throw new Error(
    `${dataDir} is not empty. A whole server is restored into a directory that holds nothing, or the keys alone. ` +
      'Move what is there aside, or name another with --data-dir.',
  );
}

async function placeKeys(dataDir: string, { keys }: RestoreAllRequest): Promise<string | null> {
  const directory = join(dataDir, 'keys');
  const there = (await readdir(directory).catch(() => [])).length > 0;
  if (keys !== null) {
    if (there) throw new Error(`There are keys in ${directory} already. Leave out --keys, or move them aside.`);
    return openKeysArchive(keys.archive, keys.passphrase, directory);
  }
  if (there) return null;
  throw new Error(
    'A backup holds no keys, and without them no space can be read. Give the archive that `vivim backup keys` made with ' +
      `--keys and --passphrase-file, or put your own copy of the keys into ${directory} first.`,
  );
}

async function placeLedger(dataDir: string, store: BackupStore, without: boolean): Promise<void> {
  const path = join(dataDir, 'keys', 'erased.jsonl');
  const kept = [await readKeptLedger(store), await readFile(path, 'utf8').catch(() => null)];
  const found = kept.filter((text) => text !== null);
  if (found.length === 0 && !without)
    throw new Error(
      'The deletion ledger is neither with the backups nor with the keys. Without it, people who were erased after this backup ' +
        'would come back. If nobody was, say --without-ledger.',
    );
  await writeDurably(path, Buffer.from(longestLedger(found)));
  const broken = await (await openErasureLedger(path)).firstBroken();
  if (broken !== null)
    throw new Error(`The deletion ledger was altered at line ${broken}. Restore another copy of it.`);
}

/** What was erased inside of spaces since the keys were put away is told by the books beside the backups. */
async function placeBooks(dataDir: string, store: BackupStore): Promise<void> {
  const directory = join(dataDir, 'keys', 'erasures');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const [storageId, kept] of await keptBooks(store)) {
    const path = join(directory, `${storageId}.jsonl`);
    const own = await readFile(path, 'utf8').catch(() => '');
    await writeDurably(path, Buffer.from(joinedBook(own, kept)));
  }
}

async function fillMaster(config: Config, store: BackupStore, set: BackupSet): Promise<void> {
  const path = join(config.dataDir, 'master-dump.jsonl.gz');
  await store.download(`${masterPrefix}${set.master.file}`, path, set.master);
  const without = set.spaces.filter(({ file }) => file === null).map(({ userId }) => userId);
  if (config.masterUrl !== null) await restoreMaster({ kind: 'external', url: config.masterUrl }, path, { without });
  else {
    const server = await startEmbedded(join(config.dataDir, 'master'));
    await restoreMaster(server.target, path, { without }).finally(server.stop);
  }
  await rm(path);
}

async function fetchSpaces(
  dataDir: string,
  store: BackupStore,
  set: BackupSet,
): Promise<Omit<RestoredServer, 'keysFrom'>> {
  const ledger = await openErasureLedger(join(dataDir, 'keys', 'erased.jsonl'));
  const keyed = new Set(
    (await Promise.all(['wraps', 'sealed'].map((name) => readdir(join(dataDir, 'keys', name)).catch(() => [])))).flat(),
  );
  const books = await openErasureBooks(join(dataDir, 'keys', 'erasures'));
  const counts = { spaces: 0, bytes: 0, erased: 0, erasuresRepeated: 0, without: 0, withoutKey: 0 };
  const failed: { userId: string; code: string }[] = [];
  for (const space of set.spaces) {
    if (ledger.find(receiptOf(space.storageId)) !== null) counts.erased += 1;
    else if (space.file === null) counts.without += 1;
    else {
      const code = await fetchSpace(dataDir, store, space);
      if (code !== null) {
        failed.push({ userId: space.userId, code });
        continue;
      }
      counts.spaces += 1;
      counts.bytes += space.bytes;
      const madeMs = timeOfName(space.file) ?? Date.parse(set.createdAt);
      const younger = (await books.read(space.storageId)).filter(({ at, allows }) => allows === null && at > madeMs);
      counts.erasuresRepeated += younger.length;
      if (!keyed.has(space.storageId)) counts.withoutKey += 1;
    }
  }
  return { set: set.id, createdAt: set.createdAt, accounts: set.spaces.length - counts.erased, ...counts, failed };
}

/** @returns what went wrong, as a code; null: it is in its place */
async function fetchSpace(
  dataDir: string,
  store: BackupStore,
  { storageId, file, sha256, bytes }: SetSpace,
): Promise<string | null> {
  const target = join(spaceDirectory(join(dataDir, 'users'), storageId), 'user.db');
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  try {
    await store.download(`${spacePrefix(storageId)}${file}`, target, { bytes, sha256: sha256 ?? '' });
    return null;
  } catch (error) {
    await rm(target, { force: true });
    const code = (error as { readonly code?: unknown }).code;
    return typeof code === 'string' ? code : 'internal';
  }
}
