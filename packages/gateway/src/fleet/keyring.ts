/** Seals spaces' keys to keys of their owners. The one place that holds a key in the open for that moment. */
import type { StorageId } from '@vivim/contract/ids';
import type { SpaceKeyWrap } from '@vivim/contract/sealed';
import { sealSpaceKey } from '@vivim/contract/sealing';
import type { KeyWraps } from '../keys/key-wraps.ts';
import type { SpaceKeys } from '../keys/space-keys.ts';

interface Placed {
  readonly storageId: StorageId;
}

export interface FleetKeyring {
  /** @param key an X25519 public key, base64url, and its thumbprint @throws AppError `storage_integrity`, `space_sealed` */
  seal(row: Placed, key: { readonly kid: string; readonly publicKey: string }): Promise<void>;
  list(row: Placed): Promise<readonly SpaceKeyWrap[]>;
  forget(row: Placed, kids: readonly string[]): Promise<void>;
}

export const fleetKeyring = (keys: SpaceKeys, wraps: KeyWraps): FleetKeyring => ({
  async seal({ storageId }, { kid, publicKey }) {
    const spaceKey = await keys.unwrap(storageId);
    try {
      await wraps.put(storageId, kid, await sealSpaceKey(spaceKey, Buffer.from(publicKey, 'base64url'), kid));
    } finally {
      spaceKey.fill(0);
    }
  },
  list: ({ storageId }) => wraps.list(storageId),
  forget: ({ storageId }, kids) => wraps.remove(storageId, kids),
});
