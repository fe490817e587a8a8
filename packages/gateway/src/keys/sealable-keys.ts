/**
 * Keys of spaces that may be sealed: then no wrap of this server's is left, and the key is here only while its owner has handed
 * it in, in memory, until it is forgotten. A seal on disk says which key is the right one, and gives none away. Never takes a
 * key in that is not the space's, and never writes one that it was handed to unlock.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import { StorageId } from '@vivim/contract/ids';
import { z } from 'zod';
import { readSecret, removeDurably, writeDurably } from './durable-file.ts';
import type { SpaceKeys } from './space-keys.ts';

/** `check` is HMAC-SHA-256 under the space's key over its id: only that key makes it, and it does not lead back to the key. */
const Seal = z.strictObject({ version: z.literal(1), sealedAt: z.string(), check: z.string() });
type Seal = z.infer<typeof Seal>;

export interface SealState {
  readonly state: 'open' | 'locked' | 'unlocked';
  readonly sealedAt: string | null;
}

/** `unwrap` and `create` throw AppError `space_sealed` for a space that is locked. */
export interface SealableKeys extends SpaceKeys {
  state(storageId: StorageId): Promise<SealState>;
  /** Destroys the server's wrap and keeps the key in memory, unlocked. Doing it again finishes what was cut short. */
  seal(storageId: StorageId): Promise<void>;
  /** Takes a key in; the buffer stays the caller's. @throws AppError `space_key_wrong` */
  unlock(storageId: StorageId, key: Uint8Array): Promise<void>;
  /** Wraps the key under the KEK again and takes the seal off. @throws AppError `space_key_wrong` */
  unseal(storageId: StorageId, key: Uint8Array): Promise<void>;
  /** Overwrites the key in memory. */
  forget(storageId: StorageId): void;
  /** Something is done with the space: until the answer is called it does not count as idle. */
  use(storageId: StorageId): () => void;
  /** Spaces that are unlocked now, and for how many milliseconds nobody has used them. */
  unlocked(): readonly { readonly storageId: StorageId; readonly idleMs: number }[];
  forgetAll(): void;
}

interface Held {
  readonly key: Uint8Array;
  busy: number;
  lastUsed: number;
}

const checkOf = (storageId: StorageId, key: Uint8Array): Buffer =>
  createHmac('sha256', key).update(`vivim-dek-check\n1\n${storageId}`).digest();

/**
 * Opens the seals and finishes what a crash cut short: where a seal and a wrap lie side by side the seal counts, so that nobody
 * was told that a space is sealed while the server could still open it. Nothing is lost by that, because the owner's own
 * wraps are made before and outlive both.
 *
 * @param directory e.g. `<data>/keys/seals`; made 0700 where missing
 */
export async function openSealableKeys(directory: string, keys: SpaceKeys, clock: Clock): Promise<SealableKeys> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const pathOf = (storageId: StorageId) => join(directory, storageId);
  const held = new Map<StorageId, Held>();
  const sealed = async () => (await readdir(directory)).flatMap((name) => StorageId.safeParse(name).data ?? []);
  for (const storageId of await sealed()) if (await keys.has(storageId)) await keys.destroy(storageId);

  const read = async (storageId: StorageId): Promise<Seal | null> => {
    const bytes = await readSecret(pathOf(storageId));
    if (bytes === null) return null;
    try {
      return Seal.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    } catch (cause) {
      throw new AppError('storage_integrity', 'The seal of your space cannot be read. Ask the operator.', { cause });
    }
  };
  const assertKey = (storageId: StorageId, { check }: Seal, key: Uint8Array) => {
    const wanted = Buffer.from(check, 'base64');
    const found = checkOf(storageId, key);
    if (wanted.length !== found.length || !timingSafeEqual(wanted, found)) throw new AppError('space_key_wrong');
  };
  const forget = (storageId: StorageId) => {
    held.get(storageId)?.key.fill(0);
    held.delete(storageId);
  };
  const hold = (storageId: StorageId, key: Uint8Array) => {
    const busy = held.get(storageId)?.busy ?? 0;
    forget(storageId);
    held.set(storageId, { key: Uint8Array.from(key), busy, lastUsed: clock() });
  };
  const unwrap = async (storageId: StorageId): Promise<Uint8Array> => {
    if ((await read(storageId)) === null) return keys.unwrap(storageId);
    const key = held.get(storageId)?.key;
    if (key === undefined) throw new AppError('space_sealed');
    return Uint8Array.from(key);
  };
  // Sealing, unsealing and destroying one space at once would cross each other's steps.
  const turns = new Map<StorageId, Promise<unknown>>();
  const inTurn = <T>(storageId: StorageId, act: () => Promise<T>): Promise<T> => {
    const done = (turns.get(storageId) ?? Promise.resolve()).catch(() => {}).then(act);
    const last = done.finally(() => {
      if (turns.get(storageId) === last) turns.delete(storageId);
    });
    turns.set(storageId, last);
    return last;
  };

  return {
    ...keys,
    unwrap,
    create: async (storageId) => ((await read(storageId)) === null ? keys.create(storageId) : unwrap(storageId)),
    has: async (storageId) => (await keys.has(storageId)) || (await read(storageId)) !== null,
    list: async () => [...new Set([...(await keys.list()), ...(await sealed())])],
    destroy: (storageId) =>
      inTurn(storageId, async () => {
        forget(storageId);
        await keys.destroy(storageId);
        await removeDurably(pathOf(storageId));
      }),
    async state(storageId) {
      const seal = await read(storageId);
      if (seal === null) return { state: 'open', sealedAt: null };
      return { state: held.has(storageId) ? 'unlocked' : 'locked', sealedAt: seal.sealedAt };
    },
    seal: (storageId) =>
      inTurn(storageId, async () => {
        if ((await read(storageId)) === null) {
          const key = await keys.unwrap(storageId);
          const check = checkOf(storageId, key).toString('base64');
          const seal: Seal = { version: 1, sealedAt: isoTime(clock()), check };
          await writeDurably(pathOf(storageId), Buffer.from(`${JSON.stringify(seal)}\n`));
          hold(storageId, key);
          key.fill(0);
        }
        await keys.destroy(storageId);
      }),
    unlock: (storageId, key) =>
      inTurn(storageId, async () => {
        const seal = await read(storageId);
        // Nobody needs it, so it is not kept.
        if (seal === null) return;
        assertKey(storageId, seal, key);
        hold(storageId, key);
      }),
    unseal: (storageId, key) =>
      inTurn(storageId, async () => {
        const seal = await read(storageId);
        if (seal === null) return;
        assertKey(storageId, seal, key);
        await keys.adopt(storageId, key);
        await removeDurably(pathOf(storageId));
        forget(storageId);
      }),
    forget,
    use(storageId) {
      const one = held.get(storageId);
      if (one !== undefined) one.busy += 1;
      return () => {
        const still = held.get(storageId);
        if (still === undefined || one === undefined) return;
        still.busy = Math.max(0, still.busy - 1);
        still.lastUsed = clock();
      };
    },
    unlocked: () =>
      [...held].map(([storageId, { busy, lastUsed }]) => ({
        storageId,
        idleMs: busy > 0 ? 0 : Math.max(0, clock() - lastUsed),
      })),
    forgetAll() {
      for (const storageId of [...held.keys()]) forget(storageId);
    },
  };
}
