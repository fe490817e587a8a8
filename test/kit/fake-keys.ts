/** A made-up key for each space of a test gateway: really sealed, really forgotten, without a fleet. */
import { randomBytes } from 'node:crypto';
import { AppError } from '@vivim/contract/errors';
import type { SpaceKeyWrap } from '@vivim/contract/sealed';
import { sealSpaceKey } from '@vivim/contract/sealing';
import type { Fleet } from '@vivim/gateway/fleet/engines';

export interface FakeKeys {
  readonly keyring: Fleet['keyring'];
  readonly seals: Fleet['seals'];
  /** Whether nothing can be done with a space, because its key is not here. */
  isLocked(storageId: string): boolean;
}

/** @param isDown when true, nothing can be sealed */
export function fakeKeys(isDown: () => boolean): FakeKeys {
  const keys = new Map<string, Uint8Array>();
  const wraps = new Map<string, SpaceKeyWrap[]>();
  const sealed = new Map<string, 'locked' | 'unlocked'>();
  const keyOf = (storageId: string): Uint8Array => {
    const key = keys.get(storageId) ?? randomBytes(32);
    keys.set(storageId, key);
    return key;
  };
  const assertKey = (storageId: string, key: Uint8Array) => {
    if (!Buffer.from(key).equals(keyOf(storageId))) throw new AppError('space_key_wrong');
  };
  const isLocked = (storageId: string) => sealed.get(storageId) === 'locked';
  return {
    isLocked,
    keyring: {
      async seal({ storageId }, { kid, publicKey }) {
        if (isDown()) throw new AppError('storage_integrity');
        if (isLocked(storageId)) throw new AppError('space_sealed');
        const wrap = await sealSpaceKey(keyOf(storageId), Buffer.from(publicKey, 'base64url'), kid);
        const others = (wraps.get(storageId) ?? []).filter((one) => one.kid !== kid);
        wraps.set(storageId, [...others, { kid, createdAt: '2026-01-01T00:00:00.000Z', sealed: wrap }]);
      },
      list: async ({ storageId }) => wraps.get(storageId) ?? [],
      forget: async ({ storageId }, kids) => {
        wraps.set(
          storageId,
          (wraps.get(storageId) ?? []).filter(({ kid }) => !kids.includes(kid)),
        );
      },
    },
    seals: {
      async state({ storageId }) {
        const state = sealed.get(storageId);
        return state === undefined
          ? { state: 'open', sealedAt: null }
          : { state, sealedAt: '2026-01-01T00:00:00.000Z' };
      },
      seal: async ({ storageId }) => void sealed.set(storageId, 'unlocked'),
      async unlock({ storageId }, key) {
        if (!sealed.has(storageId)) return;
        assertKey(storageId, key);
        sealed.set(storageId, 'unlocked');
      },
      async lock({ storageId }) {
        if (sealed.get(storageId) !== 'unlocked') return false;
        sealed.set(storageId, 'locked');
        return true;
      },
      async unseal({ storageId }, key) {
        assertKey(storageId, key);
        sealed.delete(storageId);
      },
      unlocked: () => [],
    },
  };
}
