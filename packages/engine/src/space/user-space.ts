/**
 * The only door to a person's database. Opens the encrypted file, checks that it is the right one, migrates it, and
 * hands out transactions; never the connection. What is not reached through a `UserSpace` does not exist for an engine.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { StorageId } from '@vivim/contract/ids';
import { runCopyJob } from '../sqlite/copy.ts';
import {
  type Connection,
  canShrink,
  freePages,
  giveBack,
  openConnection,
  setBulk,
  shrinkBy,
  sqliteCode,
} from '../sqlite/database.ts';
import { assertKnown, type Migration, migrate, schemaVersionOf } from '../sqlite/migrate.ts';
import { runInThread } from '../sqlite/run-in-thread.ts';
import { readTransaction, rehearsed, type Synchronous, writeTransaction } from '../sqlite/transaction.ts';
import { stampBlank } from './blank-space.ts';
import { Hidden } from './hidden.ts';
import { migrations } from './migrations/migrations.ts';
import { findOperation, type OperationRecord, recordOperation } from './operations.ts';
import { createSpaceRow, raiseVersion, readSpaceRow, type SpaceRow } from './space-row.ts';
import { SpaceReader, SpaceWriter } from './transactors.ts';
import { type View, viewKey } from './view.ts';

export interface SpaceLocation {
  /** Directory of the space: `user.db`, `spool/`, `copies/`. */
  readonly directory: string;
  readonly storageId: StorageId;
  /** Written into a new file and compared with an old one: a file that was copied into the wrong place serves nothing. */
  readonly ownerId: string;
  readonly keyHex: string;
  readonly quotaBytes: number;
}

/** A verb to apply once. */
export interface Verb {
  readonly id: string;
  readonly operation: string;
  /** SHA-256 of what was asked: the same id with another request is a conflict. */
  readonly requestHash: string;
}

/** A log of a few pages is written in less time than a thread takes to start. */
const shortLog = 256 * 1024;
const foldLimitMs = 30_000;

class Space {
  readonly #connection: Connection;
  readonly #reader: SpaceReader;
  readonly #writer: SpaceWriter;
  readonly #clock: Clock;
  readonly #hidden: Hidden;
  #viewed: { readonly key: string; readonly version: number; readonly reader: SpaceReader } | null = null;
  readonly location: SpaceLocation;

  constructor(connection: Connection, location: SpaceLocation, clock: Clock) {
    this.#connection = connection;
    this.#reader = new SpaceReader(connection);
    this.#writer = new SpaceWriter(connection);
    this.#clock = clock;
    this.#hidden = new Hidden(connection);
    this.location = location;
  }

  /** Whether something is being erased that readers are not shown any more, and that still lies in the file. */
  get hides(): boolean {
    return this.#hidden.any;
  }

  /** How many writes this space has seen that changed what it says. */
  get version(): number {
    return this.#row().version;
  }

