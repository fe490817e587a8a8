/**
 * The key of each space (DEK), wrapped by a KEK, one small file per space, apart from master by design: a backup of
 * master must not bring a destroyed key back. Never hands out a key it could not authenticate, and never changes one.
 */
import { access, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@vivim/contract/errors';
import { StorageId } from '@vivim/contract/ids';
import { randomBytes } from '@vivim/contract/random';
import { readSecret } from './durable-file.ts';
import type { Kek } from './kek.ts';
import { type Keks, wrapsDirectory } from './keks.ts';
import { makeWrap, openWrap, readWrap, readWrapKek, type Wrap } from './wrap-file.ts';

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
  /** The id of the KEK that made a wrap; `gone` without one, `damaged` where it is none. */
  wrappedBy(storageId: StorageId): Promise<string>;
  /**
   * The same key, wrapped by the current KEK. Readable before, after and in between; a wrap that was destroyed stays so.
   *
   * @throws AppError `storage_integrity` where the wrap does not open; it is left as it is
   */
  rewrap(storageId: StorageId): Promise<void>;
  /** When every change under way at this moment is done. */
  settled(): Promise<void>;
  /** Crypto-shred: without its wrap a space and every backup of it are noise. */
  destroy(storageId: StorageId): Promise<void>;
}

/** Where the operator is told what a person need not know. */
export interface KeysLog {
  error(fields: Readonly<Record<string, unknown>>, event: string): void;
}

/** Wraps lie below the directory of the KEKs, which is made 0700 where missing. */
export async function openSpaceKeys(keks: Keks, log: KeysLog): Promise<SpaceKeys> {
  const directory = wrapsDirectory(keks.directory);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const pathOf = (storageId: StorageId) => join(directory, storageId);

  const read = async (storageId: StorageId): Promise<Wrap> => {
    const bytes = await readSecret(pathOf(storageId));
    if (bytes === null) throw damaged();
    try {
      return readWrap(bytes);
    } catch (cause) {
      throw damaged(cause);
    }
  };
  /** A wrap and the KEK that opens it. It may be moved, and the old KEK retired, between the two: then it is read again. */
  const locate = async (storageId: StorageId): Promise<{ wrap: Wrap; kek: Kek }> => {
    let wrap = await read(storageId);
    let kek = keks.find(wrap.kek);
    if (kek === undefined) {
      wrap = await read(storageId);
      kek = keks.find(wrap.kek);
    }
    if (kek !== undefined) return { wrap, kek };
    const at = keks.book().retired.findLast(({ id }) => id === wrap.kek)?.at;
    const fate = at === undefined ? '' : ` (retired ${at.slice(0, 10)})`;
    log.error({ reason: `wrapped by the KEK ${wrap.kek}${fate}, loaded is ${keks.current().id}` }, 'keys.other_kek');
    throw foreign();
  };
  const unwrap = async (storageId: StorageId): Promise<Uint8Array> => {
    const { wrap, kek } = await locate(storageId);
    try {
      return openWrap(kek, storageId, wrap);
    } catch (cause) {
      throw damaged(cause);
    }
  };
  const write = (storageId: StorageId, key: Uint8Array) =>
    keks.disk.write(pathOf(storageId), makeWrap(keks.current(), storageId, key));
  const has = (storageId: StorageId) =>
    access(pathOf(storageId)).then(
      () => true,
      () => false,
    );

  // One change of a wrap at a time: a wrap that is being moved must not come back after it was destroyed.
  const underWay = new Map<StorageId, Promise<unknown>>();
  const inTurn = <T>(storageId: StorageId, change: () => Promise<T>): Promise<T> => {
    const before = underWay.get(storageId) ?? Promise.resolve();
    const done = before
      .catch(() => {})
      .then(change)
      .finally(() => {
        if (underWay.get(storageId) === done) underWay.delete(storageId);
      });
    underWay.set(storageId, done);
    return done;
  };

  return {
    unwrap,
    has,
    list: async () => (await readdir(directory)).flatMap((name) => StorageId.safeParse(name).data ?? []),
    async wrappedBy(storageId) {
      const bytes = await readSecret(pathOf(storageId)).catch(() => Buffer.from('unreadable'));
      return bytes === null ? 'gone' : (readWrapKek(bytes) ?? 'damaged');
    },
    create: (storageId) =>
      inTurn(storageId, async () => {
        if (await has(storageId)) return unwrap(storageId);
        const key = randomBytes(32);
        await write(storageId, key);
        return key;
      }),
    rewrap: (storageId) =>
      inTurn(storageId, async () => {
        if (!(await has(storageId))) return;
        const key = await unwrap(storageId);
        if ((await read(storageId)).kek !== keks.current().id) await write(storageId, key);
      }),
    async settled() {
      await Promise.allSettled([...underWay.values()]);
    },
    adopt: (storageId, key) => inTurn(storageId, () => write(storageId, key)),
    destroy: (storageId) => inTurn(storageId, () => keks.disk.remove(pathOf(storageId))),
  };
}

const damaged = (cause?: unknown) =>
  new AppError('storage_integrity', 'The key of your space cannot be read; nothing was changed. Ask the operator.', {
    cause,
  });

const foreign = () =>
  new AppError(
    'storage_integrity',
    'The server runs with another key-encryption key than your space was made under; nothing was changed. Ask the operator.',
  );
