/**
 * What those who run a server may do with spaces: look at their engines and their size, stop, copy and destroy them. Types alone,
 * so that whoever imports this cannot reach a ticket, a key or a word of content.
 */
import type { EngineState, MigrationStatus } from '@vivim/contract/admin';
import type { CopyCounts } from '@vivim/contract/backup';
import type { StorageId, UserId } from '@vivim/contract/ids';

/** Where a space lives. A routing row of master is one. */
export interface SpaceRow {
  readonly userId: UserId;
  readonly storageId: StorageId;
  readonly fence: number;
  readonly quotaBytes: number;
}

/** What an engine says of a database it looked into. */
export interface CheckFacts {
  readonly schemaVersion: number;
  /** How many writes it has seen. */
  readonly version: number;
  readonly counts: CopyCounts;
}

/** And of one that is to be put in the place of a space. */
export interface CandidateFacts extends CheckFacts {
  /** Erasures of its owner it has not seen: done before it is served. */
  readonly erasuresUnseen: number;
}

/** What an engine says of the copy it left. */
export interface CopyFacts extends CheckFacts {
  readonly bytes: number;
}

/** A copy on its way out: a plain file of ours, which no engine can reach any more. */
export interface SpaceCopy {
  readonly path: string;
  readonly bytes: number;
  readonly made: 'engine' | 'at-rest';
  /** Null: copied at rest, unseen. */
  readonly facts: CheckFacts | null;
}

export interface ReplacedSpace {
  readonly facts: CandidateFacts;
  /** Writes the replaced file had seen; null where it could not be opened. */
  readonly versionBefore: number | null;
  /** Name of the replaced file, beside the new one; null where there was none. */
  readonly keptAside: string | null;
}

/** Puts a file where it is told. */
export type Fill = (path: string) => Promise<void>;

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
   * Copy a space under its own key. An engine that was not running is stopped again. A sealed space that nobody unlocked is
   * copied as it lies on the disk. The caller removes the file.
   *
   * @param known writes the last copy had seen
   * @returns `unchanged` where the space has seen no more
   * @throws AppError `space_busy`, `quota_exceeded` (no room), `engine_unavailable`, or the code the engine refused with
   */
  copyOut(row: SpaceRow, known: number | null): Promise<SpaceCopy | 'unchanged'>;
  /**
   * What the files of a space look like from outside: the same twice means that nothing was written between. Null where that
   * cannot be said, because something was written a moment ago.
   */
  print(row: SpaceRow): Promise<string | null>;
  /**
   * Restore a copy into a scratch place and look into it there, with the key of the space and an engine that sees nothing else.
   *
   * @throws AppError `storage_integrity`, `storage_owner_mismatch`, `schema_too_new`, `migration_failed`, or what `fill` throws
   */
  examine(row: SpaceRow, fill: Fill): Promise<CheckFacts>;
  /**
   * Put a copy in the place of a space, which goes on with it. The copy is checked first; until it was found sound nothing is
   * changed. What was there is kept beside it.
   *
   * @param take closes the space to everybody who was let in before
   * @throws AppError see `examine`
   */
  replace(row: SpaceRow, fill: Fill, take: () => Promise<SpaceRow>): Promise<ReplacedSpace>;
  /** Destroy both wraps of the key, then the directory. Nothing starts the engine again. Harmless to repeat. */
  erase(row: Pick<SpaceRow, 'userId' | 'storageId'>): Promise<void>;
  /** The way of all spaces to the newest schema. */
  readonly migrations: Migrations;
  /** Every space there is a trace of on this machine: a directory, a wrap. */
  traces(): Promise<readonly StorageId[]>;
}
