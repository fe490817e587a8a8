/**
 * The SQLite driver and nothing else: open an encrypted file, set the pragmas, close it.
 * Knows no table. The only module that may import the driver.
 */
import Database from 'better-sqlite3-multiple-ciphers';

/** A raw connection. Stays inside `sqlite/` and `space/`; no other layer ever holds one. */
export type Connection = Database.Database;
export type PreparedStatement = Database.Statement<(string | number | bigint | Uint8Array | null)[]>;
/** Runs a callback within a transaction of the kind that is asked for. */
export type Transaction = Database.Transaction<(work: () => unknown) => unknown>;

export interface OpenOptions {
  /** 32 bytes, hex: a raw key, because deriving one from a passphrase costs 26–126 ms at each open. */
  readonly keyHex: string;
  readonly quotaBytes: number;
  readonly readonly?: boolean;
  /** It has no page yet: it is made so that it can get shorter. A file that was made otherwise stays as it is. */
  readonly isNew?: boolean;
}

const pageSize = 4096;

/**
 * Every page that is read again or written again is decrypted and encrypted again: a cache as large as what questions touch, and
 * while much is written a longer log, save most of that. SQLite takes the memory as it reads; {@link giveBack} returns it.
 */
const cacheKiB = 64_000;
const logPages = { calm: 1_000, bulk: 8_000 };
/** Of what a file may hold, how much the log beside it may: it counts for the disk, and no quota would mean much without. */
const logShare = { calm: 1 / 8, bulk: 1 / 4 };

/** Open an encrypted database, making it where it does not exist. @throws SqliteError (`SQLITE_NOTADB` for a wrong key) */
export function openConnection(path: string, options: OpenOptions): Connection {
  const connection = new Database(path, { readonly: options.readonly ?? false });
  try {
    connection.pragma("cipher='chacha20'");
    connection.pragma(`key='raw:${options.keyHex}'`);
    connection.pragma('trusted_schema=OFF');
    connection.pragma('foreign_keys=ON');
    connection.pragma('busy_timeout=5000');
    connection.pragma(`cache_size=-${cacheKiB}`);
    connection.pragma('temp_store=MEMORY');
    connection.pragma('secure_delete=ON');
    if (!options.readonly) {
      if (options.isNew === true) connection.pragma('auto_vacuum=INCREMENTAL');
      connection.pragma('journal_mode=WAL');
      connection.pragma('synchronous=NORMAL');
      connection.pragma(`max_page_count=${Math.max(64, Math.floor(options.quotaBytes / pageSize))}`);
      foldIn(connection, 'calm');
    }
    connection.prepare('SELECT count(*) FROM sqlite_schema').get();
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Make room for much writing, or give the room back. */
export function setBulk(connection: Connection, on: boolean): void {
  foldIn(connection, on ? 'bulk' : 'calm');
  if (on) return;
  giveBack(connection);
  connection.pragma('wal_checkpoint(PASSIVE)');
}

/** How much stands in the log before it is folded into the file. */
function foldIn(connection: Connection, when: keyof typeof logPages): void {
  const share = Math.floor(logShare[when] * numberOf(connection, 'max_page_count'));
  connection.pragma(`wal_autocheckpoint=${Math.max(1, Math.min(logPages[when], share))}`);
}

/** Let go of the pages that are kept in memory. The next questions read theirs anew. */
export function giveBack(connection: Connection): void {
  connection.pragma('shrink_memory');
}

const numberOf = (connection: Connection, pragma: string): number =>
  Number(connection.pragma(pragma, { simple: true }));

/** Whether pages at the end of the file can take the place of free ones (https://sqlite.org/pragma.html#pragma_auto_vacuum). */
export const canShrink = (connection: Connection): boolean => numberOf(connection, 'auto_vacuum') === 2;

export const freePages = (connection: Connection): { pages: number; of: number } => ({
  pages: numberOf(connection, 'freelist_count'),
  of: numberOf(connection, 'page_count'),
});

/** Let go of so many free pages, in a transaction of its own. */
export function shrinkBy(connection: Connection, pages: number): void {
  connection.pragma(`incremental_vacuum(${Math.max(1, Math.floor(pages))})`);
}

/** SQLite's symbolic result code (`SQLITE_FULL`, …) of an error, or null where it is no SQLite error. */
export function sqliteCode(error: unknown): string | null {
  return error instanceof Database.SqliteError ? error.code : null;
}
