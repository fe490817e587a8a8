/** KEKs in files: 32 bytes, mode 0600. Never writes over a key, but where a rotation has moved everything away from it. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomBytes } from '@vivim/contract/random';
import { readSecret, type writeDurably } from './durable-file.ts';
import { type Kek, KekError, kekLength, kekOf } from './kek.ts';

/** Where the key that takes the place of a file's lies until it has. */
export const nextPath = (path: string): string => `${path}.next`;

/** Where a key that was replaced in its file is kept for old backups, until the operator removes it. */
export const retiredPath = (path: string, id: string): string => `${path}.retired-${id}`;

/** @returns null where there is no file @throws KekError where it is open to others or is not exactly 32 bytes */
export async function readKekFile(path: string): Promise<Kek | null> {
  const bytes = await readSecret(path).catch((error: NodeJS.ErrnoException) => {
    throw new KekError(error.code === undefined ? error.message : `${path} cannot be read (${error.code}).`);
  });
  if (bytes === null) return null;
  if (bytes.length !== kekLength)
    throw new KekError(`${path} must hold exactly ${kekLength} bytes, it holds ${bytes.length}`);
  return kekOf(bytes);
}

/** A new key in a file. @throws KekError where it cannot be written there */
export async function makeKekFile(path: string, write: typeof writeDurably): Promise<Kek> {
  const kek = kekOf(randomBytes(kekLength));
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await write(path, kek.key);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    throw new KekError(`A key cannot be written to ${path} (${code}). Name another file with --to file:/path.`, {
      cause,
    });
  }
  return kek;
}
