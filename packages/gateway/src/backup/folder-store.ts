/** Backups in a folder: of this disk, of another, or of a mounted one. Directories 0700, files 0600. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, copyFile, mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { syncDirectory, writeDurably } from '../keys/durable-file.ts';
import { BackupError, type BackupStore, type Stored } from './store.ts';

/** @param root made with the first backup */
export function openFolderStore(root: string): BackupStore {
  const pathOf = (name: string) => join(root, ...name.split('/'));
  const prepare = async (name: string) => {
    const path = pathOf(name);
    await makeFolder(dirname(path)).catch((error: NodeJS.ErrnoException) => unreachable(root, error));
    return path;
  };
  return {
    place: root,
    async upload(name, from, expected) {
      const path = await prepare(name);
      const draft = `${path}.part`;
      try {
        await copyFile(from, draft, constants.COPYFILE_FICLONE).catch((error) => unreachable(root, error));
        await chmod(draft, 0o600);
        await assertIs(name, draft, expected);
        await rename(draft, path);
        await syncDirectory(dirname(path));
      } finally {
        await rm(draft, { force: true });
      }
    },
    async write(name, bytes) {
      await writeDurably(await prepare(name), bytes).catch((error) => unreachable(root, error));
    },
    read: (name) => readFile(pathOf(name)).catch(missing(root, null)),
    async download(name, to, expected) {
      await copyFile(pathOf(name), to, constants.COPYFILE_FICLONE).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') throw new BackupError('copy_missing', `${name} is not there.`, { cause: error });
        unreachable(root, error);
      });
      await chmod(to, 0o600);
      await assertIs(name, to, expected);
    },
    async list(prefix) {
      const below = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      const entries = await readdir(pathOf(below), { recursive: true, withFileTypes: true }).catch(missing(root, []));
      return entries
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.tmp'))
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(root.length + 1)
            .split(sep)
            .join('/'),
        )
        .filter((name) => name.startsWith(prefix))
        .sort();
    },
    async remove(name) {
      const path = pathOf(name);
      await rm(path, { force: true });
      // With its last copy the directory of a space goes too: its name is a space's.
      if (dirname(path) !== root) await rmdir(dirname(path)).catch(() => {});
    },
    async prepare() {
      const refuse = (error: NodeJS.ErrnoException) => unreachable(root, error);
      await makeFolder(root).catch(refuse);
      if (!(await stat(root)).isDirectory()) refuse(Object.assign(new Error(root), { code: 'EEXIST' }));
      await access(root, constants.R_OK | constants.W_OK | constants.X_OK).catch(refuse);
    },
    close: () => {},
  };
}

const missing =
  <T>(root: string, instead: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT') return instead;
    throw new BackupError('place_unreachable', `The folder of backups, ${root}, cannot be read: ${reason(error)}.`, {
      cause: error,
    });
  };

/**
 * Makes a folder and those above it, one after the other: Node's own way of making many never ends where one cannot be made
 * below another that says it is not there (`/proc`).
 *
 * @throws the system's error
 */
async function makeFolder(path: string): Promise<void> {
  const missingOnes: string[] = [];
  for (let at = path; !(await isThere(at)); at = dirname(at)) missingOnes.unshift(at);
  for (const at of missingOnes) {
    await mkdir(at, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return false;
    },
  );

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'nothing can be made there',
  ENOTDIR: 'something above it is a file',
  EEXIST: 'it is a file',
  EACCES: 'the server may not write there',
  EPERM: 'the server may not write there',
  EROFS: 'the file system takes no writing',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
};

const reason = ({ code }: NodeJS.ErrnoException): string =>
  `${reasons[code ?? ''] ?? 'the system says no'} (${code ?? 'no code'})`;

function unreachable(root: string, error: NodeJS.ErrnoException): never {
  throw new BackupError(
    'place_unreachable',
    `The folder of backups, ${root}, cannot be written: ${reason(error)}. Mend it, or set VIVIM_BACKUP_TO to another.`,
    { cause: error },
  );
}

/** Brings a file down to the disk and reads it once more. @throws BackupError `copy_altered` */
export async function assertIs(name: string, path: string, expected: Stored): Promise<void> {
  const found = await hashFile(path);
  if (found.bytes !== expected.bytes || found.sha256 !== expected.sha256)
    throw new BackupError('copy_altered', `${name} is not the file its manifest describes.`);
}

export async function hashFile(path: string): Promise<Stored> {
  const file = await open(path, constants.O_RDWR | constants.O_NOFOLLOW);
  try {
    await file.sync();
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}
