/**
 * The key of each space (DEK), wrapped by the KEK, one small file per space, apart from master by design: a backup of
 * master must not bring a destroyed key back. Never hands out a key it could not authenticate.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { access, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@vivim/contract/errors';
import { StorageId } from '@vivim/contract/ids';
import { randomBytes } from '@vivim/contract/random';
import { z } from 'zod';
import { readSecret, removeDurably, writeDurably } from './durable-file.ts';
import type { Kek } from './kek.ts';

export interface SpaceKeys {
  /** A fresh 32-byte key, wrapped and stored; the stored one where the space has a key already. */
  create(storageId: StorageId): Promise<Uint8Array>;
  /** @throws AppError `storage_integrity` when there is no wrap, or it was altered, or belongs to another space or KEK */
  unwrap(storageId: StorageId): Promise<Uint8Array>;
  /** Wraps and stores a key that lay elsewhere meanwhile. The caller has made sure that it is the space's. */
  adopt(storageId: StorageId, key: Uint8Array): Promise<void>;
  has(storageId: StorageId): Promise<boolean>;
  /** Spaces that have a key here. */
  list(): Promise<StorageId[]>;
  /** Crypto-shred: without its wrap a space and every backup of it are noise. */
  destroy(storageId: StorageId): Promise<void>;
}

/** Where the operator is told what a person need not know. */
export interface KeysLog {
  error(fields: Readonly<Record<string, unknown>>, event: string): void;
}

const version = 1;
const base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/);
const Wrap = z.strictObject({
  version: z.literal(version),
  kek: z.string().regex(/^[0-9a-f]{16}$/),
  iv: base64,
  key: base64,
  tag: base64,
});
type Wrap = z.infer<typeof Wrap>;

/** @param directory where the wraps lie, e.g. `<data>/keys/wraps`; made 0700 where missing */
export async function openSpaceKeys(directory: string, kek: Kek, log: KeysLog): Promise<SpaceKeys> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const pathOf = (storageId: StorageId) => join(directory, storageId);
  const unwrap = async (storageId: StorageId) => {
    const bytes = await readSecret(pathOf(storageId));
    if (bytes === null) throw damaged();
    const wrap = readWrap(bytes);
    if (wrap.kek !== kek.id) {
      log.error({ reason: `wrapped by the KEK ${wrap.kek}, loaded is ${kek.id}` }, 'keys.other_kek');
      throw foreign();
    }
    return unseal(kek, storageId, wrap);
  };
  const has = (storageId: StorageId) =>
    access(pathOf(storageId)).then(
      () => true,
      () => false,
    );
  return {
    unwrap,
    has,
    list: async () => (await readdir(directory)).flatMap((name) => StorageId.safeParse(name).data ?? []),
    async create(storageId) {
      if (await has(storageId)) return unwrap(storageId);
      const key = randomBytes(32);
      await writeDurably(pathOf(storageId), seal(kek, storageId, key));
      return key;
    },
    adopt: (storageId, key) => writeDurably(pathOf(storageId), seal(kek, storageId, key)),
    destroy: (storageId) => removeDurably(pathOf(storageId)),
  };
}

/** AES-256-GCM (NIST SP 800-38D) with a random 96-bit IV; a KEK wraps far fewer than 2^32 keys. */
function seal(kek: Kek, storageId: StorageId, key: Uint8Array): Uint8Array {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', kek.key, iv).setAAD(boundTo(storageId));
  const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
  const wrap: Wrap = {
    version,
    kek: kek.id,
    iv: Buffer.from(iv).toString('base64'),
    key: sealed.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
  return Buffer.from(`${JSON.stringify(wrap)}\n`);
}

function readWrap(bytes: Uint8Array): Wrap {
  try {
    return Wrap.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (cause) {
    throw damaged(cause);
  }
}

function unseal(kek: Kek, storageId: StorageId, wrap: Wrap): Uint8Array {
  try {
    const [iv, key, tag] = [wrap.iv, wrap.key, wrap.tag].map((part) => Buffer.from(part, 'base64')) as [
      Buffer,
      Buffer,
      Buffer,
    ];
    const decipher = createDecipheriv('aes-256-gcm', kek.key, iv, { authTagLength: 16 });
    decipher.setAAD(boundTo(storageId)).setAuthTag(tag);
    return Buffer.concat([decipher.update(key), decipher.final()]);
  } catch (cause) {
    throw damaged(cause);
  }
}

/** What the wrap is for: a wrap renamed to another space does not open. */
const boundTo = (storageId: StorageId): Uint8Array => Buffer.from(`vivim-dek\n${version}\n${storageId}`);

const damaged = (cause?: unknown) =>
  new AppError('storage_integrity', 'The key of your space cannot be read; nothing was changed. Ask the operator.', {
    cause,
  });

const foreign = () =>
  new AppError(
    'storage_integrity',
    'The server runs with another key-encryption key than your space was made under; nothing was changed. Ask the operator.',
  );
