/** What the rooms of identity are handed at start. Holds no logic. */
import type { Erasure } from '@vivim/contract/account';
import type { Clock } from '@vivim/contract/clock';
import type { StorageId } from '@vivim/contract/ids';
import type { LoggedKey } from '@vivim/contract/key-log';
import type { SpaceKeyWrap } from '@vivim/contract/sealed';
import type { SpaceSeal } from '@vivim/contract/sealed-space';
import type { Master } from '../master/db.ts';
import type { RoutingRow } from '../master/routing.ts';
import type { DidDeps } from './did/resolve-did.ts';
import type { KnockLimits } from './knocks.ts';
import type { Origins } from './origins.ts';

/** The key of a space, sealed to keys of its owner. Lies apart from master; see keys/. */
export interface SpaceKeyring {
  /** Seals the space's key to an X25519 key. Doing it again replaces the wrap. */
  seal(row: RoutingRow, key: Pick<LoggedKey, 'kid' | 'publicKey'>): Promise<void>;
  list(row: RoutingRow): Promise<readonly SpaceKeyWrap[]>;
  forget(row: RoutingRow, kids: readonly string[]): Promise<void>;
}

/** Sealing spaces; see fleet/. */
export interface SpaceSeals {
  state(row: RoutingRow): Promise<{ readonly state: SpaceSeal['state']; readonly sealedAt: string | null }>;
  seal(row: RoutingRow): Promise<void>;
  /** @throws AppError `space_key_wrong` */
  unlock(row: RoutingRow, key: Uint8Array): Promise<void>;
  /** @returns false where there was no key to forget */
  lock(row: RoutingRow): Promise<boolean>;
  /** @throws AppError `space_key_wrong` */
  unseal(row: RoutingRow, key: Uint8Array): Promise<void>;
}

export interface AuthDeps extends DidDeps {
  readonly master: Master;
  readonly clock: Clock;
  readonly limits: KnockLimits;
  readonly origins: Origins;
  /** 32 random bytes. Nonces are made from it, so that none has to be stored; gateways that share a master share it. */
  readonly nonceKey: Uint8Array;
  /** Size a new space may grow to, bytes. */
  readonly quotaBytes: number;
  /** How long a recovery waits. */
  readonly recoveryDelayMs: number;
  /** How long an account that is to be erased can still be kept. */
  readonly deletionGraceMs: number;
  /** Makes the space of a new identity; doing it again for one that exists is harmless. */
  readonly createSpace: (row: RoutingRow) => Promise<void>;
  /** Ends the engine of a space, and whatever is on its way to it. */
  readonly closeSpace: (storageId: StorageId) => Promise<void>;
  /** What was carried out under a receipt; null where nothing was. */
  readonly findErasure: (receipt: string) => Erasure | null;
  readonly keyring: SpaceKeyring;
  readonly seals: SpaceSeals;
  /** After so long without a request an unlocked space is locked again. */
  readonly sealedIdleMinutes: number;
}