  get schemaVersion(): number {
    return schemaVersionOf(this.#connection);
  }

  /** Bytes of the database file and its log that hold something: pages an erasure set free are written to before the file grows. */
  get bytes(): number {
    const path = databasePath(this.location.directory);
    const page = this.#connection.pragma('page_size', { simple: true }) as number;
    const files = [path, `${path}-wal`].reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0);
    return files - freePages(this.#connection).pages * page;
  }

  /** Pages of the file that hold nothing, of all it has. Null where it cannot get shorter: it was made before there was a way. */
  get free(): { readonly pages: number; readonly of: number } | null {
    return canShrink(this.#connection) ? freePages(this.#connection) : null;
  }

  /** Let so many free pages go, with pages from the end of the file put in their place. It is shorter once the log is folded in. */
  shrink(pages: number): void {
    shrinkBy(this.#connection, pages);
  }

  /** Read in one snapshot. @param view of part of it, or of how it was; not within a write */
  read<T>(work: (reader: SpaceReader) => Synchronous<T>, view: View = {}): T {
    const key = viewKey(view);
    // Within a write a reader sees what the write sees.
    if (!this.#connection.inTransaction) this.#hidden.forReaders(view);
    else if (key !== null) throw new Error('A write has no view of the past.');
    const reader = key === null ? this.#reader : this.#readerOf(key, view);
    return readTransaction<T>(this.#connection, () => work(reader));
  }

  /** The reader of a view counts what there is in it once, until something is written. */
  #readerOf(key: string, view: View): SpaceReader {
    const { version } = this;
    if (this.#viewed?.key !== key || this.#viewed.version !== version)
      this.#viewed = { key, version, reader: new SpaceReader(this.#connection, view) };
    return this.#viewed.reader;
  }

  /**
   * Write as one transaction and raise the version.
   * @throws AppError `quota_exceeded` when the space is full; nothing of the transaction is kept then
   */
  write<T>(work: (writer: SpaceWriter) => Synchronous<T>): T {
    return this.#write(work, () => raiseVersion(this.#connection));
  }

  /**
   * Write what is no news: what was compiled from the space, and what is noted beside it of its use. The version stays, so that
   * what was made ready for it stays good; a backup that goes by versions takes it along with the next write that raises one.
   * @throws AppError as {@link write}
   */
  writeBeside<T>(work: (writer: SpaceWriter) => Synchronous<T>): T {
    return this.#write(work, () => {});
  }

  #write<T>(work: (writer: SpaceWriter) => Synchronous<T>, afterwards: () => void): T {
    this.#hidden.forWriters();
    try {
      const result = writeTransaction<T>(this.#connection, () => {
        const result = work(this.#writer);
        afterwards();
        return result;
      });
      this.#hidden.written();
      return result;
    } catch (error) {
      if (sqliteCode(error) === 'SQLITE_FULL') throw new AppError('quota_exceeded', undefined, { cause: error });
      throw error;
    }
  }

  /** What a write would answer; nothing of it is kept. */
  rehearse<T>(work: (writer: SpaceWriter) => Synchronous<T>): T {
    this.#hidden.forWriters();
    return rehearsed<T>(this.#connection, () => work(this.#writer));
  }

  /** The answer a verb got when it was applied, or null when it never was. @throws AppError `idempotency_conflict` */
  applied(verb: Verb): OperationRecord | null {
    const found = findOperation(this.#connection, verb.id);
    if (found === null) return null;
    if (found.operation !== verb.operation || found.requestHash !== verb.requestHash)
      throw new AppError('idempotency_conflict');
    return found;
  }

  /** Apply a verb at most once: the same verb again gets the first answer and changes nothing. */
  apply<T extends object>(verb: Verb, status: number, work: (writer: SpaceWriter) => Synchronous<T>): T {
    const before = this.applied(verb);
    if (before !== null) return before.answer as T;
    return this.write<T>((writer) => {
      const answer = work(writer);
      const version = this.#row().version + 1;
      recordOperation(this.#connection, { ...verb, status, answer, version }, this.#clock());
      return answer as Synchronous<T>;
    });
  }

  /** Say that much is going to be written, or that it is done: takes memory for speed while it lasts. */
  bulk(on: boolean): void {
    setBulk(this.#connection, on);
  }

  /** Nobody asks any more: give back the memory that made answers quick. */
  rest(): void {
    giveBack(this.#connection);
  }

  /**
   * Fold the log into the file and empty it, so that no page of an earlier state is left in it.
   * @returns false where somebody reads an earlier state; it is tried again at the next checkpoint
   */
  emptyLog(): boolean {
    const [result] = this.#connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return result?.busy === 0;
  }

  /** Fold the log into the file without waiting for readers. */
  checkpoint(): void {
    this.#connection.pragma('wal_checkpoint(PASSIVE)');
  }

  /**
   * The same in a thread of its own, where the log is long: others in this process wait for neither the writing nor the disk.
   * What cannot be folded in now is folded in by the close.
   */
  async foldAside(): Promise<void> {
    const path = databasePath(this.location.directory);
    const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
    if (log === undefined || log.size < shortLog) return;
    const job = { kind: 'fold', path, keyHex: this.location.keyHex } as const;
    await runInThread(job, AbortSignal.timeout(foldLimitMs)).catch(() => {});
  }

  close(): void {
    this.#connection.close();
  }

  #row(): SpaceRow {
    const row = readSpaceRow(this.#connection);
    if (row === null) throw new AppError('storage_integrity');
    return row;
  }
}

export type UserSpace = InstanceType<typeof Space>;

export const databasePath = (directory: string): string => join(directory, 'user.db');

/**
 * Open a space that exists.
 * @throws AppError `storage_integrity` (missing, wrong key, corrupt), `storage_owner_mismatch`, `schema_too_new`, `migration_failed`
 */
export function openUserSpace(
  location: SpaceLocation,
  clock: Clock,
  steps: readonly Migration[] = migrations,
): UserSpace {
  const path = databasePath(location.directory);
  if (!existsSync(path)) throw new AppError('storage_integrity', 'The database of this space is missing.');
  const connection = openExisting(path, location);
  try {
    assertOwn(connection, location);
    migrate(connection, steps);
    return new Space(connection, location, clock);
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Open a copy an engine made of its own space, to read records from: for `space/` alone. Never the space itself. */
export const openSpaceCopy = (path: string, { keyHex, quotaBytes }: SpaceLocation): Connection =>
  openConnection(path, { keyHex, quotaBytes, readonly: true });

/**
 * Make a new space and open it; one that was made already is just opened. The file appears whole or not at all:
 * it is built under another name and renamed.
 *
 * @param blank the file it begins as (see `makeBlank`); null runs every step of the schema
 */
export function createUserSpace(
  location: SpaceLocation,
  clock: Clock,
  steps: readonly Migration[] = migrations,
  blank: string | null = null,
): UserSpace {
  const path = databasePath(location.directory);
  if (existsSync(path)) return openUserSpace(location, clock, steps);
  mkdirSync(location.directory, { recursive: true, mode: 0o700 });
  const scratch = mkdtempSync(join(location.directory, 'new-'));
  try {
    const built = join(scratch, 'user.db');
    const connection =
      blank === null
        ? openConnection(built, { ...location, isNew: true })
        : stampBlank(readFileSync(blank), built, location);
    // Nobody can see the file yet, so it needs to reach the disk once, not once for each statement.
    connection.pragma('synchronous=OFF');
    migrate(connection, steps);
    writeTransaction(connection, () => createSpaceRow(connection, location, clock()));
    // SQLite itself brings the file down to the disk: under Node's permission model we cannot.
    connection.pragma('synchronous=FULL');
    connection.pragma('wal_checkpoint(TRUNCATE)');
    connection.close();
    renameSync(built, path);
    syncToDisk(location.directory);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return openUserSpace(location, clock, steps);
}

export interface Prepared {
  /** As it lies there. */
  readonly schemaVersion: number;
  /** Null where the schema is the newest already. */
  readonly copy: { readonly bytes: number; readonly version: number } | null;
}

/**
 * Say which schema a space has, and where it is an older one leave a checked copy of it, under its own key. Changes nothing of
 * the space itself. Synchronous, as long as copying takes: for a process in which nobody waits for anything else.
 *
 * @param name of a file in `copies/`
 * @throws AppError as {@link openUserSpace}; `quota_exceeded` where the disk has no room for the copy
 */
export function prepareUserSpace(
  location: SpaceLocation,
  name: string,
  steps: readonly Migration[] = migrations,
): Prepared {
  const path = databasePath(location.directory);
  if (!existsSync(path)) throw new AppError('storage_integrity', 'The database of this space is missing.');
  const connection = openExisting(path, location);
  try {
    assertOwn(connection, location);
    const schemaVersion = schemaVersionOf(connection);
    assertKnown(schemaVersion, steps);
    if (schemaVersion === steps.length) return { schemaVersion, copy: null };
    const directory = join(location.directory, 'copies');
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { mode: 0o700 });
    const ask = 'SELECT version FROM space';
    const target = join(directory, name);
    const { bytes, asked } = runCopyJob({ kind: 'copy', source: path, target, keyHex: location.keyHex, ask });
    return { schemaVersion, copy: { bytes, version: Number(asked.version) } };
  } catch (error) {
    if (sqliteCode(error) !== 'SQLITE_FULL') throw error;
    throw new AppError('quota_exceeded', 'The disk of the server has no room for a copy of your space.', {
      cause: error,
    });
  } finally {
    connection.close();
  }
}

function assertOwn(connection: Connection, location: SpaceLocation): void {
  const row = readSpaceRow(connection);
  if (row === null) throw new AppError('storage_integrity');
  if (row.storageId !== location.storageId || row.ownerId !== location.ownerId)
    throw new AppError('storage_owner_mismatch');
}

/** Makes a renamed file stay so after a power cut, where Node lets us: its permission model turns fsync off altogether. */
function syncToDisk(directory: string): void {
  const file = openSync(directory, 'r');
  try {
    fsyncSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ACCESS_DENIED') throw error;
  } finally {
    closeSync(file);
  }
}

function openExisting(path: string, location: SpaceLocation): Connection {
  try {
    return openConnection(path, location);
  } catch (error) {
    const code = sqliteCode(error);
    if (code === 'SQLITE_NOTADB' || code?.startsWith('SQLITE_CORRUPT'))
      throw new AppError('storage_integrity', undefined, { cause: error });
    throw error;
  }
}
