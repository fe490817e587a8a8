/** SQLite databases as programs leave them, made in memory: for tests of uploads. */
import Database from 'better-sqlite3-multiple-ciphers';

/** The bytes of a database made by some SQL, with rows put in by name. */
export function databaseOf(sql: string, rows: Readonly<Record<string, readonly object[]>> = {}): Buffer {
  const database = new Database(':memory:');
  try {
    database.exec(sql);
    for (const [table, list] of Object.entries(rows)) {
      for (const row of list) {
        const columns = Object.keys(row);
        const marks = columns.map(() => '?').join(', ');
        database
          .prepare(`INSERT INTO "${table}" (${columns.map((column) => `"${column}"`).join(', ')}) VALUES (${marks})`)
          .run(...Object.values(row));
      }
    }
    return database.serialize();
  } finally {
    database.close();
  }
}
