/**
 * What those who run a server may do with spaces: look at their engines and their size, stop, copy and destroy them. Types alone,
 * so that whoever imports this cannot reach a ticket, a key or a word of content.
 */
import type { BackupManifest, EngineState, MigrationStatus } from '@vivim/contract/admin';
import type { StorageId, UserId } from '@vivim/contract/ids';

/** Where a space lives. A routing row of master is one. */
export interface SpaceRow {
  readonly userId: UserId;
  readonly storageId: StorageId;
  readonly fence: number;
  readonly quotaBytes: number;
}

export interface Migrations {
  status(): Promise<MigrationStatus>;
  /** Begin a sweep over all spaces, with a canary; harmless while one is under way. */
  run(): Promise<void>;
  /** Go on after a stop. */
  resume(): Promise<void>;
  /**
   * Try one space again, whatever is known against it.
   *
   * @throws AppError the code it failed with; the space is as it was
   */
  retry(row: SpaceRow): Promise<void>;
}

/** Sealing spaces: what is done with keys that only their owners' clients have. */
export interface FleetSeals {
  state(row: Pick<SpaceRow, 'storageId'>): Promise<{
    readonly state: 'open' | 'locked' | 'unlocked';
    readonly sealedAt: string | null;
  }>;
  /** Destroys the server's own wrap; the space stays unlocked. Whether its owner can open it is the caller's to know. */
  seal(row: SpaceRow): Promise<void>;
  /** Takes the key in and goes on with jobs that waited for it. @throws AppError `space_key_wrong` */
  unlock(row: SpaceRow, key: Uint8Array): Promise<void>;
  /** Forgets the key of a sealed space and ends its engine. @returns false where there was none to forget */
  lock(row: SpaceRow): Promise<boolean>;
  /** @throws AppError `space_key_wrong` */
  unseal(row: SpaceRow, key: Uint8Array): Promise<void>;
  /** Spaces that are unlocked here, and for how long nobody has used them. */
  unlocked(): readonly { readonly storageId: StorageId; readonly idleMs: number }[];
}

export interface FleetControl {
  readonly seals: FleetSeals;
  state(row: SpaceRow): EngineState;
  /** Bytes of the directory of a space. */
  disk(row: SpaceRow): Promise<number>;
  /**
   * Stop the engine whatever it does: requests under way are cut, jobs go on when it is started again. Requests that were let
   * in under an older fence than this row's find it closed. The key of a sealed space is forgotten.
   */
  stop(row: SpaceRow): Promise<void>;
  /**
   * Stop the engine unless it is in use.
   *
   * @throws AppError `space_busy` naming what is under way
   */
  evict(row: SpaceRow): Promise<void>;
  /**
   * Copy a space under its own key to the backups. An engine that was not running is stopped again.
   *
   * @throws AppError `space_busy`, `quota_exceeded` (no room), `engine_unavailable`, or the code the engine refused with
   */
  backUp(row: SpaceRow): Promise<BackupManifest>;
  /** Backups of a space, newest first. */
  backups(row: SpaceRow): Promise<readonly BackupManifest[]>;
  /** Destroy both wraps of the key, then the directory and the backups. Nothing starts the engine again. Harmless to repeat. */
  erase(row: Pick<SpaceRow, 'userId' | 'storageId'>): Promise<void>;
  /** The way of all spaces to the newest schema. */
  readonly migrations: Migrations;
  /** Every space there is a trace of on this machine: a directory, a wrap, a backup. */
  traces(): Promise<readonly StorageId[]>;
}
