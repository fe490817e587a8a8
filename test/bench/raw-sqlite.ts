/** The raw limit: the same work by the bare driver on a plain file, without ids, tree, units, encryption or jail. */
import { readFileSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3-multiple-ciphers';

interface RawNode {
  readonly message?: null | { readonly id: string; readonly content: { readonly parts?: readonly unknown[] } };
}

export interface RawMessage {
  readonly id: string;
  readonly text: string;
}

export interface RawStore {
  readonly seconds: number;
  search(query: string, limit?: number): unknown[];
  close(): void;
}

/** The messages of a ChatGPT export, read by `JSON.parse`. */
export function* messagesOf(exportPath: string): Generator<RawMessage> {
  const conversations = JSON.parse(readFileSync(exportPath, 'utf8')) as { mapping: Record<string, RawNode> }[];
  for (const conversation of conversations) {
    for (const { message } of Object.values(conversation.mapping)) {
      if (!message) continue;
      const texts = (message.content.parts ?? []).filter((part) => typeof part === 'string');
      yield { id: message.id, text: texts.join('\n') };
    }
  }
}

/**
 * The rows of a space written once more as it is done by who does not think of it: a transaction for each row, the words kept
 * by a trigger. Same tables, indexes, cipher and key.
 *
 * @returns milliseconds
 */
export function rowByRow(source: string, target: string, keyHex: string): number {
  rmSync(target, { force: true });
  const [from, to] = [encrypted(source, keyHex), encrypted(target, keyHex)];
  const tables = ['conversation', 'message', 'part', 'acu'];
  const ddl = from
    .prepare<[], { sql: string; name: string; owner: string }>(
      'SELECT sql, name, tbl_name AS owner FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC',
    )
    .all();
  for (const { sql, owner } of ddl) if (tables.includes(owner)) to.exec(sql);
  to.exec(`CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize="porter unicode61 remove_diacritics 2");
    CREATE TRIGGER part_words AFTER INSERT ON part WHEN new.text IS NOT NULL BEGIN
      INSERT INTO words (rowid, text) VALUES (new.pk, new.text);
    END;`);
  to.pragma('foreign_keys=OFF');
  let taken = 0;
  for (const table of tables) {
    const rows = from.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all();
    const names = Object.keys(rows[0] ?? {});
    const insert = to.prepare(
      `INSERT INTO ${table} (${names.join()}) VALUES (${names.map((name) => `@${name}`).join()})`,
    );
    const start = performance.now();
    for (const row of rows) insert.run(row);
    taken += performance.now() - start;
  }
  from.close();
  to.close();
  return taken;
}

/** A database under a raw key, in the everyday mode of a space. */
export function encrypted(path: string, keyHex: string): Database.Database {
  const db = new Database(path);
  db.pragma("cipher='chacha20'");
  db.pragma(`key='raw:${keyHex}'`);
  db.pragma('journal_mode=WAL');
  db.pragma('synchronous=NORMAL');
  db.pragma('cache_size=-16000');
  return db;
}

/** Messages as rows of a plain file and in FTS5, as the bare driver does it. */
export class RawWords implements Pick<RawStore, 'search' | 'close'> {
  readonly #db: Database.Database;
  #match: Database.Statement<[string, number]> | null = null;

  private constructor(path: string) {
    this.#db = new Database(path);
    this.#db.pragma('journal_mode=WAL');
    this.#db.pragma('synchronous=NORMAL');
  }

  static create(path: string): RawWords {
    rmSync(path, { force: true });
    const made = new RawWords(path);
    made.#db.exec(`CREATE TABLE message (pk INTEGER PRIMARY KEY, id TEXT, text TEXT);
      CREATE VIRTUAL TABLE words USING fts5(text, content='message', content_rowid='pk', tokenize="porter unicode61 remove_diacritics 2");`);
    return made;
  }

  /** One that was made before. */
  static open = (path: string): RawWords => new RawWords(path);

  /** Parse an export with `JSON.parse` and insert its messages, in one transaction. */
  add(exportPath: string): void {
    const last = this.#db.prepare<[], { pk: number | null }>('SELECT max(pk) AS pk FROM message').get()?.pk ?? 0;
    const insert = this.#db.prepare('INSERT INTO message (id, text) VALUES (?, ?)');
    this.#db.transaction(() => {
      for (const { id, text } of messagesOf(exportPath)) insert.run(id, text);
    })();
    this.#db.prepare('INSERT INTO words (rowid, text) SELECT pk, text FROM message WHERE pk > ?').run(last);
  }

  /** The best by BM25, with their texts. @param query of FTS5 */
  search(query: string, limit = 10): unknown[] {
    this.#match ??= this.#db.prepare(
      'SELECT m.id, m.text, bm25(words) AS score FROM words JOIN message m ON m.pk = words.rowid WHERE words MATCH ? ORDER BY score LIMIT ?',
    );
    return this.#match.all(query, limit);
  }

  close(): void {
    this.#db.close();
  }
}

/** An export into a plain file of its own. */
export function rawImport(exportPath: string, databasePath: string): RawStore {
  const start = performance.now();
  const raw = RawWords.create(databasePath);
  raw.add(exportPath);
  const seconds = (performance.now() - start) / 1000;
  return { seconds, search: (query, limit) => raw.search(query, limit), close: () => raw.close() };
}
