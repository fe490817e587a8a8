/** Somebody as master is told of them, made up: for tests of its stores, which look at no signature. */
import { randomBytes } from 'node:crypto';
import { StorageId, UserId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import type { NewIdentity } from '@vivim/gateway/master/identities';

/** @param kid of the first key */
export const newIdentityRow = (kid: string = randomBytes(8).toString('hex')): NewIdentity => ({
  userId: UserId.parse(uuidv7()),
  did: `did:key:${kid}`,
  method: 'key',
  documentDigest: null,
  key: { kid, alg: 'Ed25519', publicKey: new Uint8Array(randomBytes(32)) },
  entry: {
    payload: { seq: 1, prev: null, op: 'add', keys: [] },
    signature: 'signature',
    hash: new Uint8Array(randomBytes(32)),
  },
  device: { deviceId: uuidv7(), platform: 'rest' },
  storageId: StorageId.parse(uuidv7()),
  shard: 'local',
  quotaBytes: 2 ** 40,
});
