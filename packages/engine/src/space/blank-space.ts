/**
 * The blank: a database with the newest schema and nobody's rows, made once where the engine is built. A new space begins as a
 * copy of it, because running every step of the schema takes five times as long. Its key is no secret, and nothing is ever
 * written under it but the schema: what is stamped from it has every page under a key of its own.
 */
import { writeFileSync } from 'node:fs';
import { type Connection, openConnection } from '../sqlite/database.ts';
import { migrate } from '../sqlite/migrate.ts';
import { migrations } from './migrations/migrations.ts';

const blankKey = '00'.repeat(32);
/** More than a schema takes; a space has a quota of its own. */
const quotaBytes = 64 * 1024 ** 2;

/** @param path of a file that does not exist */
export function makeBlank(path: string): void {
  const connection = openConnection(path, { keyHex: blankKey, quotaBytes, isNew: true });
  try {
    connection.pragma('synchronous=OFF');
    migrate(connection, migrations);
  } finally {
    connection.close();
  }
}

/**
 * Make a file of the blank under a key of its own. The cipher draws a new salt with a new key, and a nonce for every page
 * (https://utelle.github.io/SQLite3MultipleCiphers/docs/ciphers/cipher_chacha20/), so that no two files have a page in common.
 *
 * @param blank its bytes
 * @param path of a file that does not exist
 * @returns the open file, not on disk yet: `synchronous` is off
 */
export function stampBlank(blank: Uint8Array, path: string, own: { keyHex: string; quotaBytes: number }): Connection {
  writeFileSync(path, blank, { mode: 0o600, flag: 'wx' });
  const connection = openConnection(path, { ...own, keyHex: blankKey });
  try {
    connection.pragma('synchronous=OFF');
    // Keys are not changed while there is a log.
    connection.pragma('journal_mode=MEMORY');
    connection.pragma(`rekey='raw:${own.keyHex}'`);
    connection.pragma('journal_mode=WAL');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
