/** The place of backups an operator named, opened: a folder or a bucket. Knows the two by name and nothing of what either does. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openFolderStore } from './folder-store.ts';
import type { BackupStore, S3Settings } from './store.ts';

/** @param place a path, `file:///…`, or `s3://bucket/prefix` @throws Error in words for the operator */
export async function openStore(place: string, s3: S3Settings): Promise<BackupStore> {
  if (place.startsWith('s3://')) {
    // A large library, loaded by those who use it.
    const { openS3Store } = await import('./s3-store.ts');
    return openS3Store(place, s3);
  }
  if (place.startsWith('file:')) return openFolderStore(fileURLToPath(place));
  if (/^[a-z0-9+.-]+:\/\//i.test(place)) throw new Error(`${place}: backups go to a folder or to s3://bucket/prefix.`);
  return openFolderStore(resolve(place));
}
