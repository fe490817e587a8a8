/**
 * The keys of a server in one small encrypted file, apart from every backup: the key-encryption key where it lies with the
 * rest, the wrapped keys of spaces, and the deletion ledger. Whoever has it, its passphrase and a backup can read everything.
 *
 * `vivim-keys-1\n`, salt (16), IV (12), tag (16), then AES-256-GCM over gzip over `{ createdAt, files: { path: base64 } }`; the key is
 * scrypt (RFC 7914, N = 2^17, r = 8, p = 1) of the passphrase.
 */
import { createCipheriv, createDecipheriv, scryptSync } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { randomBytes } from '@vivim/contract/random';
import { z } from 'zod';
import { writeDurably } from './durable-file.ts';

const magic = Buffer.from('vivim-keys-1\n');
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 ** 2 } as const;
const ending = '.vivim-keys';
/** Made anew where missing, or no longer true of what is restored. */
const notKept = new Set(['audit-heads.jsonl', 'ticket-key']);

const safePath = z.string().regex(/^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/);
const Content = z.strictObject({ createdAt: z.string(), files: z.record(safePath, z.base64()) });

export interface KeysArchive {
  readonly path: string;
  /** Wrapped keys of spaces in it. */
  readonly spaces: number;
  /** Whether the key-encryption key is in it; else it lies where the operator put it. */
  readonly kek: boolean;
  /** Older archives that were removed. */
  readonly removed: number;
}

/** At least as long as four words. */
const shortest = 16;

function keyOf(passphrase: string, salt: Uint8Array): Uint8Array {
  if (passphrase.length < shortest)
    throw new Error(`The passphrase of the keys must have ${shortest} characters or more.`);
  return scryptSync(passphrase.normalize('NFC'), salt, 32, cost);
}

/**
 * @param keysDirectory e.g. `<data>/keys`
 * @param folder where archives are kept; made 0700
 * @param keep how many, this one included: what was erased longer ago than the oldest is gone for good
 * @throws Error in words for the operator
 */
export async function writeKeysArchive(
  keysDirectory: string,
  folder: string,
  { passphrase, keep, now }: { readonly passphrase: string; readonly keep: number; readonly now: string },
): Promise<KeysArchive> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(keysDirectory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.tmp') || notKept.has(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    files[relative(keysDirectory, path).split(sep).join('/')] = await readFile(path, 'base64');
  }
  const names = Object.keys(files);
  if (names.length === 0) throw new Error(`There are no keys in ${keysDirectory}.`);
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', keyOf(passphrase, salt), iv).setAAD(magic);
  const plain = gzipSync(JSON.stringify({ createdAt: now, files }));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${now.replaceAll(':', '-')}${ending}`);
  await writeDurably(path, Buffer.concat([magic, salt, iv, cipher.getAuthTag(), sealed]));
  const old = (await readdir(folder))
    .filter((name) => name.endsWith(ending))
    .sort()
    .reverse()
    .slice(keep);
  for (const name of old) await rm(join(folder, name), { force: true });
  return {
    path,
    spaces: new Set(names.filter((name) => /^(wraps|sealed)\//.test(name)).map((name) => name.split('/')[1])).size,
    kek: names.includes('kek'),
    removed: old.length,
  };
}

/**
 * Puts the keys of an archive into a directory that has none.
 *
 * @returns when the archive was made
 * @throws Error in words when the passphrase is another one, or the file was altered
 */
export async function openKeysArchive(path: string, passphrase: string, keysDirectory: string): Promise<string> {
  const bytes = await readFile(path);
  const at = magic.length;
  if (!bytes.subarray(0, at).equals(magic)) throw new Error(`${path} is no archive of keys.`);
  const [salt, iv, tag] = [
    bytes.subarray(at, at + 16),
    bytes.subarray(at + 16, at + 28),
    bytes.subarray(at + 28, at + 44),
  ];
  const { createdAt, files } = decrypt(path, bytes.subarray(at + 44), { key: keyOf(passphrase, salt), iv, tag });
  await mkdir(keysDirectory, { recursive: true, mode: 0o700 });
  await chmod(keysDirectory, 0o700);
  for (const [name, content] of Object.entries(files)) {
    const target = join(keysDirectory, ...name.split('/'));
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await writeDurably(target, Buffer.from(content, 'base64'));
  }
  return createdAt;
}

function decrypt(
  path: string,
  sealed: Uint8Array,
  { key, iv, tag }: { readonly key: Uint8Array; readonly iv: Uint8Array; readonly tag: Uint8Array },
): z.output<typeof Content> {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 }).setAAD(magic).setAuthTag(tag);
    const plain = gunzipSync(Buffer.concat([decipher.update(sealed), decipher.final()]));
    return Content.parse(JSON.parse(plain.toString('utf8')));
  } catch (cause) {
    throw new Error(`${path} does not open: the passphrase is another one, or the file was altered.`, { cause });
  }
}
