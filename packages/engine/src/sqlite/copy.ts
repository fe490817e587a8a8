/**
 * Copies of an encrypted database, made and checked, and its log folded in. Slow and synchronous: run in a thread of their own (copy-thread.ts).
 * Knows no table, and never puts a readable byte under a name on the disk.
 */
import { unlinkSync } from 'node:fs';
import Database from 'better-sqlite3-multiple-ciphers';

export type CopyJob =
  | {
      readonly kind: 'copy';
      /** An open database; others may write to it meanwhile. */
      readonly source: string;
      /** A path nothing lies at. */
      readonly target: string;
      readonly keyHex: string;
      /** A query over the copy, whose first row comes back with the facts. */
      readonly ask: string;
    }
  | {
      readonly kind: 'decrypt';
      readonly path: string;
      readonly keyHex: string;
      /** Statements that take out what is not to be read, before anything can be. */
      readonly without: readonly string[];
    }
  /** Every page, row and index of a database nobody has open. */
  | { readonly kind: 'check'; readonly path: string; readonly keyHex: string }
  | FoldJob;

/** Fold the log of a database into its file; whoever closes it then has nothing left to write. */
export interface FoldJob {
  readonly kind: 'fold';
  readonly path: string;
  readonly keyHex: string;
}

export interface CopyFacts {
  readonly bytes: number;
  readonly schemaVersion: number;
  readonly asked: Readonly<Record<string, unknown>>;
}

function open(path: string, keyHex: string, readonly: boolean): Database.Database {
  const connection = new Database(path, { readonly, fileMustExist: true });
  connection.pragma("cipher='chacha20'");
  connection.pragma(`key='raw:${keyHex}'`);
  connection.pragma('trusted_schema=OFF');
  connection.pragma('busy_timeout=5000');
  connection.pragma('cache_size=-16000');
  connection.pragma('temp_store=MEMORY');
  return connection;
}

/** @throws Error when SQLite finds a page or a row that is not as it should be */
function check(connection: Database.Database, asked: CopyFacts['asked']): CopyFacts {
  const number = (pragma: string) => Number(connection.pragma(pragma, { simple: true }));
  if (connection.pragma('quick_check(1)', { simple: true }) !== 'ok') throw new Error('the copy is not sound');
  return { bytes: number('page_count') * number('page_size'), schemaVersion: number('user_version'), asked };
}

/**
 * Copies a database as it is at one moment, under its own key, and checks the copy.
 *
 * @see https://sqlite.org/lang_vacuum.html: VACUUM INTO reads in one transaction and writes a file that is whole
 */
function copy({ source, target, keyHex, ask }: Extract<CopyJob, { kind: 'copy' }>): CopyFacts {
  const from = open(source, keyHex, true);
  try {
    // What comes back from a copy can get shorter, though its space was made before there was a way.
    if (from.pragma('auto_vacuum', { simple: true }) === 0) from.pragma('auto_vacuum=INCREMENTAL');
    from.prepare('VACUUM INTO ?').run(target);
  } finally {
    from.close();
  }
  const made = open(target, keyHex, true);
  try {
    return check(made, (made.prepare(ask).get() ?? {}) as CopyFacts['asked']);
  } finally {
    made.close();
  }
}

/**
 * Makes a copy readable by anybody. Its name is taken away first: whoever opened it before reads on, and when they or this
 * process are gone, so is every byte.
 */
function decrypt({ path, keyHex, without }: Extract<CopyJob, { kind: 'decrypt' }>): CopyFacts {
  const connection = open(path, keyHex, false);
  try {
    // The copy is thrown away where this fails, so nothing has to be undone: a journal would double what is written.
    connection.unsafeMode(true);
    connection.pragma('journal_mode=OFF');
    connection.pragma('synchronous=OFF');
    connection.prepare('SELECT count(*) FROM sqlite_schema').get();
    unlinkSync(path);
    // What was taken out is written over with zeros, not just let go.
    connection.pragma('secure_delete=ON');
    for (const sql of without) connection.prepare(sql).run();
    connection.pragma("rekey=''");
    return check(connection, {});
  } finally {
    connection.close();
  }
}

function checkWhole({ path, keyHex }: Extract<CopyJob, { kind: 'check' }>): CopyFacts {
  const connection = open(path, keyHex, false);
  try {
    if (connection.pragma('integrity_check(1)', { simple: true }) !== 'ok') throw new Error('the copy is not sound');
    return check(connection, {});
  } finally {
    connection.close();
  }
}

function fold({ path, keyHex }: FoldJob): CopyFacts {
  const connection = open(path, keyHex, false);
  try {
    connection.pragma('wal_checkpoint(PASSIVE)');
    return { bytes: 0, schemaVersion: 0, asked: {} };
  } finally {
    connection.close();
  }
}

export function runCopyJob(job: CopyJob): CopyFacts {
  if (job.kind === 'copy') return copy(job);
  if (job.kind === 'fold') return fold(job);
  return job.kind === 'decrypt' ? decrypt(job) : checkWhole(job);
}
