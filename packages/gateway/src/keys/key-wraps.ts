/**
 * The key of each space, sealed to keys of its owner: one small file a space, apart from master for the same reason as the
 * wraps of the server. What lies here opens with the owner's private keys and with nothing of this server's.
 */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import { StorageId } from '@vivim/contract/ids';
import { type Sealed, SpaceKeyWrap } from '@vivim/contract/sealed';
import { z } from 'zod';
import { readSecret, removeDurably, writeDurably } from './durable-file.ts';

export interface KeyWraps {
  /** @throws AppError `storage_integrity` where the file is not what was written */
  list(storageId: StorageId): Promise<readonly SpaceKeyWrap[]>;
  /** Replaces the wrap for the same key. */
  put(storageId: StorageId, kid: string, sealed: Sealed): Promise<void>;
  remove(storageId: StorageId, kids: readonly string[]): Promise<void>;
  /** With the space's other wrap gone too, it is noise. No wrap is taken in for it any more. */
  destroy(storageId: StorageId): Promise<void>;
  /** Spaces whose key is sealed here. */
  spaces(): Promise<StorageId[]>;
}

const Wraps = z.array(SpaceKeyWrap);

/** @param directory made 0700 where missing */
export async function openKeyWraps(directory: string, clock: Clock): Promise<KeyWraps> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const pathOf = (storageId: StorageId) => join(directory, storageId);
  const list = async (storageId: StorageId): Promise<readonly SpaceKeyWrap[]> => {
    const bytes = await readSecret(pathOf(storageId));
    if (bytes === null) return [];
    try {
      return Wraps.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    } catch (cause) {
      throw new AppError('storage_integrity', 'The sealed keys of your space cannot be read. Ask the operator.', {
        cause,
      });
    }
  };
  // Two changes of one file at once would lose one of them.
  const underWay = new Map<StorageId, Promise<void>>();
  // A key sealed a moment too late would outlive its space.
  const destroyed = new Set<StorageId>();
  const change = (storageId: StorageId, to: (wraps: readonly SpaceKeyWrap[]) => SpaceKeyWrap[]): Promise<void> => {
    const before = underWay.get(storageId) ?? Promise.resolve();
    const done = before
      .catch(() => {})
      .then(async () => {
        if (destroyed.has(storageId)) throw new AppError('storage_integrity', 'The space has been erased.');
        await writeDurably(pathOf(storageId), Buffer.from(`${JSON.stringify(to(await list(storageId)))}\n`));
      })
      .finally(() => {
        if (underWay.get(storageId) === done) underWay.delete(storageId);
      });
    underWay.set(storageId, done);
    return done;
  };
  return {
    list,
    put: (storageId, kid, sealed) =>
      change(storageId, (wraps) => [
        ...wraps.filter((wrap) => wrap.kid !== kid),
        { kid, createdAt: isoTime(clock()), sealed },
      ]),
    remove: (storageId, kids) => change(storageId, (wraps) => wraps.filter((wrap) => !kids.includes(wrap.kid))),
    async destroy(storageId) {
      destroyed.add(storageId);
      await underWay.get(storageId)?.catch(() => {});
      await removeDurably(pathOf(storageId));
    },
    spaces: async () => (await readdir(directory)).flatMap((name) => StorageId.safeParse(name).data ?? []),
  };
}
