/**
 * A KEK derived from a passphrase: asked for at the terminal, or read from a file such as a systemd credential.
 * Never keeps the passphrase. Whether it is the right one shows in the id of the key, before anything is opened with it.
 */
import { scrypt } from 'node:crypto';
import { open } from 'node:fs/promises';
import { randomBytes } from '@vivim/contract/random';
import { z } from 'zod';
import { type Kek, KekError, kekLength, kekOf } from './kek.ts';

/** Public. 128 · r · 2^logN bytes of memory, so that guessing costs as much each time. See RFC 7914. */
export const PassphraseKdf = z.strictObject({
  name: z.literal('scrypt'),
  logN: z.int().min(14).max(20),
  r: z.int().min(1).max(16),
  p: z.int().min(1).max(4),
  salt: z.string().regex(/^[A-Za-z0-9+/]{22,}=*$/),
});
export type PassphraseKdf = z.infer<typeof PassphraseKdf>;

/** Whoever gets the wraps can guess without asking anybody, so it has to be long. */
export const shortestPassphrase = 16;

/** 128 MB and about half a second: what OWASP recommends for scrypt, with the memory of a server. */
export const newKdf = (): PassphraseKdf => ({
  name: 'scrypt',
  logN: 17,
  r: 8,
  p: 1,
  salt: Buffer.from(randomBytes(16)).toString('base64'),
});

/** The same bytes however a keyboard composes an accent. */
export async function deriveKek(passphrase: string, { logN, r, p, salt }: PassphraseKdf): Promise<Kek> {
  const N = 2 ** logN;
  const key = await new Promise<Buffer>((resolve, reject) =>
    scrypt(
      passphrase.normalize('NFKC'),
      Buffer.from(salt, 'base64'),
      kekLength,
      { N, r, p, maxmem: 256 * N * r },
      (error, derived) => (error === null ? resolve(derived) : reject(error)),
    ),
  );
  return kekOf(key);
}

/** @throws KekError where it is too short */
export function checkPassphrase(passphrase: string): string {
  if ([...passphrase].length < shortestPassphrase)
    throw new KekError(
      `The passphrase needs ${shortestPassphrase} characters at least; six random words are good. Nothing was changed.`,
    );
  return passphrase;
}

/** Asks at a terminal, without showing what is typed. The signal takes the question back, and the asking ends with an error. */
export type AskSecret = (question: string, signal?: AbortSignal) => Promise<string>;

export interface PassphraseInput {
  /** Null: none is set. */
  readonly file: string | null;
  /** Null: nobody sits there. */
  readonly ask: AskSecret | null;
}

/**
 * @param choose it is a new one: typed twice, and long enough
 * @throws KekError where there is nobody to ask and no file, the file is open to everybody, or two typed differently
 */
export async function readPassphrase({ file, ask }: PassphraseInput, choose: boolean): Promise<string> {
  if (file !== null) {
    const text = await readPassphraseFile(file, 'VIVIM_KEK_PASSPHRASE_FILE');
    return choose ? checkPassphrase(text) : text;
  }
  if (ask === null)
    throw new KekError(
      'The key-encryption key comes from a passphrase and there is no terminal to ask at. Start the server in one, or set VIVIM_KEK_PASSPHRASE_FILE to a file that holds it.',
    );
  if (!choose) return ask('Passphrase of the key-encryption key: ');
  const first = checkPassphrase(await ask('Choose a passphrase for the key-encryption key of this server: '));
  if ((await ask('Once more: ')) !== first)
    throw new KekError('The two were not the same. Nothing was made; start again.');
  return first;
}

/**
 * One line. Its group may read it: a credential of systemd shows so.
 *
 * @param named what named the file, for the person
 * @throws KekError
 */
export async function readPassphraseFile(path: string, named: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      if (((await file.stat()).mode & 0o037) !== 0 && process.platform !== 'win32')
        throw new KekError(
          `${path} can be read by others than its owner and group, or written. Run: chmod 400 ${path}`,
        );
      return (await file.readFile('utf8')).replace(/\r?\n$/, '');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof KekError) throw error;
    throw new KekError(
      `The passphrase file ${path} (${named}) cannot be read (${(error as NodeJS.ErrnoException).code}).`,
    );
  }
}
