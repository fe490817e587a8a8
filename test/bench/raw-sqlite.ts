/** The raw limit: the same work by the bare driver on a plain file, without ids, tree, units, encryption or jail. */
import { readFileSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3-multiple-ciphers';

interface RawNode {
  readonly message?: null | { readonly id: string; readonly content: { readonly parts?: readonly unknown[] } };
}

export interface RawStore {
  readonly seconds: number;
  search(query: string): unknown[];
  close(): void;
}

/** Parse the export with `JSON.parse` and insert each message as a row and into FTS5, in one transaction a thousand conversations. */
export function rawImport(exportPath: string, databasePath: string): RawStore {
  const start = performance.now();
  rmSync(databasePath, { force: true });
  const db = new Database(databasePath);
  db.pragma('journal_mode=WAL');
  db.pragma('synchronous=NORMAL');
  db.exec(`CREATE TABLE message (pk INTEGER PRIMARY KEY, id TEXT, text TEXT);
    CREATE VIRTUAL TABLE words USING fts5(text, content='message', content_rowid='pk', tokenize="porter unicode61 remove_diacritics 2");`);
  const conversations = JSON.parse(readFileSync(exportPath, 'utf8')) as { mapping: Record<string, RawNode> }[];
  const insert = db.prepare('INSERT INTO message (id, text) VALUES (?, ?)');
  db.transaction(() => {
    for (const conversation of conversations) {
      for (const { message } of Object.values(conversation.mapping)) {
        if (!message) continue;
        const texts = (message.content.parts ?? []).filter((part) => typeof part === 'string');
        insert.run(message.id, texts.join('\n'));
      }
    }
  })();
  db.exec('INSERT INTO words (rowid, text) SELECT pk, text FROM message');
  const match = db.prepare(
    'SELECT m.id, m.text, bm25(words) AS score FROM words JOIN message m ON m.pk = words.rowid WHERE words MATCH ? ORDER BY score LIMIT 10',
  );
  return {
    seconds: (performance.now() - start) / 1000,
    search: (query) => match.all(query),
    close: () => db.close(),
  };
}
