/**
 * Backups of spaces: `<data>/backups/<storage id>/<time>.db`, each with a manifest that is written last, so that a copy
 * without one is not a backup. Made of ciphertext alone: no key is ever near.
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BackupManifest } from '@vivim/contract/admin';
import { type Clock, isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import { StorageId } from '@vivim/contract/ids';
import { syncDirectory, writeDurably } from '../keys/durable-file.ts';

/** What an engine says of the copy it left. */
export interface CopyFacts {
  readonly bytes: number;
  readonly schemaVersion: number;
  readonly version: number;
}

export interface Backups {
  /**
   * Takes a copy out of a space and makes it a backup.
   *
   * @param copy where the engine left it
   * @throws AppError `storage_integrity` when it is not a plain file of the size the engine named
   */
  take(storageId: StorageId, copy: string, facts: CopyFacts): Promise<BackupManifest>;
  /** Newest first. */
  list(storageId: StorageId): Promise<BackupManifest[]>;
  remove(storageId: StorageId): Promise<void>;
  /** Spaces there are backups of. */
  spaces(): Promise<StorageId[]>;
}

/** @param root e.g. `<data>/backups`; made 0700 with the first backup */
export function openBackups(root: string, clock: Clock): Backups {
  const directoryOf = (storageId: StorageId) => join(root, storageId);
  return {
    async take(storageId, copy, facts) {
      await assertPlain(copy, facts.bytes);
      const directory = directoryOf(storageId);
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await clearUnfinished(directory);
      const createdAt = isoTime(clock());
      // Colons are not for file names everywhere.
      const name = createdAt.replaceAll(':', '-');
      const path = join(directory, `${name}.db`);
      await move(copy, path);
      const manifest: BackupManifest = {
        version: 1,
        storageId,
        createdAt,
        file: `${name}.db`,
        bytes: facts.bytes,
        sha256: await syncAndHash(path),
        cipher: 'chacha20',
        schemaVersion: facts.schemaVersion,
        spaceVersion: facts.version,
      };
      await writeDurably(join(directory, `${name}.json`), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
      return manifest;
    },
    async list(storageId) {
      const directory = directoryOf(storageId);
      const names = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
      const found = await Promise.all(names.reverse().map((name) => readManifest(join(directory, name))));
      return found.filter((manifest) => manifest !== null);
    },
    remove: (storageId) => rm(directoryOf(storageId), { recursive: true, force: true }),
    async spaces() {
      const names = await readdir(root).catch(() => []);
      return names.flatMap((name) => StorageId.safeParse(name).data ?? []);
    },
  };
}

/** An engine that was taken over must not hand us somebody else's file under this name. */
async function assertPlain(copy: string, bytes: number): Promise<void> {
  const [directory, found] = await Promise.all(
    [lstat(dirname(copy)), lstat(copy)].map((look) => look.catch(() => null)),
  );
  if (directory?.isDirectory() && found?.isFile() && found.nlink === 1 && found.size === bytes) return;
  throw new AppError('storage_integrity', 'The copy the engine left is not what it said.');
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
    await rm(from);
  }
  await chmod(to, 0o600);
}

async function syncAndHash(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    await file.sync();
    const hash = createHash('sha256');
    for await (const chunk of file.createReadStream({ autoClose: false })) hash.update(chunk as Buffer);
    await syncDirectory(dirname(path));
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}

/** A gateway that was killed between copy and manifest left a copy nobody can vouch for. */
async function clearUnfinished(directory: string): Promise<void> {
  const names = new Set(await readdir(directory));
  for (const name of names)
    if (name.endsWith('.tmp') || (name.endsWith('.db') && !names.has(name.replace(/db$/, 'json'))))
      await rm(join(directory, name), { force: true });
}

async function readManifest(path: string): Promise<BackupManifest | null> {
  try {
    return BackupManifest.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}
