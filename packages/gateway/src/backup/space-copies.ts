/**
 * Copies of spaces in a place of backups: `spaces/<storage id>/<time>.db`, each with a manifest that is written last, so that
 * a copy without one is not a backup.
 */
import { BackupManifest } from '@vivim/contract/backup';
import { isoTime } from '@vivim/contract/clock';
import { StorageId } from '@vivim/contract/ids';
import type { SpaceCopy, SpaceRow } from '../fleet/fleet-control.ts';
import { hashFile } from './folder-store.ts';
import { dropBook } from './kept-books.ts';
import { nameOfTime, spacePrefix, spacesPrefix, timeOfName } from './names.ts';
import type { PlacedCopy } from './retention.ts';
import { BackupError, type BackupStore } from './store.ts';

/** Brings a copy there. What an earlier, unfinished attempt left of this space goes. @throws BackupError */
export async function keepCopy(
  store: BackupStore,
  { userId, storageId }: Pick<SpaceRow, 'userId' | 'storageId'>,
  copy: SpaceCopy,
  nowMs: number,
): Promise<BackupManifest> {
  const createdAt = isoTime(nowMs);
  const name = `${spacePrefix(storageId)}${nameOfTime(createdAt)}`;
  await clearUnfinished(store, storageId);
  const hashed = await hashFile(copy.path);
  await store.upload(`${name}.db`, copy.path, hashed);
  const { facts } = copy;
  const manifest: BackupManifest = {
    version: 2,
    storageId,
    userId,
    createdAt,
    file: `${nameOfTime(createdAt)}.db`,
    ...hashed,
    cipher: 'chacha20',
    made: copy.made,
    schemaVersion: facts?.schemaVersion ?? null,
    spaceVersion: facts?.version ?? null,
    counts: facts?.counts ?? null,
  };
  await store.write(`${name}.json`, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  return manifest;
}

async function clearUnfinished(store: BackupStore, storageId: StorageId): Promise<void> {
  const names = new Set(await store.list(spacePrefix(storageId)));
  for (const name of names)
    if (!name.endsWith('.json') && !names.has(name.replace(/\.db(\.part)?$/, '.json'))) await store.remove(name);
}

/** Null where there is no manifest, or nothing that is one. */
export async function readManifest(
  store: BackupStore,
  storageId: StorageId,
  file: string,
): Promise<BackupManifest | null> {
  const bytes = await store.read(`${spacePrefix(storageId)}${file.replace(/\.db$/, '.json')}`);
  if (bytes === null) return null;
  try {
    const manifest = BackupManifest.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return manifest.storageId === storageId && manifest.file === file ? manifest : null;
  } catch {
    return null;
  }
}

/** Every finished copy of a space, newest first. */
export async function listCopies(store: BackupStore, storageId: StorageId): Promise<BackupManifest[]> {
  const names = (await store.list(spacePrefix(storageId))).filter((name) => name.endsWith('.json'));
  const files = names.map((name) => name.slice(spacePrefix(storageId).length).replace(/json$/, 'db')).reverse();
  const found = await Promise.all(files.map((file) => readManifest(store, storageId, file)));
  return found.filter((manifest) => manifest !== null);
}

/** @param atMs null: the newest of all @throws BackupError `nothing_there` */
export async function newestAt(store: BackupStore, storageId: StorageId, atMs: number | null): Promise<BackupManifest> {
  const found = (await listCopies(store, storageId)).find(
    ({ createdAt }) => atMs === null || Date.parse(createdAt) <= atMs,
  );
  if (found !== undefined) return found;
  throw new BackupError(
    'nothing_there',
    atMs === null
      ? 'There is no backup of this space.'
      : `There is no backup of this space from ${isoTime(atMs)} or before.`,
  );
}

/** Every finished copy of all spaces, by name alone. */
export async function placedCopies(store: BackupStore): Promise<PlacedCopy[]> {
  return (await store.list(spacesPrefix)).flatMap((name) => {
    const match = /^spaces\/([0-9a-f-]{36})\/(.+)\.json$/.exec(name);
    const ms = timeOfName(name);
    return match === null || ms === null ? [] : [{ storageId: match[1] ?? '', file: `${match[2]}.db`, ms }];
  });
}

/** Spaces there is a trace of, finished or not. */
export async function spacesIn(store: BackupStore): Promise<StorageId[]> {
  const ids = (await store.list(spacesPrefix)).map((name) => name.split('/')[1] ?? '');
  return [...new Set(ids)].flatMap((id) => StorageId.safeParse(id).data ?? []);
}

/** The manifest first: a file without one is no backup. */
export async function removeCopy(store: BackupStore, { storageId, file }: PlacedCopy): Promise<void> {
  const name = `${spacesPrefix}${storageId}/${file}`;
  await store.remove(name.replace(/db$/, 'json'));
  await store.remove(name);
}

/** All of a space, half files and the book of its erasures too. */
export async function removeSpace(store: BackupStore, storageId: StorageId): Promise<void> {
  await dropBook(store, storageId);
  for (const name of (await store.list(spacePrefix(storageId))).reverse()) await store.remove(name);
}
