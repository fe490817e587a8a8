/**
 * Which KEK wraps the keys of spaces now, which one a rotation is leading away from, and which ones are gone: one small public
 * file beside the wraps, replaced as one step. Holds ids, sources and the salt of a passphrase; a key only sealed under the one
 * that follows it, while both are in use.
 */
import { readFile } from 'node:fs/promises';
import { KekId, KekSource } from '@vivim/contract/kek';
import { z } from 'zod';
import type { writeDurably } from './durable-file.ts';
import { KekError } from './kek.ts';
import { PassphraseKdf } from './kek-passphrase.ts';
import { SealedBytes } from './sealed-bytes.ts';

const Entry = z.strictObject({
  /** Tells a wrong passphrase from the right one, too. */
  id: KekId,
  source: KekSource,
  /** Null but for a passphrase. */
  kdf: PassphraseKdf.nullable(),
});
export type KekEntry = z.infer<typeof Entry>;

export const KekBook = z.strictObject({
  version: z.literal(1),
  current: Entry,
  /** The one before, until every wrap has moved. Sealed under the current one, so that one source opens both. */
  previous: Entry.extend({ key: SealedBytes, since: z.string() }).nullable(),
  /** Oldest first. Nothing is wrapped by them. */
  retired: z.array(z.strictObject({ id: KekId, source: KekSource, at: z.string() })),
});
export type KekBook = z.infer<typeof KekBook>;

/** What the key of a previous KEK is sealed for. */
export const previousKey = (id: string): string => `vivim-kek-previous\n1\n${id}`;

/** Null where there is none yet. @throws KekError where it is not what was written */
export async function readKekBook(path: string): Promise<KekBook | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return KekBook.parse(JSON.parse(text));
  } catch {
    throw new KekError(
      `${path} cannot be read. It says which key-encryption key is in use; put it back from your backup of the keys and start again.`,
    );
  }
}

export const writeKekBook = (path: string, book: KekBook, write: typeof writeDurably): Promise<void> =>
  write(path, Buffer.from(`${JSON.stringify(book, null, 2)}\n`));
