/**
 * Brings a space that is not open to the newest schema: a look, a copy put away, the steps, in a process that serves nobody.
 * What fails leaves the space as it was, is written down, and is not tried again at every knock. Never touches an open space:
 * whoever calls sees to that.
 */
import { join } from 'node:path';
import { type Clock, isoTime } from '@vivim/contract/clock';
import { AppError, type ErrorCode } from '@vivim/contract/errors';
import type { StorageId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import type { RunningHost } from './engine-host.ts';
import type { EngineHosts } from './engine-hosts.ts';
import type { SpaceRow } from './fleet-control.ts';
import type { FleetLimits } from './fleet-limits.ts';
import type { Placements } from './placement.ts';
import type { SchemaBook } from './schema-book.ts';
import { silentGuest } from './silent-guest.ts';
import type { Snapshots } from './snapshots.ts';

export interface SchemaChangeDeps {
  readonly hosts: EngineHosts;
  readonly book: SchemaBook;
  /** Copies from before. */
  readonly snapshots: Snapshots;
  /** The newest schema. */
  readonly target: number;
  readonly place: Placements['placeOfChange'];
  readonly limits: Pick<FleetLimits, 'migrateMs' | 'graceMs'>;
  readonly clock: Clock;
}

/** What is wrong with the space itself, and will be the next time. */
const lasting: ReadonlySet<ErrorCode> = new Set([
  'migration_failed',
  'schema_too_new',
  'storage_integrity',
  'storage_owner_mismatch',
]);

/** A shared process waits this long for the next space. */
const lingerMs = 2_000;

export class SchemaChange {
  readonly #deps: SchemaChangeDeps;
  /** Of this run of the server: a new one tries each once more. */
  readonly #failed = new Map<StorageId, AppError>();
  readonly #running = new Map<StorageId, RunningHost>();

  constructor(deps: SchemaChangeDeps) {
    this.#deps = deps;
  }

  isCurrent(storageId: StorageId): boolean {
    return this.#deps.book.of(storageId)?.version === this.#deps.target;
  }

  /** The space was made by this version, or opened by it. */
  noteCurrent(row: SpaceRow): void {
    // A line that is not written costs one more look at the space.
    this.#deps.book.note(row, this.#deps.target).catch(() => {});
  }

  /** Why it cannot be opened; null where nothing is known against trying. */
  failure(storageId: StorageId): AppError | null {
    return this.#failed.get(storageId) ?? null;
  }

  /** Let it be tried again. */
  forgive(storageId: StorageId): void {
    this.#failed.delete(storageId);
  }

  /**
   * @param key of the space
   * @throws AppError `migration_failed`, `schema_too_new`, `storage_integrity`, `storage_owner_mismatch`, `quota_exceeded` (no room on
   * the disk), `engine_unavailable` or `engine_timeout` (its process died); the space is as it was
   */
  async run(row: SpaceRow, directory: string, key: Uint8Array): Promise<void> {
    const { book, clock, target } = this.#deps;
    try {
      await this.#change(row, directory, key);
      this.#failed.delete(row.storageId);
      await book.note(row, target);
    } catch (error) {
      if (error instanceof AppError && lasting.has(error.code)) {
        if (error.code === 'migration_failed') this.#failed.set(row.storageId, error);
        await book.setAside(row, { code: error.code, target, at: isoTime(clock()) });
      }
      throw error;
    }
  }

  /** End the work on a space at once. What was not committed is undone when the file is opened next. */
  async stop(storageId: StorageId): Promise<void> {
    const running = this.#running.get(storageId);
    running?.process.kill('stopped');
    await running?.process.gone;
  }

  async #change(row: SpaceRow, directory: string, key: Uint8Array): Promise<void> {
    const { hosts, limits, place, snapshots } = this.#deps;
    const { storageId, userId, quotaBytes } = row;
    const { name, spaces } = place(storageId, directory);
    const isShared = spaces !== directory;
    const host = hosts.at(name, spaces);
    const guest = silentGuest(row);
    const running = await host.enter(guest);
    const { process, inside } = running;
    const killer = setTimeout(() => process.kill('hung'), limits.migrateMs);
    this.#running.set(storageId, running);
    const placed = {
      storageId,
      userId,
      quotaBytes,
      directory: inside(directory),
      key: Buffer.from(key).toString('hex'),
    };
    try {
      const copyName = `before-${uuidv7()}.db`;
      const { copy } = await process.prepare({ type: 'prepare', ...placed, name: copyName });
      if (copy === null) return;
      await snapshots.take(storageId, join(directory, 'copies', copyName), copy.bytes);
      try {
        await process.migrate({ type: 'migrate', ...placed });
      } catch (error) {
        // Refused, nothing was changed. One that died may have got to the end.
        if (!process.hasEnded) await snapshots.remove(storageId);
        throw error;
      }
    } finally {
      clearTimeout(killer);
      this.#running.delete(storageId);
      if (process.hasEnded) await process.gone;
      else if (isShared) this.#linger(() => hosts.turnAway(host, guest, limits.graceMs));
      else await hosts.turnAway(host, guest, limits.graceMs);
    }
  }

  /** A process for one space after the other is not started anew for each. */
  #linger(leave: () => Promise<void>): void {
    setTimeout(() => void leave(), lingerMs).unref();
  }
}
